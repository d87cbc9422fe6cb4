//! Files that a task generates: written, or compared with what is committed.

use std::path::{Path, PathBuf};

use crate::Outcome;

/// What to do with generated text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Write,
    /// Change nothing; fail when a committed file differs.
    Check,
}

impl Mode {
    pub fn parse(arguments: &[&str]) -> Result<Mode, Box<dyn std::error::Error>> {
        match arguments {
            [] => Ok(Mode::Write),
            ["--check"] => Ok(Mode::Check),
            other => Err(format!("unknown arguments: {}", other.join(" ")).into()),
        }
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("xtask lives in the repository's root").to_owned()
}

/// Writes or compares `text` at `path` (relative to the root). `task` is what to run when it is stale.
pub fn emit(mode: Mode, path: &Path, text: &str, task: &str) -> Outcome {
    let full = root().join(path);
    let committed = std::fs::read_to_string(&full).unwrap_or_default();
    if committed == text {
        return Ok(());
    }
    if mode == Mode::Check {
        return Err(format!("{} is stale: run `cargo xtask {task}`", path.display()).into());
    }
    if let Some(parent) = full.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(full, text)?;
    println!("wrote {}", path.display());
    Ok(())
}

/// Every file below a directory; paths are relative to the root, as is `directory`.
pub fn below(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join(directory))? {
        let entry = entry?;
        let path = directory.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            found.extend(below(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
