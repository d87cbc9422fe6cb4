//! External extensions: finds their programs, starts them, and learns of their end.

use std::path::Path;
use std::sync::Arc;

use warden::{Command, Exit};

use super::registry::EXTENSIONS_MAX;
use super::{ExtensionFailure, Extensions};
use crate::FunctionSpec;
use crate::environment::{Logs, Source};
use crate::launcher::{Cell, LaunchError};

const DIRECTORY: &str = "extensions";
/// Variables that the runtime has and extensions have not, as on AWS.
const KEPT_BACK: [&str; 7] = [
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
];

/// The names of a function's external extensions: the files in `/opt/extensions`, from layers or in the image.
fn programs(function: &FunctionSpec) -> Vec<String> {
    if function.image.is_some() {
        return image::Inside::new(&function.code).files(&Path::new("/opt").join(DIRECTORY));
    }
    let layers = function.mounts.iter().filter(|(_, target)| target == Path::new("/opt"));
    let mut names: Vec<String> = layers
        .filter_map(|(source, _)| std::fs::read_dir(source.join(DIRECTORY)).ok())
        .flat_map(|entries| entries.flatten())
        // A link is followed inside only: on the host it may lead anywhere.
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The environment variables of extensions, from those of the runtime.
fn variables(environment: &[(String, String)]) -> Vec<(String, String)> {
    let is_kept = |name: &str| !name.starts_with('_') && !KEPT_BACK.contains(&name);
    environment.iter().filter(|(name, _)| is_kept(name)).cloned().collect()
}

/// Starts a function's external extensions and waits until they have registered, which is before the runtime's init.
///
/// # Errors
/// When one cannot be started, or ends or reports an error instead.
pub async fn begin(
    extensions: &Arc<Extensions>,
    cell: &Arc<dyn Cell>,
    logs: &Logs,
    function: &FunctionSpec,
    environment: &[(String, String)],
) -> Result<(), ExtensionFailure> {
    extensions.telemetry.connect(Arc::clone(cell));
    let names = programs(function);
    if names.is_empty() {
        return Ok(());
    }
    let env = variables(environment);
    for name in names {
        if extensions.told().len() >= EXTENSIONS_MAX {
            let reason = format!("Extension limit ({EXTENSIONS_MAX}) reached");
            extensions.change(|registry| registry.not_started(&name, "TooManyExtensions", reason));
            break;
        }
        start(extensions, cell, logs, &name, env.clone()).await;
    }
    extensions.registered().await
}

async fn start(
    extensions: &Arc<Extensions>,
    cell: &Arc<dyn Cell>,
    logs: &Logs,
    name: &str,
    env: Vec<(String, String)>,
) {
    let program = Path::new("/opt").join(DIRECTORY).join(name);
    let command = Command { program: program.clone(), args: Vec::new(), env, cwd: "/".into() };
    // Before it runs: it registers at once.
    extensions.change(|registry| registry.started(name));
    let started = match cell.start(command).await {
        Ok(started) => started,
        Err(error) => {
            let kind = match &error {
                LaunchError::Exec(text) if text.contains("ermission denied") => "PermissionDenied",
                _ => "UnknownError",
            };
            let reason = format!("fork/exec {}: {}", program.display(), reason(&error.to_string()));
            return extensions.change(|registry| registry.not_started(name, kind, reason));
        }
    };
    if let Err(error) = logs.add(Source::Extension, started.output) {
        tracing::warn!(%error, name, "an extension's output cannot be read");
    }
    let (extensions, name) = (Arc::clone(extensions), name.to_owned());
    tokio::spawn(async move {
        let reason = match started.exit.await {
            Ok(exit) => ended(exit),
            Err(_) => "signal: killed".to_owned(),
        };
        extensions.change(|registry| registry.exited(&name, reason));
    });
}

/// The system's reason at the end of an execution error, in the lower case that AWS uses.
fn reason(error: &str) -> String {
    let reason = error.rsplit(": ").next().unwrap_or(error);
    reason.split(" (os error").next().unwrap_or(reason).to_lowercase()
}

fn ended(exit: Exit) -> String {
    match exit {
        _ if exit.out_of_memory => "signal: killed".to_owned(),
        Exit { code: Some(0), .. } => "exit code 0".to_owned(),
        Exit { code: Some(code), .. } => format!("exit status {code}"),
        Exit { signal: Some(9), .. } => "signal: killed".to_owned(),
        Exit { signal, .. } => format!("signal: {}", signal.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_do_not_get_what_is_the_runtimes() {
        let given = ["PATH", "_HANDLER", "_MINE", "LAMBDA_TASK_ROOT", "AWS_REGION", "MINE"];
        let given: Vec<_> = given.map(|name| (name.to_owned(), String::new())).into();
        let kept: Vec<_> = variables(&given).into_iter().map(|(name, _)| name).collect();
        assert_eq!(kept, ["PATH", "AWS_REGION", "MINE"]);
    }

    #[test]
    fn ends_are_told_in_the_words_of_aws() {
        let exit = |code, signal| Exit { code, signal, out_of_memory: false };
        assert_eq!(ended(exit(Some(0), None)), "exit code 0");
        assert_eq!(ended(exit(Some(3), None)), "exit status 3");
        assert_eq!(ended(exit(None, Some(9))), "signal: killed");
        assert_eq!(reason("/x: Permission denied (os error 13)"), "permission denied");
    }
}
