//! All unpacked images: one directory per digest, made once however many ask, removed on request.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use base::Entropy;
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use crate::local::Local;
use crate::manifest::{Found, Place, Source};
use crate::registry::Registries;
use crate::unpack::{self, Layers, MountPoints};
use crate::{Digest, ImageError, Limits, Process, Reference, RegistryOptions};

const ROOT: &str = "root";
const DESCRIPTION: &str = "image.json";
/// Scratch directories begin so; digests don't.
const SCRATCH: &str = ".new-";

/// Where images come from and where they go.
#[derive(Clone, Debug)]
pub struct Options {
    /// Unpacked images, one directory per digest. Need not exist yet.
    pub dir: PathBuf,
    /// Images on this host: `<repository>/<tag>` is an OCI layout, `<repository>/<tag>.tar` an archive.
    pub local_dir: PathBuf,
    /// `amd64` or `arm64`.
    pub architecture: String,
    pub registry: RegistryOptions,
    pub limits: Limits,
    /// Directories that must exist in every root, relative to it, because something is mounted there.
    pub mount_dirs: Vec<PathBuf>,
    /// The same for files.
    pub mount_files: Vec<PathBuf>,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Images(Arc<Inner>);

struct Inner {
    options: Options,
    points: MountPoints,
    registries: Registries,
    entropy: Arc<dyn Entropy>,
    /// By digest, while somebody works on it.
    locks: Mutex<HashMap<Digest, Weak<tokio::sync::Mutex<()>>>>,
}

/// An image that can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// Its root directory, to be mounted read-only.
    pub root: PathBuf,
    pub process: Process,
}

/// Beside the root.
#[derive(Serialize, Deserialize)]
struct Description {
    version: u32,
    process: Process,
    /// Of all layers, unpacked.
    layer_bytes: u64,
}

impl Images {
    /// # Errors
    /// When the certificate authorities cannot be read.
    pub fn new(options: Options, entropy: Arc<dyn Entropy>) -> Result<Images, ImageError> {
        let registries = Registries::new(options.registry.clone())?;
        let points = MountPoints { dirs: options.mount_dirs.clone(), files: options.mount_files.clone() };
        Ok(Images(Arc::new(Inner { options, points, registries, entropy, locks: Mutex::default() })))
    }

    /// What a name stands for now: the digest of the image for this host's processor. Its layers are not looked at.
    ///
    /// # Errors
    /// As [`ImageError`] says.
    pub async fn resolve(&self, reference: &Reference) -> Result<Digest, ImageError> {
        Ok(self.find(reference, reference.digest.as_ref()).await?.1.digest)
    }

    /// The image `digest`, unpacked first if it isn't yet; `reference` says where it comes from, whatever its tag
    /// stands for by now.
    ///
    /// # Errors
    /// As [`ImageError`] says; nothing of it is left then.
    pub async fn unpacked(&self, reference: &Reference, digest: &Digest) -> Result<Unpacked, ImageError> {
        if let Some(unpacked) = self.existing(digest)? {
            return Ok(unpacked);
        }
        let lock = self.lock(digest);
        let _guard = lock.lock().await;
        // Whoever held the lock has done it.
        if let Some(unpacked) = self.existing(digest)? {
            return Ok(unpacked);
        }
        let scratch = self.scratch();
        let made = self.make(reference, digest, &scratch).await;
        if made.is_err() {
            let _ = spawn_blocking(move || std::fs::remove_dir_all(scratch)).await;
        }
        made?;
        self.existing(digest)?.ok_or_else(|| ImageError::Unavailable(format!("{digest} is gone again")))
    }

    /// Removes an unpacked image. One that isn't there is removed already.
    pub async fn remove(&self, digest: &Digest) -> io::Result<()> {
        let lock = self.lock(digest);
        let _guard = lock.lock().await;
        let (dir, scratch) = (self.0.options.dir.join(digest.hex()), self.scratch());
        let removal = move || match std::fs::rename(&dir, &scratch) {
            Ok(()) => std::fs::remove_dir_all(&scratch),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        };
        spawn_blocking(removal).await.map_err(io::Error::other)?
    }

