//! Checks fjall's lists of files before fjall opens them.
//!
//! Where a list is missing, fjall starts afresh; where one is damaged, it may read it all the same, and then
//! it deletes the tables that seem not to be listed. It writes a checksum of each list, but does not look at
//! it (as of version 3.1), so we do.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use crate::OpenError;

/// 0 is fjall's own keyspace; the others are ours.
const KEYSPACES: [&str; 3] = ["0", "1", "2"];

pub(crate) fn check(engine: &Path) -> Result<(), OpenError> {
    read(&engine.join("version"))?;
    for keyspace in KEYSPACES {
        let dir = engine.join("keyspaces").join(keyspace);
        let current = dir.join("current");
        // Number and xxh3 of the list in use, little-endian, and 0 for the kind of checksum.
        let pointer: [u8; 25] =
            read(&current)?.try_into().map_err(|_| corrupt(&current, "it has the wrong length"))?;
        let [n0, n1, n2, n3, n4, n5, n6, n7, checksum @ .., 0] = pointer else {
            return Err(corrupt(&current, "it names an unknown checksum"));
        };
        let number = u64::from_le_bytes([n0, n1, n2, n3, n4, n5, n6, n7]);
        let list = dir.join(format!("v{number}"));
        if xxh3_128(&read(&list)?) != u128::from_le_bytes(checksum) {
            return Err(corrupt(&list, "it does not match its checksum"));
        }
    }
    Ok(())
}

fn read(path: &PathBuf) -> Result<Vec<u8>, OpenError> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => corrupt(path, "the file is missing"),
        _ => OpenError::io(path, error),
    })
}

fn corrupt(path: &Path, detail: &str) -> OpenError {
    OpenError::Corrupt { path: path.to_owned(), detail: detail.to_owned() }
}
