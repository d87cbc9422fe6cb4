//! Freshly made ext4 file systems of one size, from a template that `mkfs.ext4` made once. Of a new file system only
//! some sixty kilobytes are not zero: the template is kept in memory, and a copy is a sparse file.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sys::mount::{NO_ATIME, NO_DEV, NO_SUID};
use crate::sys::{Step, fd, loopback, mount};

/// Our environment is empty, so there is no search path.
const MKFS_PLACES: [&str; 5] = ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin"];
const BLOCK_BYTES: u64 = 4096;
/// ext4's default: one inode of 256 bytes for so many bytes.
const BYTES_PER_INODE: u64 = 16 * 1024;
/// The kernel keeps back a fiftieth of the blocks, this at most.
const KEPT_BACK_BYTES_MAX: u64 = 16 << 20;
/// All of them by name, whatever the host's defaults are. No journal: nothing is to survive a crash. No space to grow.
const FEATURES: &str = "none,ext_attr,dir_index,filetype,extent,flex_bg,sparse_super,large_file,huge_file,dir_nlink,\
                        extra_isize,metadata_csum";
const SLACK_BYTES: u64 = 512 << 10;
const ATTEMPTS: u32 = 4;
/// No zeroing of inode tables in the background, which would fill the sparse file; no flushing of the host's disk
/// caches for what nobody will ever need after a crash.
const OPTIONS: [&str; 2] = ["noinit_itable", "nobarrier"];

/// Where `mkfs.ext4` is.
pub fn mkfs() -> Option<PathBuf> {
    MKFS_PLACES.iter().map(|dir| Path::new(dir).join("mkfs.ext4")).find(|path| path.is_file())
}

pub struct Template {
    len: u64,
    /// (offset, what is there); everything else is zero.
    pieces: Vec<(u64, Vec<u8>)>,
}

impl Template {
    /// For a file system in which at least `bytes` can be written. Takes some 20 ms.
    pub fn make(dir: &Path, bytes: u64) -> io::Result<Template> {
        let mkfs = mkfs().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no mkfs.ext4"))?;
        let inodes = bytes / BYTES_PER_INODE * 256;
        let mut len = bytes + inodes + (bytes / 50).min(KEPT_BACK_BYTES_MAX) + SLACK_BYTES;
        for _ in 0..ATTEMPTS {
            len = len.next_multiple_of(BLOCK_BYTES);
            let path = dir.join("template");
            let result = Self::attempt(&mkfs, &path, len);
            let _ = fs::remove_file(&path);
            let (template, free) = result?;
            if free >= bytes {
                return Ok(template);
            }
            len += bytes - free + SLACK_BYTES;
        }
        Err(io::Error::other(format!("no file system with {bytes} free bytes can be made")))
    }

    /// A template of the length, and the bytes that are free in it.
    fn attempt(mkfs: &Path, path: &Path, len: u64) -> io::Result<(Template, u64)> {
        let file = create(path, len)?;
        let output = Command::new(mkfs)
            .args(["-q", "-F", "-b", "4096", "-I", "256", "-i", "16384", "-m", "0"])
            .args(["-O", FEATURES])
            .args(["-E", "lazy_itable_init=1,nodiscard,root_owner=0:0"])
            .arg(path)
            .stdin(Stdio::null())
            .output()
            .step(|| format!("run {}", mkfs.display()))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("{}: {}", mkfs.display(), text.trim())));
        }
        let mounted = mount_image(&file, &[])?;
        let free = fd::free_bytes(mounted.as_fd())?;
        // The path is the mounted root, which is mounted nowhere.
        let root = PathBuf::from(format!("/proc/self/fd/{}/.", mounted.as_raw_fd()));
        fs::remove_dir(root.join("lost+found")).step(|| "remove lost+found".into())?;
        fs::set_permissions(&root, Permissions::from_mode(0o1777)).step(|| "open /tmp to all".into())?;
        // Unmounts, which writes everything to the file.
        drop(mounted);
        Ok((Template { len, pieces: pieces(&file, len)? }, free))
    }

    /// A new file system: mounted, but nowhere yet. It exists as long as something uses it; its file below `dir` has
    /// no name any more.
    pub fn copy(&self, dir: &Path) -> io::Result<OwnedFd> {
        let path = dir.join("image");
        let file = create(&path, self.len)?;
        fs::remove_file(&path).step(|| format!("remove {}", path.display()))?;
        mount_image(&file, &self.pieces)
    }
}

fn create(path: &Path, len: u64) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        // Whatever is there was left by an attempt that failed.
        .truncate(true)
        .mode(0o600)
        .open(path)
        .step(|| format!("make {}", path.display()))?;
    file.set_len(len).step(|| format!("enlarge {}", path.display()))?;
    Ok(file)
}

fn mount_image(image: &File, pieces: &[(u64, Vec<u8>)]) -> io::Result<OwnedFd> {
    // Held until the mount holds the device itself.
    let (device, path) = loopback::attach(image, BLOCK_BYTES as u32)?;
    // To the device and not, before, to the file: attaching waits until a file's data are on disk. From here they are
    // found in memory when mounting reads them, since the device's blocks are of the file system's size.
    for (offset, bytes) in pieces {
        device.write_all_at(bytes, *offset).step(|| format!("write to {}", path.display()))?;
    }
    mount::make("ext4", &path, &OPTIONS, NO_SUID | NO_DEV | NO_ATIME)
}

/// The blocks that are not zero.
fn pieces(file: &File, len: u64) -> io::Result<Vec<(u64, Vec<u8>)>> {
    let mut pieces: Vec<(u64, Vec<u8>)> = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = fd::next_data(file.as_fd(), at)? {
        let (mut offset, end) = (start / BLOCK_BYTES * BLOCK_BYTES, end.min(len));
        while offset < end {
            let mut block = vec![0; (end - offset).min(BLOCK_BYTES) as usize];
            file.read_exact_at(&mut block, offset)?;
            if block.iter().any(|byte| *byte != 0) {
                match pieces.last_mut() {
                    Some((start, bytes)) if *start + bytes.len() as u64 == offset => bytes.extend(block),
                    _ => pieces.push((offset, block)),
                }
            }
            offset += BLOCK_BYTES;
        }
        at = end;
        if at >= len {
            break;
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_and_zeros_are_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let file = create(&dir.path().join("file"), 10 << 20).unwrap();
        file.write_all_at(&[1; 5000], 4096).unwrap();
        file.write_all_at(&[0; 100_000], 1 << 20).unwrap();
        file.write_all_at(&[2; 4096], (10 << 20) - 4096).unwrap();
        let mut first = vec![1; 5000];
        first.resize(8192, 0);
        assert_eq!(pieces(&file, 10 << 20).unwrap(), [(4096, first), ((10 << 20) - 4096, vec![2; 4096])]);
        let empty = create(&dir.path().join("empty"), 1 << 20).unwrap();
        assert_eq!(pieces(&empty, 1 << 20).unwrap(), []);
    }
}
