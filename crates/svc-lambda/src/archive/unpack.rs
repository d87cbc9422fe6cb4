//! Writes a package's files so that either all of them are there after a crash, or none.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::plan::{Kind, plan};
use super::{Budget, CopyError, Refusal, open};

/// Why a package could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnpackError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("writing {path:?}")]
    Io { path: PathBuf, source: io::Error },
}

/// Unpacks `zip` as the directory `target`, whose parent must exist. All is written and synced under the name
/// `scratch` (a sibling of `target`) first and renamed at the end, so `target` is never seen half-made. Succeeds
/// also when somebody else has made `target` meanwhile. Returns the number of bytes of all files.
pub(crate) fn unpack(zip: &[u8], scratch: &Path, target: &Path) -> Result<u64, UnpackError> {
    let made = write_all(zip, scratch).and_then(|size| {
        publish(scratch, target).map_err(|source| UnpackError::Io { path: target.to_owned(), source })?;
        Ok(size)
    });
    if scratch.exists() {
        // Lost a race or failed half-way; what is left is ours alone.
        let _ = fs::remove_dir_all(scratch);
    }
    made
}

fn write_all(zip: &[u8], scratch: &Path) -> Result<u64, UnpackError> {
    let mut archive = open(zip)?;
    let entries = plan(&mut archive)?;
    let mut budget = Budget::new();
    let mut written = Written { directories: vec![], files: vec![] };
    written.directory(scratch)?;
    for entry in &entries {
        let path = scratch.join(&entry.path);
        if let Some(parent) = path.parent() {
            written.directory(parent)?;
        }
        match &entry.kind {
            Kind::Directory => written.directory(&path)?,
            Kind::Link { target } => at(&path, symlink(target, &path))?,
            Kind::File => {
                let mut content = archive.by_index(entry.index).map_err(Refusal::unreadable)?;
                let mut file =
                    at(&path, OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path))?;
                match budget.copy(&mut content, &mut file) {
                    Ok(()) => {}
                    Err(CopyError::Package(refusal)) => return Err(refusal.into()),
                    Err(CopyError::Output(source)) => return Err(UnpackError::Io { path, source }),
                }
                // Not at creation, where the umask would take bits away.
                at(&path, file.set_permissions(Permissions::from_mode(entry.mode)))?;
                written.files.push(path);
            }
        }
    }
    written.sync()?;
    Ok(budget.used())
}

/// What must reach the disk before the directory may be given its name.
struct Written {
    directories: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Written {
    fn directory(&mut self, path: &Path) -> Result<(), UnpackError> {
        if path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent().filter(|parent| !parent.is_dir()) {
            self.directory(parent)?;
        }
        at(path, fs::create_dir(path))?;
        at(path, fs::set_permissions(path, Permissions::from_mode(0o755)))?;
        self.directories.push(path.to_owned());
        Ok(())
    }

    /// In a second pass, when the kernel has already begun to write most of it by itself.
    fn sync(&self) -> Result<(), UnpackError> {
        for path in self.files.iter().chain(&self.directories) {
            at(path, File::open(path).and_then(|file| file.sync_all()))?;
        }
        Ok(())
    }
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, UnpackError> {
    result.map_err(|source| UnpackError::Io { path: path.to_owned(), source })
}

fn publish(scratch: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(scratch, target) {
        // The same digest is the same content, so the other one's directory is as good as ours.
        Err(_) if target.is_dir() => return Ok(()),
        renamed => renamed?,
    }
    match target.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
