//! What can go wrong, told apart by what the caller does next.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why the store could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another process has the directory open. Stop it, or use another directory.
    #[error("data directory {} is in use by process {}", .dir.display(), .pid.map_or_else(|| "(unknown)".to_owned(), |pid| pid.to_string()))]
    Locked { dir: PathBuf, pid: Option<u32> },
    /// The directory was written by another release. Use that release, or a newer one.
    #[error("data directory {} has format version {found}; this release reads version {supported}", .dir.display())]
    UnknownFormat { dir: PathBuf, found: String, supported: u32 },
    /// Restore the directory from a backup.
    #[error("{} is corrupt ({detail}): restore the data directory from a backup", .path.display())]
    Corrupt { path: PathBuf, detail: String },
    /// Free space on the disk and start again.
    #[error("the disk that holds {} is full", .path.display())]
    DiskFull { path: PathBuf },
    /// The operating system refused: see the source.
    #[error("cannot open {}", .path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl OpenError {
    pub(crate) fn io(path: &Path, source: io::Error) -> OpenError {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                OpenError::DiskFull { path: path.to_owned() }
            }
            _ => OpenError::Io { path: path.to_owned(), source },
        }
    }
}

/// Why a read or a commit failed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing was written. Free space and try again: the store goes on as soon as there is room.
    #[error("the disk that holds {} is full", .path.display())]
    DiskFull { path: PathBuf },
    /// An earlier write failed in a way that leaves the disk's state unknown, so further writes are refused;
    /// reads go on. Restart the server: it finds every acknowledged transaction. A transaction that was
    /// waiting at the very moment of the failure may or may not be among them.
    #[error("the store refuses writes because an earlier one failed ({reason}); restart the server")]
    ReadOnly { reason: Arc<str> },
    /// Stored bytes are not what was written. Restore from a backup.
    #[error("{what} is corrupt: {detail}")]
    Corrupt { what: String, detail: String },
    /// A newer release wrote this record. Upgrade.
    #[error("the record at {key} has version {version}, which this release cannot read")]
    UnknownRecordVersion { key: String, version: u8 },
    /// Write less at once.
    #[error("{what} has {actual} bytes, more than the {limit} allowed")]
    TooLarge { what: &'static str, actual: u64, limit: u64 },
    /// The caller's mistake: a key that is empty or lies in the store's own space.
    #[error("{key} is not a valid key")]
    InvalidKey { key: String },
    /// The caller's mistake: a record that JSON cannot express.
    #[error("a {type_name} cannot be written as JSON")]
    Encode {
        type_name: &'static str,
        #[source]
        source: Arc<serde_json::Error>,
    },
    /// The operating system refused: see the source.
    #[error("I/O error at {}", .path.display())]
    Io {
        path: PathBuf,
        #[source]
        source: Arc<io::Error>,
    },
    /// The store is shutting down, or this transaction already ended.
    #[error("the store is closed")]
    Closed,
}

impl StoreError {
    pub(crate) fn io(path: &Path, source: io::Error) -> StoreError {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                StoreError::DiskFull { path: path.to_owned() }
            }
            _ => StoreError::Io { path: path.to_owned(), source: Arc::new(source) },
        }
    }
}

/// A key as a human can read it in an error message.
pub(crate) fn printable(key: &[u8]) -> String {
    const SHOWN: usize = 200;
    let shown = key[..key.len().min(SHOWN)].escape_ascii();
    if key.len() > SHOWN { format!("{shown}…") } else { shown.to_string() }
}
