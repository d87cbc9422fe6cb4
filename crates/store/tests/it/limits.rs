//! What the store refuses, and that a refusal leaves no trace.

use base::ByteSize;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use store::{CommitSeq, KEY_LEN_MAX, Key, Options, Record, Space, Store, StoreError, Transaction};

use crate::basics::open;

fn key() -> Key {
    Key::new(Space::Meta).text("key")
}

async fn refusal(store: &Store, write: impl Fn(&Transaction)) -> StoreError {
    let refused = store
        .transact(|tx| {
            tx.put(key(), "beside the refused write");
            write(&tx);
            async { Ok::<_, StoreError>(()) }
        })
        .await;
    assert_eq!(store.snapshot().version(), CommitSeq(0));
    refused.expect_err("it was refused")
}

#[tokio::test]
async fn bad_writes_fail_the_whole_transaction() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { transaction_bytes_max: ByteSize::bytes(20_000), ..Options::default() };
    let store = Store::open(dir.path(), options).unwrap();
    let long = || vec![1; KEY_LEN_MAX + 1];
    let own_space = || Bytes::from_static(b"\0commit");

    assert!(matches!(refusal(&store, |tx| tx.put("", "x")).await, StoreError::InvalidKey { .. }));
    assert!(matches!(refusal(&store, |tx| tx.put(own_space(), "")).await, StoreError::InvalidKey { .. }));
    assert!(matches!(refusal(&store, |tx| tx.delete(own_space())).await, StoreError::InvalidKey { .. }));
    assert!(matches!(
        refusal(&store, |tx| tx.put_sequenced(own_space(), "")).await,
        StoreError::InvalidKey { .. }
    ));
    assert!(matches!(refusal(&store, |tx| tx.put(long(), "")).await, StoreError::TooLarge { .. }));
    let error = refusal(&store, |tx| tx.put(key(), vec![0; 20_000])).await;
    assert_eq!(error.to_string(), "a transaction has 20005 bytes, more than the 20000 allowed");
    assert!(matches!(store.snapshot().get(b"").await, Err(StoreError::InvalidKey { .. })));

    // Replacing a value counts once.
    store
        .transact(|tx| async move {
            for _ in 0..10 {
                tx.put(key(), vec![0; 19_000]);
            }
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_transaction_handle_is_dead_after_the_commit() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let leaked = store
        .transact(|tx| async move {
            tx.put(key(), "x");
            Ok::<_, StoreError>(tx)
        })
        .await
        .unwrap();
    assert!(matches!(leaked.get(&key()).await, Err(StoreError::Closed)));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Person {
    name: String,
}

impl Record for Person {
    const VERSION: u8 = 2;

    fn upgrade(version: u8, json: &[u8]) -> Option<Person> {
        (version == 1).then(|| Person { name: String::from_utf8_lossy(json).into_owned() })
    }
}

#[tokio::test]
async fn records_are_versioned() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let key = |name| Key::new(Space::User).text(name);
    let ada = || Person { name: "Ada".to_owned() };
    store
        .transact(|tx| async move {
            tx.put_record(key("now"), &ada());
            assert_eq!(tx.get_record::<Person>(&key("now")).await?, Some(ada()));
            tx.put(key("old"), "\u{1}Ada");
            tx.put(key("future"), "\u{3}{}");
            tx.put(key("broken"), "\u{2}{\"name\":");
            tx.put(key("empty"), "");
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    let snapshot = store.snapshot();
    assert_eq!(snapshot.get_record::<Person>(&key("now")).await.unwrap(), Some(ada()));
    assert_eq!(snapshot.get_record::<Person>(&key("old")).await.unwrap(), Some(ada()));
    assert_eq!(snapshot.get_record::<Person>(&key("nobody")).await.unwrap(), None);
    for (name, text) in [
        ("future", r"the record at  future\x00 has version 3, which this release cannot read"),
        ("broken", r"the record at  broken\x00 is corrupt: EOF while parsing a value at line 1 column 8"),
        ("empty", r"the record at  empty\x00 is corrupt: it is empty"),
    ] {
        let error = snapshot.get_record::<Person>(&key(name)).await.unwrap_err();
        assert_eq!(error.to_string(), text);
    }
}
