//! The process of a function that is an image: found inside the image, and started where the image says.

use std::path::Path;

use bytes::Bytes;
use image::Inside;
use warden::Command;

use super::command::invalid_entrypoint;
use crate::FunctionSpec;

/// Where programs are looked for when the image does not say: Docker's default.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Of the variables that the platform sets for others, those that an image gets: what names the invocation, and
/// nothing about places in the file system, which are the image's business.
pub const DEFAULTS: [&str; 3] =
    ["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API"];

/// The variables that the image brings; none for others.
pub fn variables(function: &FunctionSpec) -> Vec<(String, String)> {
    let Some(image) = &function.image else { return Vec::new() };
    let path = ("PATH".to_owned(), PATH.to_owned());
    let own = image.environment.iter().cloned();
    if image.environment.iter().any(|(name, _)| name == "PATH") {
        own.collect()
    } else {
        std::iter::once(path).chain(own).collect()
    }
}

/// What to execute; `None` when the function is no image. `env` is the process's whole environment.
///
/// # Errors
/// The error document of an init that can't even begin.
pub fn program(function: &FunctionSpec, env: &[(String, String)]) -> Option<Result<Command, Bytes>> {
    let image = function.image.as_ref()?;
    let inside = Inside::new(&function.code);
    let cwd = &image.working_directory;
    if !inside.is_dir(cwd) {
        return Some(Err(invalid_directory(cwd)));
    }
    let Some((name, args)) = image.command.split_first() else {
        return Some(Err(invalid_entrypoint("exec: no command")));
    };
    let search = env.iter().find_map(|(name, value)| (name == "PATH").then_some(value.as_str()));
    let found = inside.find_program(name, search.unwrap_or_default(), cwd);
    Some(match found {
        Ok(program) => Ok(Command { program, args: args.to_vec(), env: env.to_vec(), cwd: cwd.clone() }),
        Err(reason) => Err(invalid_entrypoint(&reason)),
    })
}

/// The document of `Runtime.InvalidWorkingDir`.
fn invalid_directory(path: &Path) -> Bytes {
    let message = format!("chdir {}: no such file or directory", path.display());
    let document = serde_json::json!({ "errorType": "Runtime.InvalidWorkingDir", "errorMessage": message });
    Bytes::from(document.to_string())
}
