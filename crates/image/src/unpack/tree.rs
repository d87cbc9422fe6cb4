//! Changes to a directory tree that never leave it: every path is resolved by the kernel with the tree as its root,
//! and the last component is never followed.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::path::{Component, Path};

use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, ResolveFlags, Timespec, Timestamps, fchmod, futimens, linkat,
    mkdirat, openat, openat2, statat, symlinkat, syncfs, unlinkat,
};
use rustix::io::Errno;

use crate::ImageError;

/// Deeper trees could not be removed again with the usual number of descriptors.
const DEPTH_MAX: usize = 256;

/// Whatever the image says, we must be able to read it and to change and remove it later. Who runs the image is
/// another user and sees the rest of the mode.
const OWN_FILE: u32 = 0o600;
const OWN_DIR: u32 = 0o700;

pub(super) struct Tree {
    root: OwnedFd,
    depth: usize,
}

impl Tree {
    pub(super) fn open(root: &Path) -> io::Result<Tree> {
        let root = File::open(root)?;
        let depth = real_depth(root.as_fd())?;
        fchmod(&root, Mode::from_raw_mode(0o755))?;
        Ok(Tree { root: root.into(), depth })
    }

    /// The directory that is to contain `path`, made if need be, and the last component.
    pub(super) fn parent<'a>(&self, path: &'a Path, make: bool) -> Result<(OwnedFd, &'a OsStr), ImageError> {
        let name = path.file_name().ok_or_else(|| ImageError::invalid("a name without a last part"))?;
        let dir = path.parent().unwrap_or(Path::new(""));
        match self.dir(dir) {
            Err(Errno::NOENT) if make => {
                let mut done = std::path::PathBuf::new();
                for part in dir.components() {
                    let part = part.as_os_str();
                    let at = self.dir(&done).map_err(|e| refused(&done, e))?;
                    done.push(part);
                    match self.dir(&done) {
                        Ok(_) => {}
                        Err(Errno::NOENT) => self.make_dir(at.as_fd(), part, &done)?,
                        Err(e) => return Err(refused(&done, e)),
                    }
                }
                Ok((self.dir(dir).map_err(|e| refused(dir, e))?, name))
            }
            other => Ok((other.map_err(|e| refused(dir, e))?, name)),
        }
    }

    fn dir(&self, path: &Path) -> Result<OwnedFd, Errno> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        self.resolve(path, flags)
    }

    fn resolve(&self, path: &Path, flags: OFlags) -> Result<OwnedFd, Errno> {
        let how = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS | ResolveFlags::NO_XDEV;
        // The kernel asks to try again when something was renamed meanwhile; nothing is, here.
        openat2(&self.root, path, flags, Mode::empty(), how)
    }

    fn make_dir(&self, at: BorrowedFd<'_>, name: &OsStr, shown: &Path) -> Result<(), ImageError> {
        let depth = real_depth(at).map_err(|e| ImageError::disk(&shown.display().to_string(), &e))?;
        if depth.saturating_sub(self.depth) >= DEPTH_MAX {
            return Err(ImageError::invalid(format!("{} is too deep", shown.display())));
        }
        mkdirat(at, name, Mode::from_raw_mode(0o755)).map_err(|e| refused(shown, e))
    }

    /// A directory; one that is there stays.
    pub(super) fn put_dir(&self, path: &Path) -> Result<(), ImageError> {
        let (at, name) = self.parent(path, true)?;
        if kind(at.as_fd(), name) == Some(FileType::Directory) {
            return Ok(());
        }
        remove(at.as_fd(), name).map_err(|e| refused(path, e))?;
        self.make_dir(at.as_fd(), name, path)
    }

    pub(super) fn put_file(
        &self,
        path: &Path,
        mode: u32,
        modified_s: i64,
        content: &mut impl Read,
    ) -> Result<(), ImageError> {
        let (at, name) = self.parent(path, true)?;
        remove(at.as_fd(), name).map_err(|e| refused(path, e))?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = openat(&at, name, flags, Mode::from_raw_mode(OWN_FILE)).map_err(|e| refused(path, e))?;
        let mut file = File::from(file);
        io::copy(content, &mut file)
            .map_err(|error| ImageError::from_stream(&path.display().to_string(), error))?;
        finish(file.as_fd(), mode & 0o777 | OWN_FILE, modified_s).map_err(|e| refused(path, e))
    }

    pub(super) fn put_symlink(&self, path: &Path, target: &OsStr) -> Result<(), ImageError> {
        let (at, name) = self.parent(path, true)?;
        remove(at.as_fd(), name).map_err(|e| refused(path, e))?;
        symlinkat(target, &at, name).map_err(|e| refused(path, e))
    }

    /// A second name for a file that is there.
    pub(super) fn put_link(&self, path: &Path, target: &Path) -> Result<(), ImageError> {
        if path == target {
            return Ok(());
        }
        let (from, from_name) = self.parent(target, false)?;
        match kind(from.as_fd(), from_name) {
            Some(FileType::RegularFile | FileType::Symlink) => {}
            _ => {
                let (path, target) = (path.display(), target.display());
                return Err(ImageError::invalid(format!("{path} is a link to {target}, which is no file")));
            }
        }
        let (at, name) = self.parent(path, true)?;
        remove(at.as_fd(), name).map_err(|e| refused(path, e))?;
        linkat(&from, from_name, &at, name, AtFlags::empty()).map_err(|e| refused(path, e))
    }

    /// Removes what is there, if anything.
    pub(super) fn remove(&self, path: &Path) -> Result<(), ImageError> {
        match self.parent(path, false) {
            Ok((at, name)) => remove(at.as_fd(), name).map_err(|e| refused(path, e)),
            // Hiding what isn't there is no error.
            Err(_) => Ok(()),
        }
    }

    /// The names in a directory.
    pub(super) fn names(&self, path: &Path) -> Result<Vec<OsString>, ImageError> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let opened = self.resolve(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC);
        match opened {
            Ok(dir) => list(dir).map_err(|e| refused(path, e)),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(Vec::new()),
            Err(e) => Err(refused(path, e)),
        }
    }

    pub(super) fn is_dir(&self, path: &Path) -> bool {
        self.parent(path, false).is_ok_and(|(at, name)| kind(at.as_fd(), name) == Some(FileType::Directory))
    }

    /// Mode and time of a directory, once its layer has filled it.
    pub(super) fn finish_dir(&self, path: &Path, mode: u32, modified_s: i64) -> Result<(), ImageError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match self.resolve(path, flags) {
            Ok(dir) => finish(dir.as_fd(), mode & 0o1777 | OWN_DIR, modified_s).map_err(|e| refused(path, e)),
            // Replaced by something else, or hidden, later in its layer.
            Err(_) => Ok(()),
        }
    }

    /// An empty place to mount on: no part of the path may be a link, because mounting follows links.
    pub(super) fn mount_point(&self, path: &Path, is_dir: bool) -> Result<(), ImageError> {
        let mut done = std::path::PathBuf::new();
        let parts: Vec<_> = path.components().collect();
        for (at, part) in parts.iter().enumerate() {
            let Component::Normal(part) = part else { continue };
            done.push(part);
            let (dir, name) = self.parent(&done, false)?;
            let found = kind(dir.as_fd(), name);
            if at + 1 < parts.len() || is_dir {
                if found != Some(FileType::Directory) {
                    self.put_dir(&done)?;
                }
            } else if found != Some(FileType::RegularFile) {
                self.put_file(&done, 0o644, 0, &mut io::empty())?;
            }
        }
        Ok(())
    }

    /// Everything on disk: after a crash, the directory must not be there with half its contents.
    pub(super) fn sync(&self) -> Result<(), ImageError> {
        syncfs(&self.root).map_err(|e| ImageError::disk("writing the image to disk", &e))
    }
}

