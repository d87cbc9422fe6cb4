//! Damaged files: what was never acknowledged may be torn and is cut off; everything else is reported, and
//! wrong data is never served.

use std::fs;
use std::path::{Path, PathBuf};

use base::ByteSize;
use bytes::Bytes;
use store::{Key, OpenError, Options, Scan, Space, Store, StoreError};

use crate::random::Random;

type Rows = Vec<(Bytes, Bytes)>;

fn key(number: u64) -> Key {
    Key::new(Space::Meta).number(number)
}

fn open(dir: &Path) -> Result<Store, OpenError> {
    // Small buffers, so that little data makes tables.
    let memtable_size = ByteSize::bytes(64 * 1024);
    Store::open(dir, Options { memtable_size, ..Options::default() })
}

async fn put(store: &Store, keys: std::ops::Range<u64>, value: &str) {
    store
        .transact(|tx| {
            keys.clone().for_each(|number| tx.put(key(number), value.to_owned()));
            async { Ok::<_, StoreError>(()) }
        })
        .await
        .unwrap();
}

async fn rows(store: &Store) -> Result<Rows, StoreError> {
    store.snapshot().scan(Scan::prefix(Key::new(Space::Meta))).await
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn journal(dir: &Path) -> PathBuf {
    let mut journals = files(&dir.join("keyspace"));
    journals.retain(|path| path.extension().is_some_and(|extension| extension == "jnl"));
    assert_eq!(journals.len(), 1);
    journals.remove(0)
}

/// Three commits, then one more. Each `bytes` is the whole journal at that time.
struct Journaled {
    dir: tempfile::TempDir,
    three: Vec<u8>,
    three_rows: Rows,
    four: Vec<u8>,
    four_rows: Rows,
}

async fn journaled() -> Journaled {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    for number in 0..3 {
        put(&store, number * 3..number * 3 + 3, "old").await;
    }
    let three_rows = rows(&store).await.unwrap();
    drop(store);
    // Opening cuts off the unused end of the file.
    drop(open(dir.path()).unwrap());
    let three = fs::read(journal(dir.path())).unwrap();
    let before = tempfile::tempdir().unwrap();
    copy(dir.path(), before.path());

    let store = open(dir.path()).unwrap();
    put(&store, 5..12, "new").await;
    let four_rows = rows(&store).await.unwrap();
    drop(store);
    let four = fs::read(journal(dir.path())).unwrap();
    assert!(four.starts_with(&three) && four.len() > three.len());
    Journaled { dir: before, three, three_rows, four, four_rows }
}

/// The fourth commit is on its way to the disk when the power fails: any part of it may have arrived.
#[tokio::test]
async fn a_torn_last_write_is_cut_off() {
    let Journaled { dir, three, three_rows, four, four_rows } = journaled().await;
    let mut random = Random::new();
    let mut torn = Vec::new();
    for end in (three.len()..=four.len()).step_by(7).chain([four.len()]) {
        torn.push(four[..end].to_vec());
        // The file was extended first, and only then filled.
        let mut zeros = four[..end].to_vec();
        zeros.resize(four.len() + 4096, 0);
        torn.push(zeros);
    }
    // Not the eight bytes that no checksum covers: damage there is no torn write, and is reported.
    let uncovered = three.len() + 5..three.len() + 13;
    for at in (three.len()..four.len()).filter(|at| !uncovered.contains(at)).step_by(5) {
        let mut garbled = four.clone();
        garbled[at] ^= 1 << random.below(8);
        torn.push(garbled);
    }
    for _ in 0..20 {
        let mut garbage =
            four[..three.len() + random.below(300) as usize % (four.len() - three.len())].to_vec();
        garbage.extend((0..random.below(5000)).map(|_| random.next() as u8));
        torn.push(garbage);
    }
    let work = tempfile::tempdir().unwrap();
    let (mut lost, mut kept) = (0, 0);
    for bytes in torn {
        fs::remove_dir_all(work.path()).unwrap();
        copy(dir.path(), work.path());
        fs::write(journal(work.path()), bytes).unwrap();
        let store = open(work.path()).expect("a torn end is no corruption");
        let found = rows(&store).await.unwrap();
        if found == three_rows {
            lost += 1;
        } else {
            assert!(found == four_rows, "half a transaction: {found:?}");
            kept += 1;
        }
        // What is written behind the cut must be found again.
        put(&store, 20..21, "after").await;
        drop(store);
        assert_eq!(rows(&open(work.path()).unwrap()).await.unwrap().len(), found.len() + 1);
    }
    assert!(lost > 0 && kept > 0, "{lost} {kept}");
}

/// A later commit proves that the earlier ones were acknowledged.
#[tokio::test]
async fn damage_before_the_last_write_is_reported() {
    let Journaled { dir, three, four, four_rows, .. } = journaled().await;
    let mut random = Random::new();
    let mut reported = 0;
    for at in 0..three.len() {
        let mut garbled = four.clone();
        garbled[at] ^= 1 << random.below(8);
        fs::write(journal(dir.path()), garbled).unwrap();
        match open(dir.path()) {
            Err(OpenError::Corrupt { path, detail }) => {
                let journal = fs::canonicalize(journal(dir.path())).unwrap();
                assert_eq!(path, journal, "byte {at}: {detail}");
                reported += 1;
            }
            Err(error) => panic!("byte {at}: {error}"),
            // fjall does not checksum its own sequence numbers; where one changes without a reversal of
            // the order, nothing is lost.
            Ok(store) => assert!(rows(&store).await.unwrap() == four_rows, "byte {at} was lost silently"),
        }
    }
    assert!(reported > three.len() * 9 / 10, "{reported} of {}", three.len());
}

#[tokio::test]
async fn a_journal_that_lost_its_end_while_closed_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    put(&store, 0..3, "old").await;
    drop(store);
    drop(open(dir.path()).unwrap());
    let short = fs::read(journal(dir.path())).unwrap();
    let store = open(dir.path()).unwrap();
    put(&store, 0..3, "new").await;
    drop(store);
    let whole = fs::read(journal(dir.path())).unwrap();
    fs::write(journal(dir.path()), short).unwrap();
    let error = open(dir.path()).err().expect("a commit is missing");
    assert!(error.to_string().contains("commits 2 to 2 are missing"), "{error}");
    fs::remove_file(journal(dir.path())).unwrap();
    let error = open(dir.path()).err().expect("everything is missing");
    assert!(error.to_string().contains("it has no journal"), "{error}");
    fs::write(dir.path().join("keyspace/0.jnl"), whole).unwrap();
    open(dir.path()).unwrap();
}

