//! Freehold: serverless you own. The binary knows everything and decides nothing: it parses the command line, wires
//! the crates together, and turns outcomes into exit codes.
#![forbid(unsafe_code)]

mod admin;
mod cli;
mod client;
mod code_urls;
mod commands;
mod egress;
mod platform;
mod privilege;
mod provision;
mod settings;
mod wiring;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use cli::{Cli, Command};
use commands::{Failure, Outcome};
use settings::Settings;

fn main() -> ExitCode {
    // This binary, run again by itself, is also the warden; it must be that before any thread exists.
    warden::process_main_if_asked();
    let cli = Cli::parse();
    let filter =
        EnvFilter::try_from_env("FREEHOLD_LOG").unwrap_or_else(|_| EnvFilter::new("warn,freehold=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Rights are given up here, before there are threads to share them with.
    let task = match prepare(cli) {
        Ok(task) => task,
        Err(failure) => {
            eprintln!("freehold: {}", failure.message);
            return ExitCode::from(failure.status);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(problem) => {
            eprintln!("freehold: the asynchronous runtime can't start: {problem}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(task)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("freehold: {}", failure.message);
            ExitCode::from(failure.status)
        }
    }
}

/// What is left to do once the process is whom it will be.
enum Task {
    Serve(Settings, Option<Arc<warden::Launcher>>),
    Demo(cli::Demo, commands::demo::Prepared),
    Other(Cli),
}

fn prepare(cli: Cli) -> Result<Task, Failure> {
    Ok(match cli.command {
        Command::Serve(arguments) => {
            let settings =
                Settings::resolve(arguments.settings, arguments.config.as_deref(), std::env::vars())?;
            let launcher = privilege::separate(&settings, false)?;
            Task::Serve(settings, launcher)
        }
        Command::Demo(arguments) => {
            let prepared = commands::demo::prepare(&arguments)?;
            Task::Demo(arguments, prepared)
        }
        command => Task::Other(Cli { command, ..cli }),
    })
}

async fn run(task: Task) -> Outcome {
    let Cli { command, json } = match task {
        Task::Serve(settings, launcher) => return commands::serve::run(settings, launcher).await,
        Task::Demo(arguments, prepared) => return commands::demo::run(arguments, prepared).await,
        Task::Other(cli) => cli,
    };
    match command {
        Command::Env(connection) => commands::env::run(&connection, json),
        Command::Deploy(arguments) => commands::deploy::run(arguments, json).await,
        Command::Invoke(arguments) => commands::invoke::run(arguments, json).await,
        Command::Logs(arguments) => commands::logs::run(arguments, json).await,
        Command::Image(arguments) => commands::image::run(arguments, json).await,
        Command::Runtimes => commands::runtimes::run(json),
        Command::Cost(arguments) => commands::cost::run(arguments, json).await,
        Command::Doctor => commands::doctor::run(json),
        Command::Serve(_) | Command::Demo(_) => unreachable!("prepared above"),
    }
}
