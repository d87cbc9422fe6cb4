//! `/opt`: the layers of a function laid over each other, later ones above. Files are hard links to the unpacked layers,
//! so a set of layers costs directories only, and needs no file system that a user may not mount.

use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use wire::ApiError;

use crate::Lambda;
use crate::code::hex;
use crate::error;
use crate::model::{CodePackage, LayerUse};

impl Lambda {
    /// The directory to be mounted at `/opt`, made first when it isn't there; `None` without layers.
    ///
    /// # Errors
    /// `ServiceException` when a zip is missing or the disk refuses.
    pub(crate) async fn layers_path(&self, layers: &[LayerUse]) -> Result<Option<PathBuf>, ApiError> {
        self.code.layers_path(layers).await
    }
}

/// Names the set: the order matters.
pub(crate) fn set_name(packages: &[&CodePackage]) -> String {
    let mut hash = Sha256::new();
    for package in packages {
        hash.update(package.digest.as_bytes());
        hash.update(b"\n");
    }
    format!("layers-{}", hex(&hash.finalize()))
}

/// Merges `layers` (lowest first) into the new directory `scratch`, then gives it the name `target`. Both are on the
/// layers' own file system. Not synced: what a crash damages is made anew at the next start.
pub(crate) fn merge(layers: &[PathBuf], scratch: &Path, target: &Path) -> io::Result<()> {
    let made = directory(scratch)
        .and_then(|()| layers.iter().try_for_each(|layer| lay_over(layer, scratch)))
        .and_then(|()| match fs::rename(scratch, target) {
            Err(_) if target.is_dir() => Ok(()),
            renamed => renamed,
        });
    if scratch.exists() {
        // Lost a race or failed half-way.
        let _ = fs::remove_dir_all(scratch);
    }
    made
}

fn lay_over(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let kind = entry.file_type()?;
        // Not followed: a link of a lower layer must not lead a higher one's files elsewhere.
        let below = fs::symlink_metadata(&target).ok();
        if kind.is_dir() {
            match &below {
                Some(below) if below.is_dir() => {}
                Some(_) => {
                    fs::remove_file(&target)?;
                    directory(&target)?;
                }
                None => directory(&target)?,
            }
            lay_over(&entry.path(), &target)?;
            continue;
        }
        match &below {
            Some(below) if below.is_dir() => fs::remove_dir_all(&target)?,
            Some(_) => fs::remove_file(&target)?,
            None => {}
        }
        if kind.is_symlink() {
            symlink(fs::read_link(entry.path())?, &target)?;
        } else {
            fs::hard_link(entry.path(), &target)?;
        }
    }
    Ok(())
}

fn directory(path: &Path) -> io::Result<()> {
    fs::create_dir(path)?;
    // Whatever the umask says: the functions run as other users.
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

pub(crate) fn failed(cause: &io::Error) -> ApiError {
    error::internal(&format!("layers cannot be merged: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(root: &Path, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let dir = root.join(name);
        for (path, content) in files {
            let path = dir.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match content.strip_prefix("-> ") {
                Some(to) => symlink(to, path).unwrap(),
                None => fs::write(path, content).unwrap(),
            }
        }
        dir
    }

    #[test]
    fn later_layers_lie_above_and_links_lead_nowhere() {
        let root = tempfile::tempdir().unwrap();
        let outside = root.path().join("outside");
        fs::create_dir(&outside).unwrap();
        let low = layer(
            root.path(),
            "low",
            &[
                ("python/a.py", "low"),
                ("python/b.py", "low"),
                ("lib", &format!("-> {}", outside.display())),
                ("bin", "file"),
            ],
        );
        let high = layer(
            root.path(),
            "high",
            &[("python/a.py", "high"), ("lib/evil", "x"), ("bin/tool", "tool"), ("python/b.py/deep", "d")],
        );
        let (scratch, target) = (root.path().join(".scratch"), root.path().join("merged"));
        merge(&[low.clone(), high.clone()], &scratch, &target).unwrap();
        let read = |path: &str| fs::read_to_string(target.join(path)).unwrap();
        assert_eq!(read("python/a.py"), "high");
        assert_eq!(read("python/b.py/deep"), "d");
        assert_eq!(read("lib/evil"), "x");
        assert_eq!(read("bin/tool"), "tool");
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 0, "nothing is written through a link");
        assert!(!scratch.exists());
        // The layers themselves are untouched.
        assert_eq!(fs::read_to_string(low.join("python/a.py")).unwrap(), "low");
        // Somebody else was faster: that is fine.
        merge(&[high, low], &scratch, &target).unwrap();
        assert_eq!(read("python/a.py"), "high");
    }

    #[test]
    fn order_makes_another_set() {
        let package = |digest: &str| CodePackage { digest: digest.into(), size: 1, unpacked_size: 1 };
        let (a, b) = (package("a"), package("b"));
        assert_ne!(set_name(&[&a, &b]), set_name(&[&b, &a]));
        assert_eq!(set_name(&[&a, &b]), set_name(&[&a, &b]));
    }
}
