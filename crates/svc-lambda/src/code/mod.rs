//! Code packages: the zip in the blob store, its files below the code directory, and how many versions use them.
//! A package is named by its digest, so equal uploads share both.
//!
//! A package and its references change in separate steps, because the blob store is no part of a transaction. Two
//! rules keep them together: whoever stores or removes a package holds the package's lock; and a record of it
//! (with zero references, if need be) exists before the blob does and until after it is gone, so that
//! [`Code::sweep_all`] finds whatever a crash left behind.

mod compiled;
pub(crate) mod images;
pub(crate) mod references;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Entropy;
use bytes::Bytes;
use image::Images;
use sha2::{Digest as _, Sha256};
use store::{Digest, Scan, Store};
use tokio::sync::OwnedMutexGuard;
use tokio::task::spawn_blocking;
use wire::ApiError;

use crate::archive::{self, Refusal};
use crate::error::{self, Failure};
use crate::layer::merge;
use crate::model::{CodePackage, CodeReferences, LayerUse};
use crate::{Lambda, keys};

/// How long unpacked files stay after their last version is gone: longer than any invocation that still runs on
/// them (15 minutes).
const LINGER: Duration = Duration::from_secs(16 * 60);

/// All code packages; cheap to clone.
#[derive(Clone)]
pub(crate) struct Code(Arc<Inner>);

struct Inner {
    store: Store,
    dir: PathBuf,
    images: Images,
    entropy: Arc<dyn Entropy>,
    locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// Held while a package is compiled.
    compiling: tokio::sync::Mutex<()>,
}

/// Exclusive use of one package.
pub(crate) struct Locked {
    digest: String,
    inner: Arc<Inner>,
    guard: Option<OwnedMutexGuard<()>>,
}

/// A checked package that is in the blob store. While it is held, nobody removes it; so a transaction that
/// references it finds it there.
pub(crate) struct Stored {
    pub(crate) package: CodePackage,
    _lock: Locked,
}

impl Code {
    /// `dir` need not exist yet.
    pub(crate) fn new(store: Store, dir: PathBuf, images: Images, entropy: Arc<dyn Entropy>) -> Code {
        let (locks, compiling) = Default::default();
        Code(Arc::new(Inner { store, dir, images, entropy, locks, compiling }))
    }

    /// Checks an upload without storing it.
    ///
    /// # Errors
    /// `InvalidParameterValueException` as AWS words it.
    pub(crate) async fn check(&self, zip: &Bytes) -> Result<CodePackage, ApiError> {
        let bytes = zip.clone();
        let checked = blocking(move || {
            let digest = hex(&Sha256::digest(&bytes));
            archive::check(&bytes).map(|unpacked_size| (digest, unpacked_size))
        });
        let (digest, unpacked_size) = checked.await?.map_err(refused)?;
        Ok(CodePackage { digest, size: zip.len() as u64, unpacked_size })
    }

    /// Makes the zip of a checked package durable.
    pub(crate) async fn put(&self, package: CodePackage, zip: Bytes) -> Result<Stored, ApiError> {
        let lock = self.lock(&package.digest).await;
        let digest = &package.digest;
        let claim = |tx: store::Transaction| async move { references::claim(&tx, digest).await };
        self.0.store.transact::<_, Failure, _, _>(claim).await?;
        self.0.store.blobs().put(zip).await.map_err(|cause| error::internal(&cause))?;
        Ok(Stored { package, _lock: lock })
    }

    /// The directory with the package's files, unpacked first when it isn't there.
    ///
    /// # Errors
    /// `ServiceException` when the zip is missing or the disk refuses.
    pub(crate) async fn path(&self, package: &CodePackage) -> Result<PathBuf, ApiError> {
        let target = self.0.dir.join(&package.digest);
        if tokio::fs::metadata(&target).await.is_ok() {
            return Ok(target);
        }
        let _lock = self.lock(&package.digest).await;
        if tokio::fs::metadata(&target).await.is_ok() {
            return Ok(target);
        }
        let digest = parse_digest(&package.digest)
            .ok_or_else(|| error::internal(&format!("{:?} is not a digest", package.digest)))?;
        let zip = self.0.store.blobs().get(digest).await.map_err(|cause| error::internal(&cause))?;
        let zip =
            zip.ok_or_else(|| error::internal(&format!("code package {} is missing", package.digest)))?;
        let token = self.0.entropy.token(12, b"abcdefghijklmnopqrstuvwxyz0123456789");
        let scratch = self.0.dir.join(format!(".{}.{token}", package.digest));
        let (dir, made) = (self.0.dir.clone(), target.clone());
        let unpacked = blocking(move || {
            std::fs::create_dir_all(&dir)?;
            archive::unpack(&zip, &scratch, &made).map_err(io::Error::other)
        });
        unpacked.await?.map_err(|cause| error::internal(&describe(&cause)))?;
        Ok(target)
    }

