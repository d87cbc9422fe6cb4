//! Large bytes in files beside the keyspace, named by what they contain. A transaction stores only the digest.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::files::{DataDir, sync_parent};
use crate::{Digest, OpenError, StoreError};

/// The blob store. A cheap handle.
///
/// Put a blob before the transaction that refers to it, remove it after the transaction that drops the last
/// reference: a crash in between leaves a blob without a reference, never a reference without a blob.
#[derive(Clone)]
pub struct Blobs(Arc<Directory>);

struct Directory {
    root: PathBuf,
    /// Numbers temporary files; they need not survive the process.
    next_temporary: AtomicU64,
}

impl Blobs {
    pub(crate) fn open(data: &DataDir) -> Result<Blobs, OpenError> {
        let directory = Directory { root: data.blobs(), next_temporary: AtomicU64::new(0) };
        let temporary = directory.temporary_dir();
        let prepare = || {
            // What a crash left half written.
            match fs::remove_dir_all(&temporary) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            fs::create_dir_all(&temporary)?;
            sync_parent(&temporary)?;
            sync_parent(&directory.root)
        };
        prepare().map_err(|error| OpenError::io(&directory.root, error))?;
        Ok(Blobs(Arc::new(directory)))
    }

    /// Stores bytes under their SHA-256; durable when this returns. Idempotent.
    pub async fn put(&self, bytes: Bytes) -> Result<Digest, StoreError> {
        self.blocking(move |directory| directory.put(&mut &bytes[..])).await
    }

    /// Stores everything that `source` yields, reading it in pieces; durable when this returns. Blocks a
    /// thread of the blocking pool, not the caller's.
    pub async fn put_reader(&self, mut source: impl Read + Send + 'static) -> Result<Digest, StoreError> {
        self.blocking(move |directory| directory.put(&mut source)).await
    }

    /// Stores a copy of a file; durable when this returns.
    pub async fn put_file(&self, path: &Path) -> Result<Digest, StoreError> {
        let path = path.to_owned();
        self.blocking(move |directory| {
            let mut file = File::open(&path).map_err(|error| StoreError::io(&path, error))?;
            directory.put(&mut file)
        })
        .await
    }

    /// The blob's bytes, checked against its digest; `None` when there is no such blob.
    pub async fn get(&self, digest: Digest) -> Result<Option<Bytes>, StoreError> {
        self.blocking(move |directory| {
            let path = directory.path(digest);
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(StoreError::io(&path, error)),
            };
            if Digest::of(&bytes) != digest {
                let what = path.display().to_string();
                return Err(StoreError::Corrupt { what, detail: "it does not match its digest".to_owned() });
            }
            Ok(Some(Bytes::from(bytes)))
        })
        .await
    }

    /// The blob's file, opened for reading; unlike [`Blobs::get`] this cannot check the digest.
    pub async fn open_file(&self, digest: Digest) -> Result<Option<File>, StoreError> {
        self.blocking(move |directory| {
            let path = directory.path(digest);
            match File::open(&path) {
                Ok(file) => Ok(Some(file)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(StoreError::io(&path, error)),
            }
        })
        .await
    }

    pub async fn contains(&self, digest: Digest) -> Result<bool, StoreError> {
        self.blocking(move |directory| {
            let path = directory.path(digest);
            path.try_exists().map_err(|error| StoreError::io(&path, error))
        })
        .await
    }

    /// Where the blob is, or would be. Read-only: who writes there corrupts it.
    pub fn path(&self, digest: Digest) -> PathBuf {
        self.0.path(digest)
    }

    /// Forgets a blob; nothing happens when there is none. A reader that has it open can go on.
    pub async fn remove(&self, digest: Digest) -> Result<(), StoreError> {
        self.blocking(move |directory| {
            let path = directory.path(digest);
            match fs::remove_file(&path).and_then(|()| sync_parent(&path)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io(&path, error)),
                _ => Ok(()),
            }
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Directory) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let directory = Arc::clone(&self.0);
        // The only failure is a runtime that shuts down: blob work does not panic.
        tokio::task::spawn_blocking(move || work(&directory)).await.map_err(|_| StoreError::Closed)?
    }
}

impl Directory {
    fn temporary_dir(&self) -> PathBuf {
        self.root.join("tmp")
    }

    fn path(&self, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        self.root.join(&name[..2]).join(&name[2..])
    }

    /// A blob that is there already is written again: that heals a damaged one.
    fn put(&self, source: &mut dyn Read) -> Result<Digest, StoreError> {
        let number = self.next_temporary.fetch_add(1, Ordering::Relaxed);
        let temporary = self.temporary_dir().join(number.to_string());
        let stored = write(&temporary, source).and_then(|digest| {
            let path = self.path(digest);
            let shard = path.parent().unwrap_or(&self.root);
            match fs::create_dir(shard) {
                Ok(()) => sync_parent(shard)?,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            fs::rename(&temporary, &path)?;
            sync_parent(&path)?;
            Ok(digest)
        });
        stored.map_err(|error| {
            // The next start would remove it as well; now it only takes room.
            let _ = fs::remove_file(&temporary);
            StoreError::io(&self.root, error)
        })
    }
}

fn write(path: &Path, source: &mut dyn Read) -> io::Result<Digest> {
    let mut file = File::create(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(len) => {
                hasher.update(&buffer[..len]);
                file.write_all(&buffer[..len])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    file.sync_all()?;
    Ok(Digest(hasher.finalize().into()))
}
