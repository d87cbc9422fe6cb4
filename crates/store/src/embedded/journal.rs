//! Checks fjall's journal before fjall replays it.
//!
//! When fjall meets a damaged entry, it takes it for the torn end of the file, cuts the journal there and
//! says nothing, even if acknowledged commits follow; and it refuses to open when the torn end happens to
//! look whole. This check tells the two apart: our writer syncs each batch before it writes the next, so
//! only the very last batch can be torn. Damage with an intact batch behind it, or a gap in the commit
//! sequence, is corruption and is reported; a damaged end is cut off. One case cannot be told apart: a last
//! batch that was acknowledged and damaged later looks like one that was never finished.
//!
//! The format is that of fjall 3: per batch a start entry, its items, and an end entry with the xxh3 of the
//! items. A test with a real journal fails if a new fjall changes it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use rustix::fs::{SeekFrom, seek};
use xxhash_rust::xxh3::Xxh3;

use crate::OpenError;
use crate::embedded::database::COMMIT_KEY;

const START: u8 = 1;
const ITEM: u8 = 2;
const END: u8 = 3;
const TRAILER: &[u8; 4] = b"FJL\x03";

/// Reads every journal in `dir`, reports corruption and cuts off a torn end.
pub(crate) fn check(dir: &Path) -> Result<(), OpenError> {
    let mut journals = list(dir).map_err(|error| OpenError::io(dir, error))?;
    journals.sort_unstable();
    let Some((active, _)) = journals.last().cloned() else {
        let detail = "it has no journal".to_owned();
        return Err(OpenError::Corrupt { path: dir.to_owned(), detail });
    };
    let mut progress = Progress::default();
    for (id, path) in journals {
        let failed = |error| OpenError::io(&path, error);
        let corrupt = |detail| OpenError::Corrupt { path: path.clone(), detail };
        let file = OpenOptions::new().read(true).write(true).open(&path).map_err(failed)?;
        let intact = read_batches(&file, &mut progress).map_err(failed)?.map_err(corrupt)?;
        match damage(&file, intact, &progress).map_err(failed)? {
            Damage::None => {}
            Damage::Torn if id == active => {
                tracing::info!(journal = %path.display(), at = intact, "cutting off a torn last write");
                file.set_len(intact).and_then(|()| file.sync_all()).map_err(failed)?;
            }
            Damage::Torn | Damage::Middle => {
                return Err(corrupt(format!("damage at byte {intact}")));
            }
        }
    }
    Ok(())
}

fn list(dir: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let mut journals = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "jnl") {
            let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let id = name.parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "unknown name"))?;
            journals.push((id, path));
        }
    }
    Ok(journals)
}

/// Where the batches read so far, of all journals, have come to.
#[derive(Default)]
struct Progress {
    /// fjall's own number of the last batch.
    seqno: Option<u64>,
    /// Our number of the last commit.
    commit: Option<u64>,
}

impl Progress {
    /// Both numbers only rise, and ours without gaps. The error describes the corruption. fjall's number is
    /// not covered by a checksum, so when it falls, either of two batches may be the damaged one; but a torn
    /// write does not look whole, so both were acknowledged.
    fn advance(&mut self, batch: &Batch) -> Result<(), String> {
        if self.seqno.is_some_and(|before| batch.seqno <= before) {
            return Err("the engine's sequence numbers are out of order".to_owned());
        }
        self.seqno = Some(batch.seqno);
        if let Some((first, last)) = batch.commits {
            if let Some(before) = self.commit
                && before.wrapping_add(1) != first
            {
                return Err(format!("commit {first} follows commit {before}"));
            }
            self.commit = Some(last);
        }
        Ok(())
    }
}

