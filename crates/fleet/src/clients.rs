//! The runtime clients, which are part of this binary, as files that can be mounted.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Path below the version's directory, and content.
const FILES: &[(&str, &[u8])] = &[
    ("python/worker.py", include_bytes!("../../../runtimes/python/worker.py")),
    (
        "python/freehold_runtime/__init__.py",
        include_bytes!("../../../runtimes/python/freehold_runtime/__init__.py"),
    ),
    (
        "python/freehold_runtime/answers.py",
        include_bytes!("../../../runtimes/python/freehold_runtime/answers.py"),
    ),
    (
        "python/freehold_runtime/context.py",
        include_bytes!("../../../runtimes/python/freehold_runtime/context.py"),
    ),
    (
        "python/freehold_runtime/frames.py",
        include_bytes!("../../../runtimes/python/freehold_runtime/frames.py"),
    ),
    ("python/freehold_runtime/logs.py", include_bytes!("../../../runtimes/python/freehold_runtime/logs.py")),
    ("nodejs/worker.cjs", include_bytes!("../../../runtimes/nodejs/worker.cjs")),
    ("nodejs/rehearsal.cjs", include_bytes!("../../../runtimes/nodejs/rehearsal.cjs")),
    ("nodejs/scenes.cjs", include_bytes!("../../../runtimes/nodejs/scenes.cjs")),
    ("nodejs/scene.mjs", include_bytes!("../../../runtimes/nodejs/scene.mjs")),
    ("ruby/worker.rb", include_bytes!("../../../runtimes/ruby/worker.rb")),
    ("java/freehold-runtime.jar", include_bytes!("../../../runtimes/java/freehold-runtime.jar")),
    ("python/compiler.py", include_bytes!("../../../runtimes/python/compiler.py")),
    ("nodejs/compiler.cjs", include_bytes!("../../../runtimes/nodejs/compiler.cjs")),
    ("python/family.py", include_bytes!("../../../runtimes/python/family.py")),
    (
        "python/freehold_runtime/state.py",
        include_bytes!("../../../runtimes/python/freehold_runtime/state.py"),
    ),
    (
        "python/hooks/snapshot_restore_py.py",
        include_bytes!("../../../runtimes/python/hooks/snapshot_restore_py.py"),
    ),
    ("python/zygote.py", include_bytes!("../../../runtimes/python/zygote.py")),
    (
        "python/rehearsal/freehold_rehearsal.py",
        include_bytes!("../../../runtimes/python/rehearsal/freehold_rehearsal.py"),
    ),
];

/// Writes the clients below `dir`, into a directory named after their content; returns it. Two servers of different
/// versions never share one.
///
/// # Errors
/// When they cannot be written.
pub fn write(dir: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    let target = fs::canonicalize(dir)?.join(version());
    for &(path, content) in FILES {
        let file = target.join(path);
        let parent = file.parent().expect("every client is below the target");
        fs::create_dir_all(parent)?;
        // Whole or not at all: a server killed in between leaves no half a client under the final name.
        if fs::read(&file).is_ok_and(|existing| existing == content) {
            continue;
        }
        let partial = file.with_extension("partial");
        fs::write(&partial, content)?;
        // The sandbox's user is nobody that the host knows.
        fs::set_permissions(&partial, fs::Permissions::from_mode(0o644))?;
        fs::rename(&partial, &file)?;
        fs::set_permissions(parent, fs::Permissions::from_mode(0o755))?;
    }
    fs::set_permissions(&target, fs::Permissions::from_mode(0o755))?;
    Ok(target)
}

/// Equal content has an equal name on every machine and build.
fn version() -> String {
    digest(FILES.iter().flat_map(|(path, content)| path.bytes().chain(content.iter().copied())))
}

/// FNV-1a: a name for bytes that nobody forges.
pub fn digest(bytes: impl Iterator<Item = u8>) -> String {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_repairs() {
        let dir = tempfile::tempdir().unwrap();
        let target = write(dir.path()).unwrap();
        let worker = target.join("python/worker.py");
        assert_eq!(fs::read(&worker).unwrap(), FILES[0].1);
        fs::write(&worker, "damaged").unwrap();
        assert_eq!(write(dir.path()).unwrap(), target);
        assert_eq!(fs::read(&worker).unwrap(), FILES[0].1);
        assert_eq!(worker.metadata().unwrap().permissions().mode() & 0o777, 0o644);
    }
}
