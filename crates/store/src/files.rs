//! The data directory: who holds it, which format it has, and where things are in it.
//!
//! ```text
//! LOCK      held by the process that has the store open; its text is that process's id
//! FORMAT    the format version, written before anything else
//! COMMITTED a commit sequence that was certainly acknowledged; noted when the store opens and closes, so
//!           that a keyspace that lost files is recognised
//! keyspace/ the embedded engine's files
//! blobs/    content-addressed files
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::{CommitSeq, OpenError};

/// The format of everything below the data directory. Raise it when an older release could misread what
/// this one writes.
const FORMAT: u32 = 1;

/// An open data directory; nobody else can open it while this lives.
#[derive(Debug)]
pub(crate) struct DataDir {
    path: PathBuf,
    /// The lock is on the open file, so the kernel releases it even when the process is killed.
    lock: File,
}

impl DataDir {
    pub(crate) fn open(path: &Path) -> Result<DataDir, OpenError> {
        // Access keys and customers' data: nobody else's to read.
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(|error| OpenError::io(path, error))?;
        // The engine resolves its paths once; a later change of the working directory must not matter.
        let path = fs::canonicalize(path).map_err(|error| OpenError::io(path, error))?;
        let lock = lock(&path)?;
        check_format(&path)?;
        Ok(DataDir { path, lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn keyspace(&self) -> PathBuf {
        self.path.join("keyspace")
    }

    /// Commits up to this one were acknowledged once.
    pub(crate) fn committed(&self) -> CommitSeq {
        // Only a safety net: without a readable note, nothing is known.
        let text = fs::read_to_string(self.path.join("COMMITTED")).unwrap_or_default();
        CommitSeq(text.trim().parse().unwrap_or_default())
    }

    pub(crate) fn note_committed(&self, last: CommitSeq) {
        let path = self.path.join("COMMITTED");
        if let Err(error) = write_new(&path, format!("{last}\n").as_bytes()) {
            tracing::warn!(path = %path.display(), %error, "cannot note the last commit");
        }
    }

    pub(crate) fn blobs(&self) -> PathBuf {
        self.path.join("blobs")
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        // Closing is not enough: a child that another thread has just forked shares the open file, and with
        // it the lock, until it executes its program. Should this fail, closing still releases it later.
        let _ = self.lock.unlock();
    }
}

fn lock(dir: &Path) -> Result<File, OpenError> {
    let path = dir.join("LOCK");
    let failed = |error| OpenError::io(&path, error);
    // Not truncated on opening: the text belongs to the holder until we hold the lock.
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            // Who holds it is a courtesy: without it the message is still right.
            let _ = file.read_to_string(&mut text);
            return Err(OpenError::Locked { dir: dir.to_owned(), pid: text.trim().parse().ok() });
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    file.set_len(0).map_err(failed)?;
    writeln!(file, "{}", std::process::id()).map_err(failed)?;
    Ok(file)
}

fn check_format(dir: &Path) -> Result<(), OpenError> {
    let path = dir.join("FORMAT");
    match fs::read(&path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).trim().to_owned();
            match text.parse::<u32>() {
                Ok(FORMAT) => Ok(()),
                Ok(_) => {
                    Err(OpenError::UnknownFormat { dir: dir.to_owned(), found: text, supported: FORMAT })
                }
                Err(_) => Err(OpenError::Corrupt { path, detail: "it holds no version number".to_owned() }),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if dir.join("keyspace").exists() {
                let detail = "it is missing, but the directory is not empty".to_owned();
                return Err(OpenError::Corrupt { path, detail });
            }
            write_new(&path, format!("{FORMAT}\n").as_bytes()).map_err(|error| OpenError::io(&path, error))
        }
        Err(error) => Err(OpenError::io(&path, error)),
    }
}

/// Writes a small file so that after a crash it is there whole or not at all.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("new");
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    sync_parent(path)
}

/// Makes the names in a file's directory durable.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    let parent = path.parent().ok_or_else(|| io::Error::other("the path has no parent directory"))?;
    File::open(parent)?.sync_all()
}