    /// At start, when nothing is under way: removes what a crash left half made, and names what is there.
    ///
    /// # Errors
    /// When the directory can't be read.
    pub async fn tidy(&self) -> io::Result<Vec<Digest>> {
        let dir = self.0.options.dir.clone();
        spawn_blocking(move || {
            let mut digests = Vec::new();
            let entries = match std::fs::read_dir(&dir) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(digests),
                other => other?,
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with(SCRATCH) {
                    std::fs::remove_dir_all(entry.path())?;
                } else {
                    digests.extend(Digest::from_hex(&name));
                }
            }
            Ok(digests)
        })
        .await
        .map_err(io::Error::other)?
    }

    fn existing(&self, digest: &Digest) -> Result<Option<Unpacked>, ImageError> {
        let dir = self.0.options.dir.join(digest.hex());
        let bytes = match std::fs::read(dir.join(DESCRIPTION)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ImageError::disk(&dir.display().to_string(), &error)),
        };
        let description: Description = serde_json::from_slice(&bytes)
            .map_err(|error| ImageError::disk(&dir.join(DESCRIPTION).display().to_string(), &error))?;
        Ok(Some(Unpacked { root: dir.join(ROOT), process: description.process }))
    }

    async fn make(&self, reference: &Reference, digest: &Digest, scratch: &Path) -> Result<(), ImageError> {
        let (source, found) = self.find(reference, Some(digest)).await?;
        if found.digest != *digest {
            return Err(ImageError::NotFound(format!("{reference} is {} now, not {digest}", found.digest)));
        }
        let blobs = scratch.join("blobs");
        let disk = |error: io::Error| ImageError::disk(&scratch.display().to_string(), &error);
        tokio::fs::create_dir_all(&blobs).await.map_err(disk)?;
        tokio::fs::create_dir(scratch.join(ROOT)).await.map_err(disk)?;
        if let Source::Registry(remote) = &source {
            let total = found.layers.iter().map(|layer| match layer.place {
                Place::Blob(_, size) => size,
                Place::Member(_) => 0,
            });
            // Compressed layers larger than what they may become cannot be right, and fill the disk.
            if total.fold(0u64, u64::saturating_add) > self.0.options.limits.bytes {
                return Err(ImageError::TooLarge("the image's layers are larger than the limit".into()));
            }
            for layer in &found.layers {
                if let Place::Blob(digest, size) = &layer.place {
                    let to = blobs.join(digest.hex());
                    remote.download(digest, *size, &to).await?;
                }
            }
        }
        let (inner, work, target) =
            (self.0.clone(), scratch.to_owned(), self.0.options.dir.join(digest.hex()));
        let unpacking = spawn_blocking(move || {
            let layers = match &source {
                Source::Local(local) => Layers::Local(local),
                Source::Registry(_) => Layers::Downloaded(&blobs),
            };
            inner.unpack(&found, &layers, &work)?;
            let disk = |error: io::Error| ImageError::disk(&work.display().to_string(), &error);
            std::fs::remove_dir_all(&blobs).map_err(disk)?;
            std::fs::rename(&work, &target).map_err(disk)
        });
        unpacking.await.map_err(|error| ImageError::Unavailable(error.to_string()))?
    }

    /// The image of a name, for the digest if one is given.
    async fn find(
        &self,
        reference: &Reference,
        digest: Option<&Digest>,
    ) -> Result<(Source, Found), ImageError> {
        let source = match self.local(reference)? {
            Some(local) => Source::Local(local),
            None if reference.host == "localhost" => {
                return Err(ImageError::NotFound(format!(
                    "there is no image {reference} on this host: {} has nothing of this name",
                    self.0.options.local_dir.display()
                )));
            }
            None => Source::Registry(Box::new(self.0.registries.remote(reference)?)),
        };
        let architecture = &self.0.options.architecture;
        let found = source.find(reference.tag.as_deref(), digest, architecture).await?;
        Ok((source, found))
    }

    /// An image on this host: of the name `localhost/…`, or of a private ECR registry's, which images that were
    /// imported stand in for.
    fn local(&self, reference: &Reference) -> Result<Option<Local>, ImageError> {
        if reference.host != "localhost" && !is_ecr(&reference.host) {
            return Ok(None);
        }
        let dir = self.0.options.local_dir.join(&reference.repository);
        let candidates = match &reference.tag {
            Some(tag) => vec![dir.join(tag), dir.join(format!("{tag}.tar"))],
            // By digest alone: any of the repository's may have it.
            None => children(&dir),
        };
        for path in candidates.into_iter().filter(|path| path.exists()) {
            let local = Local::open(&path)?;
            let Some(digest) = reference.digest.as_ref().filter(|_| reference.tag.is_none()) else {
                return Ok(Some(local));
            };
            if local.has(digest, &self.0.options.architecture) {
                return Ok(Some(local));
            }
        }
        Ok(None)
    }

    fn scratch(&self) -> PathBuf {
        let token = self.0.entropy.token(12, b"abcdefghijklmnopqrstuvwxyz0123456789");
        self.0.options.dir.join(format!("{SCRATCH}{token}"))
    }

    fn lock(&self, digest: &Digest) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.0.locks.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, lock| lock.strong_count() > 0);
        if let Some(lock) = locks.get(digest).and_then(Weak::upgrade) {
            return lock;
        }
        let lock = Arc::new(tokio::sync::Mutex::new(()));
        locks.insert(digest.clone(), Arc::downgrade(&lock));
        lock
    }
}

impl Inner {
    fn unpack(&self, found: &Found, layers: &Layers<'_>, scratch: &Path) -> Result<(), ImageError> {
        let root = scratch.join(ROOT);
        let layer_bytes = unpack::unpack(found, layers, &root, self.options.limits, &self.points)?;
        let process = found.config.config.clone().unwrap_or_default();
        let description = Description { version: 1, process, layer_bytes };
        let path = scratch.join(DESCRIPTION);
        let failed = |error: &dyn std::fmt::Display| ImageError::disk(&path.display().to_string(), error);
        let bytes = serde_json::to_vec(&description).map_err(|error| failed(&error))?;
        std::fs::write(&path, bytes).map_err(|error| failed(&error))?;
        let written = std::fs::File::open(&path).and_then(|file| file.sync_all());
        written.map_err(|error| failed(&error))
    }
}

/// `<account>.dkr.ecr.<region>.<domain>`.
fn is_ecr(host: &str) -> bool {
    let mut parts = host.split('.');
    parts.next().is_some_and(|account| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()))
        && parts.next() == Some("dkr")
        && parts.next() == Some("ecr")
        && parts.next().is_some()
        && parts.next().is_some()
}

fn children(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
