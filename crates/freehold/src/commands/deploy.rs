//! `freehold deploy`: a directory becomes a function.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::Deploy;
use crate::client::Api;
use crate::commands::Outcome;
use crate::provision::{Draft, function_deploy, role_ensure, url_ensure, zip_path};

/// The role that `deploy` uses unless told another.
const ROLE: &str = "freehold-deploy";

pub async fn run(arguments: Deploy, json: bool) -> Outcome {
    let guess = guess(&arguments.path)?;
    let runtime = match (arguments.runtime, &guess) {
        (Some(runtime), _) => runtime,
        (None, Some(guess)) => newest_runtime(guess.prefix)?,
        (None, None) => {
            return Err(
                "no bootstrap, package.json, *.js, *.mjs or *.py here: say --runtime and --handler".into()
            );
        }
    };
    let handler = match (arguments.handler, guess) {
        (Some(handler), _) => handler,
        (None, Some(Guess { handler: Some(handler), .. })) => handler.into(),
        _ => {
            return Err(
                "no lambda_function.py, app.py, index.js, index.mjs or bootstrap here: say --handler".into(),
            );
        }
    };
    let mut environment = BTreeMap::new();
    for pair in &arguments.environment {
        let (name, value) = pair.split_once('=').ok_or_else(|| format!("--env {pair}: write NAME=VALUE"))?;
        environment.insert(name.to_owned(), value.to_owned());
    }
    let absolute =
        arguments.path.canonicalize().map_err(|error| format!("{}: {error}", arguments.path.display()))?;
    let stem = absolute.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = arguments.name.or(stem).ok_or("say --name")?;
    let api = Api::connect(&arguments.connection)?;
    let role = match arguments.role {
        Some(role) => role,
        None => role_ensure(&api, ROLE).await?,
    };
    let draft = Draft {
        zip: zip_path(&arguments.path)?,
        name,
        runtime,
        handler,
        role,
        memory_mib: arguments.memory,
        timeout_s: arguments.timeout,
        environment,
    };
    let mut configuration = function_deploy(&api, &draft).await?;
    if arguments.url {
        configuration["FunctionUrl"] = url_ensure(&api, &draft.name).await?.into();
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&configuration)?);
        return Ok(());
    }
    println!(
        "{} is active ({}, {})",
        configuration["FunctionArn"].as_str().unwrap_or(&draft.name),
        draft.runtime,
        draft.handler
    );
    if let Some(url) = configuration["FunctionUrl"].as_str() {
        println!("{url}");
    }
    Ok(())
}

/// What the files say about a package.
struct Guess {
    /// Runtimes whose name starts so are candidates.
    prefix: &'static str,
    handler: Option<&'static str>,
}

fn guess(path: &Path) -> Result<Option<Guess>, String> {
    if path.is_file() {
        return Ok(None);
    }
    let entries = std::fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    let has = |name: &str| names.iter().any(|found| found == name);
    let any = |extensions: &[&str]| names.iter().any(|name| extensions.iter().any(|end| name.ends_with(end)));
    let first = |choices: &[(&str, &'static str)]| {
        choices.iter().find(|(file, _)| has(file)).map(|(_, handler)| *handler)
    };
    Ok(if has("bootstrap") {
        Some(Guess { prefix: "provided.", handler: Some("bootstrap") })
    } else if has("package.json") || any(&[".js", ".mjs", ".cjs"]) {
        let handler = first(&[
            ("index.js", "index.handler"),
            ("index.mjs", "index.handler"),
            ("index.cjs", "index.handler"),
            ("app.js", "app.handler"),
            ("app.mjs", "app.handler"),
        ]);
        Some(Guess { prefix: "nodejs", handler })
    } else if any(&[".py"]) {
        let handler =
            first(&[("lambda_function.py", "lambda_function.lambda_handler"), ("app.py", "app.handler")]);
        Some(Guess { prefix: "python", handler })
    } else {
        None
    })
}

/// The newest runtime of a language on this host (where `deploy` and the platform share one).
fn newest_runtime(prefix: &str) -> Result<String, String> {
    let found = crate::commands::runtimes::discovered();
    let candidates = found.iter().filter(|runtime| runtime.name.starts_with(prefix));
    let newest = candidates.max_by_key(|runtime| {
        runtime.version.split('.').map(|part| part.parse::<u64>().unwrap_or_default()).collect::<Vec<_>>()
    });
    newest.map(|runtime| runtime.name.clone()).ok_or_else(|| {
        format!(
            "no {prefix} runtime was found on this host (`freehold runtimes`): install one, or say --runtime"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_from_the_files() {
        let check = |files: &[&str], expected: Option<(&str, Option<&str>)>| {
            let scratch = tempfile::tempdir().unwrap();
            for file in files {
                std::fs::write(scratch.path().join(file), "").unwrap();
            }
            let guessed = guess(scratch.path()).unwrap();
            assert_eq!(guessed.map(|guess| (guess.prefix, guess.handler)), expected, "{files:?}");
        };
        check(&["lambda_function.py"], Some(("python", Some("lambda_function.lambda_handler"))));
        check(&["other.py"], Some(("python", None)));
        check(&["index.mjs", "tool.py"], Some(("nodejs", Some("index.handler"))));
        check(&["bootstrap", "index.js"], Some(("provided.", Some("bootstrap"))));
        check(&["README"], None);
    }
}
