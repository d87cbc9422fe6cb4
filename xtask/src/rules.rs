//! Rules of the repository that no compiler checks: layers, file headers, `unsafe` only in the warden, paths
//! named in documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::run::root;

/// The layer of every workspace member; dependencies point to a strictly lower layer. Members of layer 9 are
/// tools and benchmarks, on which nothing may depend.
const LAYERS: &[(&str, u8)] = &[
    ("base", 1),
    ("shape", 1),
    ("schedule", 2),
    ("pattern", 1),
    ("api", 2),
    ("store", 2),
    ("warden", 2),
    ("image", 2),
    ("wire", 3),
    ("fleet", 3),
    ("courier", 3),
    ("svc-lambda", 4),
    ("svc-iam", 4),
    ("svc-sts", 4),
    ("svc-events", 4),
    ("svc-logs", 4),
    ("svc-sqs", 4),
    ("freehold", 5),
    ("xtask", 9),
    ("bench-store", 9),
    ("bench-density", 9),
    ("bench-coldstart", 9),
    ("bench-common", 8),
    ("bench-footprint", 9),
    ("bench-patterns", 9),
    ("bench-predictable", 9),
    ("bench-warm", 9),
];

/// The one downward step within a layer: `shape` is built on `base`.
const SAME_LAYER: &[(&str, &str)] = &[("shape", "base")];

/// Checks all rules; the error lists every breach.
pub fn check() -> Result<(), String> {
    let mut breaches = Vec::new();
    layers(&mut breaches)?;
    let files = tracked_files()?;
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = read(path)?;
        let generated = path.components().any(|part| part.as_os_str() == "generated");
        if !text.starts_with("//!") && !generated {
            breaches.push(format!("{}: does not open with `//!` saying why it exists", path.display()));
        }
        let lines = text.lines().count();
        if lines > 800 && !generated {
            breaches.push(format!("{}: {lines} lines; split it (800 at most)", path.display()));
        }
        let crate_root = path.ends_with("src/lib.rs") && !path.starts_with("crates/warden");
        if crate_root && path.starts_with("crates") && !text.contains("#![forbid(unsafe_code)]") {
            breaches.push(format!("{}: lacks #![forbid(unsafe_code)]", path.display()));
        }
    }
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        for named in named_paths(&read(path)?) {
            if !root().join(&named).exists() {
                breaches.push(format!("{}: names {named}, which does not exist", path.display()));
            }
        }
    }
    if breaches.is_empty() { Ok(()) } else { Err(breaches.join("\n")) }
}

fn layers(breaches: &mut Vec<String>) -> Result<(), String> {
    let layers: BTreeMap<&str, u8> = LAYERS.iter().copied().collect();
    for manifest in manifests()? {
        let parsed: toml::Table =
            read(&manifest)?.parse().map_err(|error| format!("{}: {error}", manifest.display()))?;
        let name =
            parsed.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
        let Some(name) = name else { continue };
        let Some(layer) = layers.get(name) else {
            breaches.push(format!("{}: crate {name} has no layer in xtask/src/rules.rs", manifest.display()));
            continue;
        };
        let dependencies = parsed.get("dependencies").and_then(toml::Value::as_table);
        for dependency in dependencies.into_iter().flat_map(toml::Table::keys) {
            let Some(below) = layers.get(dependency.as_str()) else { continue };
            if below >= layer && !SAME_LAYER.contains(&(name, dependency.as_str())) {
                breaches
                    .push(format!("{name} (layer {layer}) must not depend on {dependency} (layer {below})"));
            }
        }
    }
    Ok(())
}

fn manifests() -> Result<Vec<PathBuf>, String> {
    let files = tracked_files()?;
    let outside = ["conformance", "fuzz"];
    Ok(files
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml") && !outside.iter().any(|folder| path.starts_with(folder)))
        .collect())
}

/// What git tracks or would track, relative to the root.
fn tracked_files() -> Result<Vec<PathBuf>, String> {
    let listed = crate::run::output("git", &["ls-files", "--cached", "--others", "--exclude-standard"])
        .ok_or("`git ls-files` failed: the rules are checked on a git checkout")?;
    Ok(listed.lines().map(PathBuf::from).filter(|path| root().join(path).is_file()).collect())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(root().join(path)).map_err(|error| format!("{}: {error}", path.display()))
}

/// Repository paths in a Markdown text: code spans that start with one of our top-level folders and hold no
/// placeholder.
fn named_paths(text: &str) -> Vec<String> {
    const FOLDERS: &[&str] =
        &["crates/", "docs/", "bench/", "conformance/", "models/", "runtimes/", "xtask/", ".ci/", "fuzz/"];
    let spans = text.split('`').skip(1).step_by(2);
    let plain = |span: &&str| {
        FOLDERS.iter().any(|folder| span.starts_with(folder))
            && !span.contains(|c: char| c.is_whitespace() || "<>*{}…$".contains(c))
    };
    spans.filter(plain).map(|span| span.trim_end_matches('/').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_rules() {
        check().unwrap();
    }

    #[test]
    fn finds_paths_in_code_spans_only() {
        let text = "see `crates/base/src/lib.rs` and `docs/<name>.md`, crates/none and `cargo run`";
        assert_eq!(named_paths(text), ["crates/base/src/lib.rs"]);
    }
}
