//! Each public operation once, in the simplest way.

use bytes::Bytes;
use store::{CommitSeq, Key, KeyParts, Options, Scan, Space, Store, StoreError};

pub fn open(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path(), Options::default()).expect("a fresh directory opens")
}

fn key(name: &str) -> Key {
    Key::new(Space::Meta).text(name)
}

#[tokio::test]
async fn what_is_committed_is_seen_and_survives_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let before = store.snapshot();
    assert_eq!(before.version(), CommitSeq(0));
    let (_, seq) = store
        .transact_seq(|tx| async move {
            tx.put(key("a"), "1");
            tx.put(key("b"), "2");
            assert_eq!(tx.get(&key("a")).await?, Some(Bytes::from("1")), "its own write");
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    assert_eq!(seq, CommitSeq(1));
    assert_eq!(before.get(&key("a")).await.unwrap(), None, "a snapshot is frozen");
    assert_eq!(store.snapshot().version(), seq);
    assert_eq!(store.snapshot().get(&key("a")).await.unwrap(), Some(Bytes::from("1")));
    drop((before, store));

    let store = open(&dir);
    assert_eq!(store.snapshot().version(), seq);
    let (_, seq) = store
        .transact_seq(|tx| async move {
            tx.delete(key("a"));
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    assert_eq!(seq, CommitSeq(2), "the sequence goes on");
    let rows = store.snapshot().scan(Scan::prefix(Key::new(Space::Meta))).await.unwrap();
    assert_eq!(rows, [(key("b").into(), Bytes::from("2"))]);
}

#[tokio::test]
async fn an_error_from_the_body_commits_nothing() {
    #[derive(Debug, PartialEq)]
    enum Refused {
        No,
        Store,
    }
    impl From<StoreError> for Refused {
        fn from(_: StoreError) -> Refused {
            Refused::Store
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let refused = store
        .transact(|tx| async move {
            tx.put(key("a"), "1");
            Err::<(), _>(Refused::No)
        })
        .await;
    assert_eq!(refused, Err(Refused::No));
    assert_eq!(store.snapshot().version(), CommitSeq(0));
    assert_eq!(store.snapshot().get(&key("a")).await.unwrap(), None);
}

#[tokio::test]
async fn sequenced_rows_sort_in_commit_order() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let prefix = || Key::new(Space::FunctionEvent).text("queue");
    for round in ["first", "second"] {
        store
            .transact(|tx| async move {
                tx.put_sequenced(prefix(), format!("{round} a"));
                tx.put_sequenced(prefix(), format!("{round} b"));
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
    }
    let rows = store.snapshot().scan(Scan::prefix(prefix())).await.unwrap();
    let values: Vec<_> = rows.iter().map(|(_, value)| value.clone()).collect();
    assert_eq!(values, ["first a", "first b", "second a", "second b"]);
    let mut parts = KeyParts::new(Space::FunctionEvent, &rows[3].0).unwrap();
    assert_eq!(parts.text().as_deref(), Some("queue"));
    assert_eq!(parts.number(), Some(2), "the commit sequence");
    assert_eq!(parts.rest(), [0, 0, 0, 1], "the index of the call");
}
