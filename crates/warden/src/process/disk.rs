//! Private `/tmp`s on disk. Each is a file system of its own in a sparse file behind a loop device: it has exactly the
//! size asked for, and what a function writes is page cache that the kernel can write back, not memory that counts
//! until it kills. The host's space is not reserved: when it runs out, functions get I/O errors.
//!
//! Nothing can be left behind: the file is removed before its first use, the device is released with the last mount,
//! and mounts end with the sandbox or the warden.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use super::root::TMP_BYTES;
use super::template::Template;
use crate::sys::Step;

/// Ready-made file systems of the usual size, so that a function does not wait for one: so many when nothing happens…
const STOCK_MIN: usize = 4;
/// …and at most so many, when functions ask for more than there are. Each costs about 300 kB of kernel memory.
const STOCK_MAX: usize = 32;
/// Templates of unusual sizes that are kept, about 100 KiB each.
const TEMPLATES_MAX: usize = 64;

pub struct Disk {
    dir: PathBuf,
    templates: BTreeMap<u64, Template>,
    stock: Vec<OwnedFd>,
    /// How many there should be: more after each time when there was none.
    target: usize,
    /// Making one ahead of demand has failed; the next demand will say why.
    failing: bool,
}

impl Disk {
    /// Fails where `/tmp` cannot be on disk: no loop devices, no ext4, no `mkfs.ext4`.
    pub fn new(state_dir: &Path) -> io::Result<Disk> {
        let dir = state_dir.join("tmp");
        // Files of a predecessor that was killed in the moment before it removed them.
        match fs::remove_dir_all(&dir) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => fs::create_dir(&dir).step(|| format!("make {}", dir.display()))?,
        }
        let mut disk =
            Disk { dir, templates: BTreeMap::new(), stock: Vec::new(), target: STOCK_MIN, failing: false };
        let first = disk.make(TMP_BYTES)?;
        disk.stock.push(first);
        Ok(disk)
    }

    /// A file system of its own, mounted nowhere yet, in which `bytes` can be written. Milliseconds when there is
    /// none in stock, tens of them for the first of an unusual size.
    pub fn take(&mut self, bytes: u64) -> io::Result<OwnedFd> {
        self.failing = false;
        match self.stock.pop() {
            Some(ready) if bytes == TMP_BYTES => Ok(ready),
            Some(other) => {
                self.stock.push(other);
                self.make(bytes)
            }
            None => {
                self.target = (self.target * 2).min(STOCK_MAX);
                self.make(bytes)
            }
        }
    }

    fn make(&mut self, bytes: u64) -> io::Result<OwnedFd> {
        if !self.templates.contains_key(&bytes) {
            if self.templates.len() >= TEMPLATES_MAX {
                self.templates.retain(|size, _| *size == TMP_BYTES);
            }
            self.templates.insert(bytes, Template::make(&self.dir, bytes)?);
        }
        self.templates[&bytes].copy(&self.dir)
    }

    /// Something is left to do for an idle moment.
    pub fn wants_more(&self) -> bool {
        self.stock.len() < self.target && !self.failing
    }

    /// More is kept than a quiet time needs.
    pub fn has_surplus(&self) -> bool {
        self.target > STOCK_MIN
    }

    /// Gives back what a busy time needed.
    pub fn shrink(&mut self) {
        self.target = STOCK_MIN;
        self.stock.truncate(STOCK_MIN);
    }

    /// Makes one for the stock.
    pub fn replenish(&mut self) {
        match self.make(TMP_BYTES) {
            Ok(ready) => self.stock.push(ready),
            Err(_) => self.failing = true,
        }
    }
}
