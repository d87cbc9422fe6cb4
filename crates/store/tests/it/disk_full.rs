//! A disk without room, on a small file system of its own.

use std::fs;
use std::process::Command;

use base::ByteSize;
use bytes::Bytes;
use store::{Key, Options, Scan, Space, Store, StoreError};

/// A tmpfs, unmounted on drop.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Option<SmallDisk> {
        let dir = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(dir.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            Some(SmallDisk(dir))
        } else {
            println!("skipped: needs root to mount a tmpfs");
            None
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "cannot unmount");
    }
}

fn key(number: u64) -> Key {
    Key::new(Space::Meta).number(number)
}

async fn put(store: &Store, number: u64) -> Result<(), StoreError> {
    let value = Bytes::from(vec![number as u8; 300_000]);
    store
        .transact(|tx| {
            tx.put(key(number), value.clone());
            async { Ok(()) }
        })
        .await
}

/// Writes until it fails; gives the number of rows that were acknowledged, and the error.
async fn fill(store: &Store, from: u64) -> (u64, StoreError) {
    for number in from.. {
        if let Err(error) = put(store, number).await {
            return (number, error);
        }
    }
    unreachable!("no disk is that large")
}

async fn assert_rows(store: &Store, count: u64) {
    for number in 0..count {
        let value = store.snapshot().get(&key(number)).await.unwrap();
        assert!(value.is_some_and(|value| value.iter().all(|byte| *byte == number as u8)), "row {number}");
    }
}

fn options(disk_reserve: ByteSize) -> Options {
    Options { disk_reserve, memtable_size: ByteSize::mib(2), ..Options::default() }
}

#[tokio::test]
async fn a_full_disk_refuses_commits_and_recovers_by_itself() {
    let Some(disk) = SmallDisk::mount("192m") else { return };
    let ballast = disk.0.path().join("ballast");
    // More than flushes and compactions that are still under way can use up.
    fs::write(&ballast, vec![1; 70 << 20]).unwrap();
    let data = disk.0.path().join("data");
    let store = Store::open(&data, options(ByteSize::mib(48))).unwrap();
    let (count, error) = fill(&store, 0).await;
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    assert_rows(&store, count).await;
    let rows = store.snapshot().scan(Scan::prefix(Key::new(Space::Meta))).await.unwrap();
    assert_eq!(rows.len() as u64, count, "the refused row is not there");
    drop(rows);

    fs::remove_file(&ballast).unwrap();
    put(&store, count).await.expect("there is room again");
    drop(store);
    let store = Store::open(&data, options(ByteSize::mib(0))).unwrap();
    assert_rows(&store, count + 1).await;
}

#[tokio::test]
async fn a_write_that_hits_the_end_of_the_disk_makes_the_store_read_only() {
    let Some(disk) = SmallDisk::mount("96m") else { return };
    let ballast = disk.0.path().join("ballast");
    fs::write(&ballast, vec![1; 30 << 20]).unwrap();
    let data = disk.0.path().join("data");
    let store = Store::open(&data, options(ByteSize::mib(0))).unwrap();
    let (count, error) = fill(&store, 0).await;
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
    assert_rows(&store, count).await;
    let version = store.snapshot().version();

    fs::remove_file(&ballast).unwrap();
    let again = put(&store, count).await;
    assert!(matches!(again, Err(StoreError::ReadOnly { .. })), "its state is unknown until it reopens");
    assert_eq!(store.snapshot().version(), version);
    drop(store);

    let store = Store::open(&data, options(ByteSize::mib(0))).unwrap();
    assert_rows(&store, count).await;
    let found = store.snapshot().version();
    assert!(found == version || found.0 == version.0 + 1, "{found} after {version}");
    put(&store, count).await.expect("writable again");
}

#[tokio::test]
async fn blobs_and_opening_say_that_the_disk_is_full() {
    let Some(disk) = SmallDisk::mount("96m") else { return };
    let data = disk.0.path().join("data");
    let store = Store::open(&data, options(ByteSize::mib(0))).unwrap();
    let error = store.blobs().put(Bytes::from(vec![1; 100 << 20])).await.unwrap_err();
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    assert_eq!(fs::read_dir(data.join("blobs/tmp")).unwrap().count(), 0, "the half blob is gone");
    put(&store, 0).await.expect("there is room for a row");
}
