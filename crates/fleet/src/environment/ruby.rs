//! How Ruby is started for a function, and where it looks for gems and libraries.

use crate::{Runtime, RuntimeKind};

/// The interpreter's arguments.
pub fn arguments(worker: String) -> Vec<String> {
    // Text is UTF-8, whichever locales the host has.
    vec!["-EUTF-8".into(), worker]
}

/// The variables that Ruby reads when it starts; none for other runtimes.
pub fn environment(runtime: &Runtime) -> Vec<(String, String)> {
    if !matches!(runtime.kind, RuntimeKind::Ruby { .. }) {
        return Vec::new();
    }
    let abi = abi(&runtime.version);
    vec![
        ("GEM_PATH".into(), format!("/var/task/vendor/bundle/ruby/{abi}:/opt/ruby/gems/{abi}")),
        ("RUBYLIB".into(), "/var/task:/opt/ruby/lib".into()),
    ]
}

/// Extensions are compatible within a minor version, whose directories are named after its first release.
fn abi(version: &str) -> String {
    let numbers: Vec<&str> = version.split('.').take(2).collect();
    format!("{}.0", numbers.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gems_are_looked_for_below_the_minor_version() {
        let runtime = |kind| Runtime { name: "x".into(), kind, version: "3.3.8".into(), dirs: Vec::new() };
        let variables = environment(&runtime(RuntimeKind::Ruby { interpreter: "/usr/bin/ruby".into() }));
        let gems = "/var/task/vendor/bundle/ruby/3.3.0:/opt/ruby/gems/3.3.0".to_owned();
        assert_eq!(variables[0], ("GEM_PATH".to_owned(), gems));
        assert_eq!(environment(&runtime(RuntimeKind::Custom)), []);
    }
}
