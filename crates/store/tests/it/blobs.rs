//! Content-addressed files.

use std::fs;
use std::io::{self, Read};

use bytes::Bytes;
use store::{Digest, StoreError};

use crate::basics::open;

#[tokio::test]
async fn what_is_put_is_found_by_its_digest() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let blobs = store.blobs();
    let bytes = Bytes::from(vec![7; 300_000]);
    let digest = blobs.put(bytes.clone()).await.unwrap();
    assert_eq!(digest, Digest::of(&bytes));
    assert_eq!(blobs.put(bytes.clone()).await.unwrap(), digest, "idempotent");
    assert_eq!(blobs.put_reader(io::Cursor::new(bytes.clone())).await.unwrap(), digest);
    let file = dir.path().join("source");
    fs::write(&file, &bytes).unwrap();
    assert_eq!(blobs.put_file(&file).await.unwrap(), digest);

    assert!(blobs.contains(digest).await.unwrap());
    assert_eq!(blobs.get(digest).await.unwrap(), Some(bytes.clone()));
    let mut read = Vec::new();
    blobs.open_file(digest).await.unwrap().unwrap().read_to_end(&mut read).unwrap();
    assert_eq!(read, bytes);
    let name = digest.to_string();
    assert!(blobs.path(digest).ends_with(format!("blobs/{}/{}", &name[..2], &name[2..])));

    drop(store);
    let store = open(&dir);
    assert_eq!(store.blobs().get(digest).await.unwrap(), Some(bytes));
    store.blobs().remove(digest).await.unwrap();
    store.blobs().remove(digest).await.unwrap();
    assert!(!store.blobs().contains(digest).await.unwrap());
    assert_eq!(store.blobs().get(digest).await.unwrap(), None);
    assert!(store.blobs().open_file(digest).await.unwrap().is_none());
}

#[tokio::test]
async fn damage_is_told_and_healed_by_putting_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let digest = store.blobs().put(Bytes::from("code")).await.unwrap();
    fs::write(store.blobs().path(digest), "c0de").unwrap();
    assert!(matches!(store.blobs().get(digest).await, Err(StoreError::Corrupt { .. })));
    store.blobs().put(Bytes::from("code")).await.unwrap();
    assert_eq!(store.blobs().get(digest).await.unwrap(), Some(Bytes::from("code")));
}

#[tokio::test]
async fn a_source_that_fails_leaves_nothing() {
    struct Failing(u8);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            if self.0 > 3 { Err(io::Error::other("unplugged")) } else { Ok(buffer.len()) }
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    assert!(matches!(store.blobs().put_reader(Failing(0)).await, Err(StoreError::Io { .. })));
    assert!(matches!(store.blobs().put_file(&dir.path().join("none")).await, Err(StoreError::Io { .. })));
    assert_eq!(fs::read_dir(dir.path().join("blobs/tmp")).unwrap().count(), 0);
}

#[tokio::test]
async fn what_a_crash_left_half_written_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(&dir));
    fs::write(dir.path().join("blobs/tmp/0"), "half").unwrap();
    drop(open(&dir));
    assert_eq!(fs::read_dir(dir.path().join("blobs/tmp")).unwrap().count(), 0);
}
