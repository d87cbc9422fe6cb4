//! Thin, safe faces of the system calls that the warden needs: one call, one function, one named error. All of
//! the project's `unsafe` is in this directory.

pub mod capability;
pub mod fd;
pub mod loopback;
pub mod mount;
pub mod net;
pub mod netlink;
pub mod process;
pub mod socket;

use std::ffi::CString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// A filter as the kernel reads it, to be handed to another process.
pub fn seccomp_bytes(program: &[libc::sock_filter]) -> Vec<u8> {
    let words = |i: &libc::sock_filter| {
        let [a, b] = i.code.to_ne_bytes();
        let [c, d, e, f] = i.k.to_ne_bytes();
        [a, b, i.jt, i.jf, c, d, e, f]
    };
    program.iter().flat_map(words).collect()
}

/// The result of a call that answers -1 and sets `errno`.
fn check(result: libc::c_long) -> io::Result<libc::c_long> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// A path as the kernel takes it.
fn c_path(path: &Path) -> io::Result<CString> {
    CString::new(path.as_os_str().as_bytes()).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))
}

fn c_string(text: &str) -> io::Result<CString> {
    CString::new(text).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))
}

/// Says which step failed; the operating system's text alone ("Operation not permitted") helps nobody.
pub trait Step<T> {
    fn step(self, what: impl FnOnce() -> String) -> io::Result<T>;
}

impl<T> Step<T> for io::Result<T> {
    fn step(self, what: impl FnOnce() -> String) -> io::Result<T> {
        self.map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", what())))
    }
}
