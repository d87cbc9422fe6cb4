//! Deployment packages: reads a zip that nobody has vouched for. Sizes are counted while inflating, names and
//! links are proved to stay inside, and only then is anything written.

mod plan;
mod unpack;

pub(crate) use unpack::unpack;

use std::io::{self, Cursor, Read};

use ::zip::ZipArchive;

use crate::limits::UNZIPPED_BYTES_MAX;
use plan::{Kind, plan};

/// Why a package is not accepted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("Uploaded file must be a non-empty zip")]
    Empty,
    /// Not a zip, a damaged one, or one that reaches outside of its directory. The reason is for our own log:
    /// AWS tells the caller no more than this.
    #[error("Could not unzip uploaded file. Please check your file, then try to upload again.")]
    Unreadable(String),
    #[error("Unzipped size must be smaller than {UNZIPPED_BYTES_MAX} bytes")]
    TooLarge,
}

impl Refusal {
    fn unreadable(reason: impl std::fmt::Display) -> Refusal {
        Refusal::Unreadable(reason.to_string())
    }
}

/// Reads every byte of the package without keeping any, and returns their number. What this accepts, [`unpack`]
/// can write.
pub(crate) fn check(zip: &[u8]) -> Result<u64, Refusal> {
    let mut archive = open(zip)?;
    let mut budget = Budget::new();
    for entry in plan(&mut archive)? {
        if entry.kind == Kind::File {
            let mut file = archive.by_index(entry.index).map_err(Refusal::unreadable)?;
            budget.copy(&mut file, &mut io::sink())?;
        }
    }
    Ok(budget.used())
}

fn open(zip: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Refusal> {
    if zip.is_empty() {
        return Err(Refusal::Empty);
    }
    let archive = ZipArchive::new(Cursor::new(zip)).map_err(Refusal::unreadable)?;
    if archive.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(archive)
}

/// How many bytes may still come out of the package, whatever its headers claim.
struct Budget {
    left: u64,
}

/// A package's bytes could not be moved: its own fault, or that of the place they go to.
enum CopyError {
    Package(Refusal),
    Output(io::Error),
}

impl From<CopyError> for Refusal {
    fn from(error: CopyError) -> Refusal {
        match error {
            CopyError::Package(refusal) => refusal,
            CopyError::Output(error) => Refusal::unreadable(error),
        }
    }
}

impl Budget {
    fn new() -> Budget {
        Budget { left: UNZIPPED_BYTES_MAX }
    }

    fn used(&self) -> u64 {
        UNZIPPED_BYTES_MAX - self.left
    }

    fn copy(&mut self, from: &mut dyn Read, to: &mut dyn io::Write) -> Result<(), CopyError> {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = match from.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(CopyError::Package(Refusal::unreadable(error))),
            };
            self.left = match self.left.checked_sub(count as u64) {
                Some(left) => left,
                None => return Err(CopyError::Package(Refusal::TooLarge)),
            };
            to.write_all(&buffer[..count]).map_err(CopyError::Output)?;
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
