//! Turns fjall's errors, and its panics over damaged files, into ours.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::{OpenError, StoreError};

#[derive(Debug)]
pub(crate) enum EngineFailure {
    Io(io::Error),
    Corrupt(String),
    /// An earlier write or background task failed; the engine takes no more writes.
    Poisoned,
}

/// Runs engine code. fjall asserts some things about its files that damaged files violate.
pub(crate) fn guarded<T>(work: impl FnOnce() -> fjall::Result<T>) -> Result<T, EngineFailure> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(EngineFailure::from),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            Err(EngineFailure::Corrupt(text.unwrap_or_else(|| "the engine panicked".to_owned())))
        }
    }
}

impl EngineFailure {
    pub(crate) fn into_open_error(self, path: &Path) -> OpenError {
        let path = path.to_owned();
        match self {
            EngineFailure::Io(error) => OpenError::io(&path, error),
            EngineFailure::Corrupt(detail) => OpenError::Corrupt { path, detail },
            EngineFailure::Poisoned => {
                OpenError::Io { path, source: io::Error::other("a background task of the engine failed") }
            }
        }
    }

    pub(crate) fn into_store_error(self, path: &Path) -> StoreError {
        match self {
            EngineFailure::Io(error) => StoreError::io(path, error),
            EngineFailure::Corrupt(detail) => {
                StoreError::Corrupt { what: path.display().to_string(), detail }
            }
            EngineFailure::Poisoned => StoreError::ReadOnly { reason: self.to_string().into() },
        }
    }
}

impl std::fmt::Display for EngineFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EngineFailure::Io(error) => error.fmt(f),
            EngineFailure::Corrupt(detail) => f.write_str(detail),
            EngineFailure::Poisoned => f.write_str("a background task of the engine failed"),
        }
    }
}

impl From<fjall::Error> for EngineFailure {
    fn from(error: fjall::Error) -> EngineFailure {
        match error {
            fjall::Error::Io(error) | fjall::Error::Storage(fjall::LsmError::Io(error)) => {
                // The engine only reads what it wrote: what ends early or is not there was damaged.
                match error.kind() {
                    io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::InvalidData
                    | io::ErrorKind::InvalidInput
                    | io::ErrorKind::NotFound => EngineFailure::Corrupt(error.to_string()),
                    _ => EngineFailure::Io(error),
                }
            }
            fjall::Error::Poisoned => EngineFailure::Poisoned,
            fjall::Error::Storage(error) => EngineFailure::Corrupt(error.to_string()),
            error => EngineFailure::Corrupt(error.to_string()),
        }
    }
}
