//! One layer's tar stream, applied to the tree: additions, replacements, and the whiteouts that hide what lower
//! layers brought.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use tar::EntryType;

use super::Limits;
use super::tree::Tree;
use crate::ImageError;

const WHITEOUT: &[u8] = b".wh.";
/// Hides all that lower layers have in its directory.
const OPAQUE: &[u8] = b".wh..wh..opq";
/// Other names that begin so are bookkeeping of a file system called aufs.
const BOOKKEEPING: &[u8] = b".wh..wh.";
/// Long names and extended headers, which must be kept in memory.
const HEADER_BYTES_MAX: u64 = 1 << 20;
/// Names longer than the kernel's limit cannot exist.
const PATH_BYTES_MAX: usize = 4095;

/// What is left of the limits.
pub(super) struct Budget {
    limits: Limits,
    bytes: std::rc::Rc<std::cell::Cell<u64>>,
    entries: u64,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Budget {
        Budget { limits, bytes: std::rc::Rc::default(), entries: 0 }
    }

    pub(super) fn bytes_used(&self) -> u64 {
        self.bytes.get()
    }

    /// Counts what is read, and fails when it becomes too much.
    pub(super) fn limit<'a>(&self, reader: Box<dyn Read + 'a>) -> Limited<'a> {
        Limited { reader, used: self.bytes.clone(), limit: self.limits.bytes }
    }

    fn entry(&mut self) -> Result<(), ImageError> {
        self.entries += 1;
        if self.entries > self.limits.entries {
            return Err(ImageError::TooLarge(format!(
                "the image has more than {} files",
                self.limits.entries
            )));
        }
        Ok(())
    }
}

pub(super) struct Limited<'a> {
    reader: Box<dyn Read + 'a>,
    used: std::rc::Rc<std::cell::Cell<u64>>,
    limit: u64,
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.used.set(self.used.get() + n as u64);
        if self.used.get() > self.limit {
            let text = format!("the image's layers are larger than {} bytes", self.limit);
            return Err(ImageError::TooLarge(text).carried());
        }
        Ok(n)
    }
}

/// What headers before an entry say about it.
#[derive(Default)]
struct Extended {
    path: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
}

/// Reads `stream` up to the end of the archive in it.
pub(super) fn apply(
    tree: &Tree,
    stream: &mut impl Read,
    budget: &mut Budget,
    what: &str,
) -> Result<(), ImageError> {
    let failed = |error| ImageError::from_stream(what, error);
    let mut archive = tar::Archive::new(stream);
    let mut extended = Extended::default();
    let mut work = Work { tree, added: BTreeSet::new(), dirs: Vec::new() };
    // Raw: the library would read long names of any length into memory.
    for entry in archive.entries().map_err(failed)?.raw(true) {
        let mut entry = entry.map_err(failed)?;
        budget.entry()?;
        match entry.header().entry_type() {
            EntryType::GNULongName => extended.path = Some(text(&mut entry).map_err(failed)?),
            EntryType::GNULongLink => extended.link = Some(text(&mut entry).map_err(failed)?),
            EntryType::XHeader => pax(&small(&mut entry).map_err(failed)?, &mut extended)?,
            EntryType::XGlobalHeader => {}
            _ => work.entry(&mut entry, std::mem::take(&mut extended), what)?,
        }
    }
    work.finish()
}

fn small(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(HEADER_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > HEADER_BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a header is too large"));
    }
    Ok(bytes)
}

/// A long name, which a NUL ends.
fn text(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = small(entry)?;
    if let Some(end) = bytes.iter().position(|byte| *byte == 0) {
        bytes.truncate(end);
    }
    Ok(bytes)
}

fn pax(bytes: &[u8], extended: &mut Extended) -> Result<(), ImageError> {
    for extension in tar::PaxExtensions::new(bytes) {
        let extension =
            extension.map_err(|error| ImageError::Invalid(format!("extended header: {error}")))?;
        let value = extension.value_bytes();
        match extension.key_bytes() {
            b"path" => extended.path = Some(value.to_owned()),
            b"linkpath" => extended.link = Some(value.to_owned()),
            // Only written for files that are too large for an image anyway.
            b"size" => return Err(ImageError::Unsupported("a file of more than 8 GiB".into())),
            key if key.starts_with(b"GNU.sparse.") => {
                return Err(ImageError::Unsupported("sparse files in a layer".into()));
            }
            _ => {}
        }
    }
    Ok(())
}

