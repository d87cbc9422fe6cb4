//! An image in a file or directory becomes one that functions can name: a copy in the local image directory.

use std::io;
use std::path::{Path, PathBuf};

use base::Entropy;

use crate::local::Local;
use crate::manifest::Source;
use crate::{Digest, ImageError, Reference};

/// Copies an OCI layout or an archive to `<local_dir>/<repository>/<tag>`, in place of what is there. The image must
/// be for `architecture`. Returns its digest.
///
/// # Errors
/// As [`ImageError`] says; nothing has changed then.
pub async fn import(
    from: &Path,
    local_dir: &Path,
    repository: &str,
    tag: &str,
    architecture: &str,
    entropy: &dyn Entropy,
) -> Result<Digest, ImageError> {
    if !Reference::is_repository(repository) || !Reference::is_tag(tag) {
        return Err(ImageError::Invalid(format!("{repository}:{tag} is not an image name (repository:tag)")));
    }
    let local = Local::open(from)?;
    let is_layout = matches!(local, Local::Directory(_));
    let found = Source::Local(local).find(Some(tag), None, architecture).await?;
    let dir = local_dir.join(repository);
    let scratch = dir.join(format!(".{}", entropy.token(12, b"abcdefghijklmnopqrstuvwxyz0123456789")));
    let targets = (dir.join(tag), dir.join(format!("{tag}.tar")));
    let (target, other) = if is_layout { targets } else { (targets.1, targets.0) };
    let copied = std::fs::create_dir_all(&dir)
        .and_then(|()| copy(from, &scratch))
        .and_then(|()| remove(&target))
        .and_then(|()| std::fs::rename(&scratch, &target))
        .and_then(|()| remove(&other));
    if let Err(error) = copied {
        let _ = remove(&scratch);
        return Err(ImageError::disk(&target.display().to_string(), &error));
    }
    Ok(found.digest)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return std::fs::copy(from, to).map(drop);
    }
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target: PathBuf = to.join(entry.file_name());
        copy(&entry.path(), &target)?;
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
