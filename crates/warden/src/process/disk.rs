//! Private `/tmp`s on disk. Each is a file system of its own in a sparse file behind a loop device: it has exactly the
//! size asked for, and what a function writes is page cache that the kernel can write back, not memory that counts
//! until it kills. The host's space is not reserved: when it runs out, functions get I/O errors.
//!
//! Nothing can be left behind: the file is removed before its first use, the device is released with the last mount,
//! and mounts end with the sandbox or the warden.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use super::maker::{Helper, Made};
use super::root::TMP_BYTES;
use super::template::Template;
use crate::sys::Step;

/// Ready-made file systems of the usual size, so that a function does not wait for one: so many when nothing happens…
const STOCK_MIN: usize = 4;
/// …and at most so many, when functions ask for more than there are. Each costs about 300 kB of kernel memory.
const STOCK_MAX: usize = 32;
/// Templates of unusual sizes that are kept, about 100 KiB each.
const TEMPLATES_MAX: usize = 64;
/// Orders that the helper has not answered yet. It carries them out one after the other.
const ORDERS_MAX: usize = 8;
/// Surplus that is given back at a time.
const SHRINK_STEP: usize = 4;

/// Makes file systems, which takes milliseconds: attaching a device and mounting wait for the kernel.
pub struct Maker {
    dir: PathBuf,
    templates: BTreeMap<u64, Template>,
}

impl Maker {
    /// A file system of its own, mounted nowhere yet, in which `bytes` can be written. Milliseconds; tens of them for the
    /// first of an unusual size.
    pub fn make(&mut self, bytes: u64) -> io::Result<OwnedFd> {
        if !self.templates.contains_key(&bytes) {
            if self.templates.len() >= TEMPLATES_MAX {
                self.templates.retain(|size, _| *size == TMP_BYTES);
            }
            self.templates.insert(bytes, Template::make(&self.dir, bytes)?);
        }
        self.templates[&bytes].copy(&self.dir)
    }
}

/// The warden's store of them. What it has not got is made by a process of its own, for which the warden does not wait.
pub struct Disk {
    maker: Maker,
    helper: Option<Helper>,
    stock: Vec<OwnedFd>,
    /// Sizes that somebody waits for and that have not been ordered yet.
    wanted: VecDeque<u64>,
    /// Sizes that have been ordered, in the order in which they will come.
    ordered: VecDeque<u64>,
    /// How many of the usual size there should be: more after each time when there was none.
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
        let mut maker = Maker { dir, templates: BTreeMap::new() };
        let first = maker.make(TMP_BYTES)?;
        Ok(Disk {
            maker,
            helper: None,
            stock: vec![first],
            wanted: VecDeque::new(),
            ordered: VecDeque::new(),
            target: STOCK_MIN,
            failing: false,
        })
    }

    /// A file system of its own, mounted nowhere yet, in which `bytes` can be written. `None` when there is none: the
    /// next of this size that [`Disk::made`] answers is then the caller's.
    pub fn take(&mut self, bytes: u64) -> Option<OwnedFd> {
        self.failing = false;
        let ready = if bytes == TMP_BYTES { self.stock.pop() } else { None };
        if ready.is_none() {
            self.wanted.push_back(bytes);
            if bytes == TMP_BYTES {
                self.target = (self.target * 2).min(STOCK_MAX);
            }
        }
        ready
    }

    /// Orders what is wanted now. `is_idle`: there is time for what will be wanted later, too; otherwise that is left for
    /// an idle moment, unless the stock runs low. A helper that has been started is to be watched: its socket.
    ///
    /// # Errors
    /// When there is no helper. Who waits for one will get none.
    pub fn order(&mut self, is_idle: bool) -> io::Result<Option<BorrowedFd<'_>>> {
        let mut is_new = false;
        while self.ordered.len() < ORDERS_MAX {
            let coming = self.ordered.iter().filter(|bytes| **bytes == TMP_BYTES).count();
            let have = self.stock.len() + coming;
            let enough = if is_idle { self.target } else { self.target / 2 };
            let bytes = match self.wanted.front() {
                Some(bytes) => *bytes,
                None if have < enough && !self.failing => TMP_BYTES,
                None => break,
            };
            if self.helper.is_none() {
                self.helper = Some(Helper::start(&mut self.maker)?);
                is_new = true;
            }
            if let Some(helper) = &self.helper {
                helper.order(bytes)?;
            }
            self.wanted.pop_front();
            self.ordered.push_back(bytes);
        }
        Ok(self.helper.as_ref().filter(|_| is_new).map(Helper::socket))
    }

    /// What the helper has made, if anything: the size, and the file system or why there is none.
    ///
    /// # Errors
    /// When it has ended. [`Disk::give_up`] then.
    pub fn made(&mut self) -> io::Result<Option<(u64, io::Result<OwnedFd>)>> {
        let Some(helper) = &mut self.helper else { return Ok(None) };
        let Some(Made(result)) = helper.made()? else { return Ok(None) };
        let bytes = self.ordered.pop_front().ok_or_else(|| io::Error::other("an answer to nothing"))?;
        Ok(Some((bytes, result)))
    }

    /// One that nobody waits for.
    pub fn put(&mut self, bytes: u64, result: io::Result<OwnedFd>) {
        match result {
            Ok(ready) if bytes == TMP_BYTES => self.stock.push(ready),
            // Nobody asks for another of this size.
            Ok(_) => {}
            Err(_) => self.failing = true,
        }
    }

    /// Ends the helper; the next order starts another. Whoever waits gets nothing.
    pub fn give_up(&mut self) {
        self.wanted.clear();
        self.ordered.clear();
        self.failing = true;
        if let Some(helper) = self.helper.take() {
            helper.end();
        }
    }

    /// The helper's socket and process id.
    pub fn helper(&self) -> Option<(BorrowedFd<'_>, i32)> {
        self.helper.as_ref().map(|helper| (helper.socket(), helper.pid()))
    }

    /// Something is left to do for an idle moment.
    pub fn wants_more(&self) -> bool {
        self.stock.len() + self.ordered.len() < self.target && !self.failing
    }

    /// More is kept than a quiet time needs.
    pub fn has_surplus(&self) -> bool {
        self.target > STOCK_MIN || self.stock.len() > STOCK_MIN
    }

    /// Gives back some of what a busy time needed. Unmounting takes milliseconds: the helper does it.
    pub fn shrink(&mut self) {
        self.target = STOCK_MIN;
        let surplus = self.stock.len().saturating_sub(STOCK_MIN).min(SHRINK_STEP);
        for disk in self.stock.drain(..surplus) {
            // If it cannot, dropping does it here.
            let _ = self.helper.as_ref().map(|helper| helper.drop_disk(disk.as_fd()));
        }
    }
}