struct Work<'a> {
    tree: &'a Tree,
    /// What this layer has brought: whiteouts concern only what lower ones did.
    added: BTreeSet<PathBuf>,
    /// Directories with their mode and time, which are set when nothing is written into them any more.
    dirs: Vec<(PathBuf, u32, i64)>,
}

impl Work<'_> {
    fn entry<R: Read>(
        &mut self,
        entry: &mut tar::Entry<'_, R>,
        extended: Extended,
        what: &str,
    ) -> Result<(), ImageError> {
        let header = entry.header();
        let raw = extended.path.unwrap_or_else(|| header.path_bytes().into_owned());
        let path = inside(&raw)?;
        // The root itself.
        let Some(name) = path.file_name() else { return Ok(()) };
        if name.as_bytes().starts_with(WHITEOUT) {
            return self.whiteout(&path, name.as_bytes());
        }
        let number = |value: io::Result<u64>| value.map_err(|error| ImageError::from_stream(what, error));
        let mode = header.mode().map_err(|error| ImageError::from_stream(what, error))?;
        let modified = i64::try_from(number(header.mtime())?).unwrap_or(0);
        let link = extended.link.or_else(|| header.link_name_bytes().map(|name| name.into_owned()));
        let link =
            || link.clone().ok_or_else(|| ImageError::invalid(format!("{} links nowhere", path.display())));
        match header.entry_type() {
            EntryType::Directory => self.directory(&path, mode, modified)?,
            // Before there was a type for directories.
            EntryType::Regular if raw.ends_with(b"/") => self.directory(&path, mode, modified)?,
            EntryType::Regular | EntryType::Continuous => self.tree.put_file(&path, mode, modified, entry)?,
            EntryType::Symlink => self.tree.put_symlink(&path, &OsString::from_vec(link()?))?,
            EntryType::Link => self.tree.put_link(&path, &inside(&link()?)?)?,
            // Devices have no meaning inside, and pipes nobody at their other end.
            EntryType::Block | EntryType::Char | EntryType::Fifo => return Ok(()),
            other => {
                return Err(ImageError::Unsupported(format!(
                    "{what}: {} has tar type {other:?}",
                    path.display()
                )));
            }
        }
        self.added.insert(path);
        Ok(())
    }

    fn directory(&mut self, path: &Path, mode: u32, modified: i64) -> Result<(), ImageError> {
        self.tree.put_dir(path)?;
        self.dirs.push((path.to_owned(), mode, modified));
        Ok(())
    }

    fn whiteout(&self, path: &Path, name: &[u8]) -> Result<(), ImageError> {
        let dir = path.parent().unwrap_or(Path::new(""));
        if name == OPAQUE {
            return self.clear(dir);
        }
        if name.starts_with(BOOKKEEPING) {
            return Ok(());
        }
        let hidden = &name[WHITEOUT.len()..];
        if hidden.is_empty() || hidden == b"." || hidden == b".." {
            return Err(ImageError::invalid(format!("{} hides nothing that can be", path.display())));
        }
        self.hide(&dir.join(OsStr::from_bytes(hidden)))
    }

    /// Removes a path as far as lower layers brought it.
    fn hide(&self, path: &Path) -> Result<(), ImageError> {
        if !self.has_added_below(path) {
            return self.tree.remove(path);
        }
        if self.tree.is_dir(path) { self.clear(path) } else { Ok(()) }
    }

    fn clear(&self, dir: &Path) -> Result<(), ImageError> {
        for name in self.tree.names(dir)? {
            self.hide(&dir.join(name))?;
        }
        Ok(())
    }

    /// Whether the path or something below it is this layer's.
    fn has_added_below(&self, path: &Path) -> bool {
        // Paths are ordered by components: what is below a path follows it directly.
        self.added.range(path.to_owned()..).next().is_some_and(|next| next.starts_with(path))
    }

    fn finish(self) -> Result<(), ImageError> {
        self.dirs.iter().try_for_each(|(path, mode, modified)| self.tree.finish_dir(path, *mode, *modified))
    }
}

/// A name in the archive as a path below the root: no way up.
fn inside(name: &[u8]) -> Result<PathBuf, ImageError> {
    let shown = || String::from_utf8_lossy(&name[..name.len().min(200)]).into_owned();
    if name.len() > PATH_BYTES_MAX || name.contains(&0) {
        return Err(ImageError::invalid(format!("{:?} can't be a file's name", shown())));
    }
    let mut path = PathBuf::new();
    for part in name.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => return Err(ImageError::invalid(format!("{:?} leads out of the image", shown()))),
            part => path.push(OsStr::from_bytes(part)),
        }
    }
    Ok(path)
}