/// Reads the whole batches at the start of a journal and gives their length. The inner error describes
/// corruption.
fn read_batches(file: &File, progress: &mut Progress) -> io::Result<Result<u64, String>> {
    let file_len = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let mut intact = 0;
    while let Some(batch) = read_batch(&mut reader, file_len - intact)? {
        if let Err(detail) = progress.advance(&batch) {
            return Ok(Err(detail));
        }
        intact += batch.len;
    }
    Ok(Ok(intact))
}

enum Damage {
    None,
    /// Nothing intact follows.
    Torn,
    /// An intact batch follows.
    Middle,
}

/// Looks at what lies behind the intact batches. Journals are created long and sparse, so holes are skipped.
fn damage(file: &File, intact: u64, progress: &Progress) -> io::Result<Damage> {
    let mut damage = Damage::None;
    let mut at = intact;
    loop {
        let start = match seek(file, SeekFrom::Data(at)) {
            Ok(start) => start,
            Err(rustix::io::Errno::NXIO) => return Ok(damage),
            Err(error) => return Err(error.into()),
        };
        let end = seek(file, SeekFrom::Hole(start))?;
        let mut reader = file;
        reader.seek(io::SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        reader.take(end - start).read_to_end(&mut bytes)?;
        if bytes.iter().any(|byte| *byte != 0) {
            damage = Damage::Torn;
            if has_later_batch(&bytes, progress)? {
                return Ok(Damage::Middle);
            }
        }
        at = end;
    }
}

fn has_later_batch(bytes: &[u8], progress: &Progress) -> io::Result<bool> {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == START);
    for (at, _) in starts {
        let mut rest = &bytes[at..];
        let batch = read_batch(&mut rest, (bytes.len() - at) as u64)?;
        if batch.and_then(|batch| batch.commits).is_some_and(|(first, _)| Some(first) > progress.commit) {
            return Ok(true);
        }
    }
    Ok(false)
}

struct Batch {
    seqno: u64,
    /// First and last commit, from the record that our writer puts into each of its batches.
    commits: Option<(u64, u64)>,
    len: u64,
}

/// `None` when there is no whole, unharmed batch here. `left` bounds what a damaged length can make us read.
fn read_batch(reader: &mut impl Read, left: u64) -> io::Result<Option<Batch>> {
    match try_read_batch(reader, left) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        result => result,
    }
}

fn try_read_batch(reader: &mut impl Read, left: u64) -> io::Result<Option<Batch>> {
    let mut start = [0; 13];
    reader.read_exact(&mut start)?;
    let [START, start @ ..] = start else {
        return Ok(None);
    };
    let count = u32::from_le_bytes([start[0], start[1], start[2], start[3]]);
    let seqno = u64_le(&start[4..]);
    let mut batch = Batch { seqno, commits: None, len: 13 };
    let mut hasher = Xxh3::new();
    let mut item = Vec::new();
    for _ in 0..count {
        let mut head = [0; 21];
        reader.read_exact(&mut head)?;
        // Keyspaces are never cleared and journals not compressed, so there is only one kind of item.
        if head[0] != ITEM || head[2] != 0 {
            return Ok(None);
        }
        let key_len = usize::from(u16::from_le_bytes([head[11], head[12]]));
        let value_len = u32::from_le_bytes([head[17], head[18], head[19], head[20]]) as usize;
        batch.len += (head.len() + key_len + value_len) as u64;
        if batch.len > left {
            return Ok(None);
        }
        item.resize(key_len + value_len, 0);
        reader.read_exact(&mut item)?;
        hasher.update(&head);
        hasher.update(&item);
        let (key, value) = item.split_at(key_len);
        if key == COMMIT_KEY && value.len() == 16 {
            batch.commits = Some((u64_be(&value[..8]), u64_be(&value[8..])));
        }
    }
    let mut end = [0; 13];
    reader.read_exact(&mut end)?;
    batch.len += end.len() as u64;
    let whole = end[0] == END && u64_le(&end[1..9]) == hasher.digest() && end[9..] == TRAILER[..];
    Ok(whole.then_some(batch))
}

fn u64_le(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn u64_be(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}
