//! Loop devices: a file as a block device that is released with its last user.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd;
use std::path::PathBuf;

use super::{Step, check};

pub const CONTROL: &str = "/dev/loop-control";
const CTL_GET_FREE: libc::c_ulong = 0x4c82;
const CONFIGURE: libc::c_ulong = 0x4c0a;
/// Detach when nobody has the device open or mounted any more.
const AUTOCLEAR: u32 = 4;
/// Others may take a free device between our asking and our using it.
const ATTEMPTS: u32 = 64;

/// `struct loop_info64` of the kernel.
#[repr(C)]
struct Info {
    device: u64,
    inode: u64,
    rdevice: u64,
    offset: u64,
    size_limit: u64,
    number: u32,
    encrypt_type: u32,
    encrypt_key_size: u32,
    flags: u32,
    file_name: [u8; 64],
    crypt_name: [u8; 64],
    encrypt_key: [u8; 32],
    init: [u64; 2],
}

/// `struct loop_config` of the kernel (5.8).
#[repr(C)]
struct Config {
    fd: u32,
    block_size: u32,
    info: Info,
    reserved: [u64; 8],
}

/// The file as a block device: its path, and the handle that keeps it until it is mounted. What the file holds already
/// is written to disk first, by the kernel. `block_bytes` divides the file's length.
pub fn attach(file: &File, block_bytes: u32) -> io::Result<(File, PathBuf)> {
    let open =
        |path: &str| OpenOptions::new().read(true).write(true).open(path).step(|| format!("open {path}"));
    let control = open(CONTROL)?;
    // SAFETY: all fields are integers and arrays of integers, for which zero is valid.
    let mut config: Config = unsafe { std::mem::zeroed() };
    config.fd = file.as_raw_fd() as u32;
    config.block_size = block_bytes;
    config.info.flags = AUTOCLEAR;
    for _ in 0..ATTEMPTS {
        // SAFETY: takes no argument and touches no memory of ours.
        let number = check(unsafe { libc::ioctl(control.as_raw_fd(), CTL_GET_FREE as _) }.into())
            .step(|| "find a free loop device".into())?;
        let path = format!("/dev/loop{number}");
        let device = open(&path)?;
        // SAFETY: `config` has the kernel's layout and outlives the call, which reads it only.
        match check(unsafe { libc::ioctl(device.as_raw_fd(), CONFIGURE as _, &raw const config) }.into()) {
            Ok(_) => return Ok((device, path.into())),
            Err(e) if e.raw_os_error() == Some(libc::EBUSY) => {}
            Err(e) => return Err(e).step(|| format!("attach {path}")),
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "loop devices are taken faster than they can be used"))
}