/// An operation that the tree does not allow is the image's fault, unless the disk is.
fn refused(path: &Path, error: Errno) -> ImageError {
    match error {
        Errno::NOSPC
        | Errno::DQUOT
        | Errno::IO
        | Errno::ROFS
        | Errno::MFILE
        | Errno::NFILE
        | Errno::NOMEM => ImageError::disk(&path.display().to_string(), &error),
        _ => ImageError::Invalid(format!("{}: {error}", path.display())),
    }
}

fn kind(at: BorrowedFd<'_>, name: &OsStr) -> Option<FileType> {
    let found = statat(at, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
    Some(FileType::from_raw_mode(found.st_mode))
}

fn remove(at: BorrowedFd<'_>, name: &OsStr) -> Result<(), Errno> {
    match kind(at, name) {
        None => Ok(()),
        Some(FileType::Directory) => {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let dir = openat(at, name, flags, Mode::empty())?;
            let copy = rustix::io::fcntl_dupfd_cloexec(&dir, 0)?;
            for name in list(copy)? {
                remove(dir.as_fd(), &name)?;
            }
            unlinkat(at, name, AtFlags::REMOVEDIR)
        }
        Some(_) => unlinkat(at, name, AtFlags::empty()),
    }
}

fn list(dir: OwnedFd) -> Result<Vec<OsString>, Errno> {
    use std::os::unix::ffi::OsStrExt;
    let mut names = Vec::new();
    for entry in Dir::new(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            names.push(OsStr::from_bytes(name).to_owned());
        }
    }
    Ok(names)
}

fn finish(fd: BorrowedFd<'_>, mode: u32, modified_s: i64) -> Result<(), Errno> {
    fchmod(fd, Mode::from_raw_mode(mode))?;
    let at = Timespec { tv_sec: modified_s, tv_nsec: 0 };
    futimens(fd, &Timestamps { last_access: at, last_modification: at })
}

/// How deep a directory really is, whatever links led there.
fn real_depth(fd: BorrowedFd<'_>) -> io::Result<usize> {
    Ok(std::fs::read_link(format!("/proc/self/fd/{}", fd.as_raw_fd()))?.components().count())
}
