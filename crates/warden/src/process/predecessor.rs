//! One warden at a time per state directory. A server that was killed leaves its warden cleaning up; the next one's
//! warden waits here until that is done, so that they do not remove each other's control groups and files.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use crate::sys::{Step, process};

/// In the state directory; empty. It stays: removing it would let two wardens lock two files of the same name.
const FILE: &str = "warden.lock";
/// Processes that were killed are gone within milliseconds. After half a minute it is not cleaning up, but serving.
const LOOKS_MAX: u32 = 6000;
const LOOK_MS: i32 = 5;

/// Waits, for half a minute at most, until no other warden uses the directory. The lock lasts until the file is
/// closed: every first process of a sandbox inherits it and closes it while it makes the sandbox.
pub fn wait(state_dir: &Path) -> io::Result<File> {
    let path = state_dir.join(FILE);
    let what = || format!("lock {}", path.display());
    let file = OpenOptions::new().create(true).append(true).open(&path).step(what)?;
    for _ in 0..LOOKS_MAX {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => process::pause_ms(LOOK_MS),
            Err(TryLockError::Error(e)) => return Err(e).step(what),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::ResourceBusy,
        format!("another server uses {}: stop it, or choose another directory", state_dir.display()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_until_the_other_has_ended() {
        let dir = tempfile::tempdir().unwrap();
        let first = wait(dir.path()).unwrap();
        let second = OpenOptions::new().append(true).open(dir.path().join(FILE)).unwrap();
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| wait(dir.path()).unwrap());
            drop(first);
            drop(waiting.join().unwrap());
        });
        second.try_lock().unwrap();
    }
}