    /// The layers of a function laid over each other, made first when that has not been done.
    pub(crate) async fn layers_path(&self, layers: &[LayerUse]) -> Result<Option<PathBuf>, ApiError> {
        let mut paths = Vec::with_capacity(layers.len());
        for layer in layers {
            paths.push(self.path(&layer.code).await?);
        }
        if paths.len() < 2 {
            return Ok(paths.pop());
        }
        let packages: Vec<&CodePackage> = layers.iter().map(|layer| &layer.code).collect();
        let name = merge::set_name(&packages);
        let target = self.0.dir.join(&name);
        if tokio::fs::metadata(&target).await.is_ok() {
            return Ok(Some(target));
        }
        let _lock = self.lock(&name).await;
        let token = self.0.entropy.token(12, b"abcdefghijklmnopqrstuvwxyz0123456789");
        let (scratch, made) = (self.0.dir.join(format!(".{name}.{token}")), target.clone());
        if tokio::fs::metadata(&target).await.is_err() {
            let merged = blocking(move || merge::merge(&paths, &scratch, &made)).await?;
            merged.map_err(|cause| merge::failed(&cause))?;
        }
        Ok(Some(target))
    }

    /// After a commit that released packages: removes those that nobody references any more. Their files stay
    /// until the invocations that use them have ended.
    pub(crate) async fn sweep(&self, released: Vec<String>) {
        for digest in released {
            match self.remove_blob(&digest).await {
                Ok(true) => {
                    let code = self.clone();
                    tokio::spawn(async move {
                        tokio::time::sleep(LINGER).await;
                        code.remove_with_caches(&digest).await;
                    });
                }
                Ok(false) => {}
                // Found again at the next start.
                Err(cause) => tracing::warn!(%cause, digest, "an unused code package could not be removed"),
            }
        }
    }

    /// At start, when nothing runs yet: removes what a crash left behind, and merged layers, which are made again at
    /// their next use.
    pub(crate) async fn sweep_all(&self) -> Result<(), ApiError> {
        let scan = Scan { range: keys::code_packages().prefix_range(), reverse: false, limit: usize::MAX };
        let rows = self.0.store.snapshot().scan(scan).await.map_err(|cause| error::internal(&cause))?;
        let prefix = keys::code_packages().as_slice().len();
        for (key, _) in &rows {
            let digest = String::from_utf8_lossy(&key[prefix..]).trim_end_matches('\0').to_owned();
            self.remove_blob(&digest).await?;
        }
        let dir = self.0.dir.clone();
        let names = blocking(move || list(&dir)).await?.map_err(|cause| error::internal(&cause))?;
        let images = self.0.images.tidy().await.map_err(|cause| error::internal(&cause))?;
        for name in names.into_iter().chain(images.iter().map(|digest| digest.hex().to_owned())) {
            self.remove_files(&name).await;
        }
        Ok(())
    }

    /// Whether the package was unused, and therefore removed.
    async fn remove_blob(&self, digest: &str) -> Result<bool, ApiError> {
        let _lock = self.lock(digest).await;
        if self.referenced(digest).await? {
            return Ok(false);
        }
        if let Some(address) = parse_digest(digest) {
            self.0.store.blobs().remove(address).await.map_err(|cause| error::internal(&cause))?;
        }
        let forget = |tx: store::Transaction| async move {
            tx.delete(keys::code_package(digest));
            Ok(())
        };
        self.0.store.transact::<_, Failure, _, _>(forget).await?;
        Ok(true)
    }

