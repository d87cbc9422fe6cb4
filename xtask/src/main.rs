//! Repository tasks, run as `cargo xtask <task>`; one file per task.
#![forbid(unsafe_code)]

mod codegen;
mod compat;
mod files;
mod java;
mod model;
mod models;
mod rules;
mod run;
mod rust;
mod structures;
mod tables;
mod test;

use std::process::ExitCode;

/// What a task reports when it fails: text for the person at the terminal.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

const USAGE: &str = "usage: cargo xtask <task>

  models --from DIR   derive models/*.json from botocore's data directory
  codegen [--check]   write crates/api/src/generated from models/ (or only compare)
  compat [--check]    write docs/compat.md from models/ (or only compare)
  java [--check]      build runtimes/java/freehold-runtime.jar with javac (or only compare)
  rules               check layers, file headers and the paths that documents name
  test [STAGE]        everything that must hold before a change lands, or the stages whose name contains STAGE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["models", "--from", directory] => models::run(directory.as_ref()),
        ["codegen", rest @ ..] => files::Mode::parse(rest).and_then(codegen::run),
        ["compat", rest @ ..] => files::Mode::parse(rest).and_then(compat::run),
        ["java", rest @ ..] => files::Mode::parse(rest).and_then(java::run),
        ["rules"] => rules::check().map_err(Into::into),
        ["test"] => test::test(None).map_err(Into::into),
        ["test", stage] => test::test(Some(stage)).map_err(Into::into),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