/// Flips, cuts and deletes in every file of the engine.
#[tokio::test]
async fn damaged_tables_never_give_wrong_rows() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    for batch in 0..20 {
        put(&store, batch * 100..batch * 100 + 100, &format!("{batch:0300}")).await;
    }
    let right = rows(&store).await.unwrap();
    drop(store);
    // Background work may have been interrupted: opening and closing once more settles the files.
    drop(open(dir.path()).unwrap());
    let tables: Vec<_> = files(&dir.path().join("keyspace/keyspaces")).into_iter().collect();
    assert!(tables.iter().any(|path| path.metadata().unwrap().len() > 50_000), "no table was written");

    let mut random = Random::new();
    let (mut reported, mut harmless) = (0, 0);
    let work = tempfile::tempdir().unwrap();
    for table in &tables {
        let bytes = fs::read(table).unwrap();
        let relative = table.strip_prefix(dir.path()).unwrap();
        let mut damages: Vec<Option<Vec<u8>>> = vec![None];
        for _ in 0..8 {
            damages.push(Some(bytes[..random.below(bytes.len() as u64) as usize].to_vec()));
            let mut flipped = bytes.clone();
            flipped[random.below(bytes.len() as u64) as usize] ^= 1 << random.below(8);
            damages.push(Some(flipped));
        }
        for damage in damages {
            fs::remove_dir_all(work.path()).unwrap();
            copy(dir.path(), work.path());
            match damage {
                None => fs::remove_file(work.path().join(relative)).unwrap(),
                Some(bytes) => fs::write(work.path().join(relative), bytes).unwrap(),
            }
            let outcome = match open(work.path()) {
                Err(OpenError::Corrupt { .. }) => None,
                Err(error) => panic!("{}: {error:?}", relative.display()),
                Ok(store) => match rows(&store).await {
                    Err(StoreError::Corrupt { .. }) => None,
                    Err(error) => panic!("{}: {error:?}", relative.display()),
                    Ok(rows) => Some(rows),
                },
            };
            match outcome {
                None => reported += 1,
                Some(rows) => {
                    assert!(rows == right, "{}: wrong rows", relative.display());
                    harmless += 1;
                }
            }
        }
    }
    eprintln!("{reported} damages reported, {harmless} without effect");
    assert!(reported > 0);
}