    async fn remove_with_caches(&self, digest: &str) {
        let dir = self.0.dir.clone();
        let names = blocking(move || list(&dir)).await.ok().and_then(Result::ok).unwrap_or_default();
        for name in names.iter().filter(|name| compiled::owner_of(name) == digest) {
            self.remove_files(name).await;
        }
    }

    /// Removes unpacked files, caches (or a scratch directory) that belong to no referenced package.
    async fn remove_files(&self, name: &str) {
        let owner = compiled::owner_of(name);
        let _lock = self.lock(owner).await;
        match self.referenced(owner).await {
            Ok(false) => {}
            Ok(true) | Err(_) => return,
        }
        if let Some(digest) = image::Digest::from_hex(name)
            && let Err(cause) = self.0.images.remove(&digest).await
        {
            tracing::warn!(%cause, name, "an unused image could not be removed");
        }
        let path = self.0.dir.join(name);
        let removed = spawn_blocking(move || std::fs::remove_dir_all(path)).await;
        if let Ok(Err(cause)) = removed
            && cause.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%cause, name, "unused code could not be removed");
        }
    }

    async fn referenced(&self, digest: &str) -> Result<bool, ApiError> {
        let snapshot = self.0.store.snapshot();
        let record = snapshot.get_record::<CodeReferences>(&keys::code_package(digest)).await;
        let record = record.map_err(|cause| error::internal(&cause))?;
        Ok(record.is_some_and(|references| references.count > 0))
    }

    async fn lock(&self, digest: &str) -> Locked {
        let mutex = self
            .0
            .locks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(digest.to_owned())
            .or_default()
            .clone();
        let guard = mutex.lock_owned().await;
        Locked { digest: digest.to_owned(), inner: self.0.clone(), guard: Some(guard) }
    }
}

impl Lambda {
    /// The directory with the package's files, to be mounted at `/var/task`; unpacked first when it isn't there.
    ///
    /// # Errors
    /// `ServiceException` when the zip is missing or the disk refuses.
    pub(crate) async fn code_path(&self, package: &CodePackage) -> Result<PathBuf, ApiError> {
        self.code.path(package).await
    }

    /// The zip of a package by its digest (64 hexadecimal digits), for the link that GetFunction gives.
    ///
    /// # Errors
    /// When the blob can't be read.
    pub async fn code_zip(&self, digest: &str) -> Result<Option<Bytes>, ApiError> {
        let Some(address) = parse_digest(digest) else { return Ok(None) };
        self.store.blobs().get(address).await.map_err(|cause| error::internal(&cause))
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let mut locks = self.inner.locks.lock().unwrap_or_else(PoisonError::into_inner);
        self.guard = None;
        // Nobody else holds or awaits it: the map's is the only handle left.
        if locks.get(&self.digest).is_some_and(|mutex| Arc::strong_count(mutex) == 1) {
            locks.remove(&self.digest);
        }
    }
}

/// The digest as AWS shows it (`CodeSha256`): base64.
pub(crate) fn code_sha256(package: &CodePackage) -> String {
    use base64::Engine as _;
    let bytes = parse_digest(&package.digest).map(|digest| digest.0);
    bytes.map(|bytes| base64::engine::general_purpose::STANDARD.encode(bytes)).unwrap_or_default()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn parse_digest(text: &str) -> Option<Digest> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(Digest(bytes))
}

fn refused(refusal: Refusal) -> ApiError {
    if let Refusal::Unreadable(reason) = &refusal {
        tracing::info!(reason, "a code package was refused");
    }
    error::invalid(refusal.to_string())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    spawn_blocking(work).await.map_err(|cause| error::internal(&cause))
}

/// Names in a directory that may not exist.
fn list(dir: &Path) -> io::Result<Vec<String>> {
    match std::fs::read_dir(dir) {
        Ok(entries) => {
            entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned())).collect()
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(error),
    }
}

/// The error with its causes.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_shown_as_base64_and_stored_as_hex() {
        let digest = hex(&Sha256::digest(b"abc"));
        assert_eq!(parse_digest(&digest).map(|digest| hex(&digest.0)), Some(digest.clone()));
        let package = CodePackage { digest, size: 3, unpacked_size: 3 };
        assert_eq!(code_sha256(&package), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(parse_digest(text), None, "{text}");
        }
    }
}
