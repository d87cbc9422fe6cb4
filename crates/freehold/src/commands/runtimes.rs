//! `freehold runtimes`: which interpreters functions can have on this host.

use std::sync::{Arc, OnceLock};

use fleet::Runtime;

use crate::commands::Outcome;

pub fn run(json: bool) -> Outcome {
    let found = discovered();
    if json {
        let rows = found.iter().map(|runtime| {
            serde_json::json!({ "name": runtime.name, "version": runtime.version, "dirs": runtime.dirs })
        });
        println!("{}", serde_json::to_string_pretty(&rows.collect::<Vec<_>>())?);
        return Ok(());
    }
    println!("{:<18} {:<10} FROM", "RUNTIME", "VERSION");
    for runtime in &found {
        let from = match runtime.dirs.first() {
            Some(dir) => dir.display().to_string(),
            None if runtime.kind == fleet::RuntimeKind::Custom => "the function's package".into(),
            None => "the system's directories".into(),
        };
        println!("{:<18} {:<10} {from}", runtime.name, runtime.version);
    }
    println!(
        "\nTo add one, install its interpreter where Freehold looks: on PATH, with pyenv or uv (Python), with nvm \
         (Node.js), with rbenv (Ruby), or below /usr/lib/jvm, in JAVA_HOME or on PATH (Java); then restart the platform."
    );
    Ok(())
}

/// Every runtime found on this host; looked for once, before the server gives up the right to look everywhere.
pub fn discovered() -> Vec<Arc<Runtime>> {
    static FOUND: OnceLock<Vec<Arc<Runtime>>> = OnceLock::new();
    let find = || {
        let found = fleet::runtimes::discover(&fleet::Options::new(std::path::Path::new("")));
        found.into_iter().map(Arc::new).collect()
    };
    FOUND.get_or_init(find).clone()
}
