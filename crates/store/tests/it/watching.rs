//! Watches wake for what they watch, for nothing else, and never miss.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use store::{Key, Space, Store, StoreError, Watch};

use crate::basics::open;

fn key(name: &str) -> Bytes {
    Key::new(Space::Meta).text(name).into()
}

async fn put(store: &Store, name: &str) {
    store
        .transact(|tx| async move {
            tx.put(key(name), "x");
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}

fn is_ready(watch: &mut Watch) -> bool {
    pin!(watch.changed()).poll(&mut Context::from_waker(Waker::noop())) == Poll::Ready(())
}

#[tokio::test]
async fn wakes_for_its_prefix_only_and_once_per_look() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    put(&store, "a").await;
    let mut exact = store.watch(key("a"));
    let mut space = store.watch(Key::new(Space::Meta));
    let mut all = store.watch(Bytes::new());
    let mut other = store.watch(Key::new(Space::User));
    assert!(!is_ready(&mut exact), "what was committed before the watch began");
    put(&store, "b").await;
    put(&store, "b").await;
    assert!(!is_ready(&mut exact));
    assert!(is_ready(&mut space) && is_ready(&mut all), "not missed although nobody was waiting");
    assert!(!is_ready(&mut space) && !is_ready(&mut all), "two commits between two looks are one wake-up");
    put(&store, "a").await;
    assert!(is_ready(&mut exact) && is_ready(&mut space) && is_ready(&mut all));
    assert!(!is_ready(&mut other));
}

#[tokio::test]
async fn sequenced_rows_and_deletions_wake_too() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut events = store.watch(Key::new(Space::FunctionEvent));
    let mut users = store.watch(Key::new(Space::User));
    store
        .transact(|tx| async move {
            tx.put_sequenced(Key::new(Space::FunctionEvent), "x");
            tx.delete(Key::new(Space::User).text("nobody"));
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    assert!(is_ready(&mut events) && is_ready(&mut users));
}

#[tokio::test]
async fn a_watch_outlives_another_of_the_same_prefix() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let first = store.watch(key("a"));
    let mut second = store.watch(key("a"));
    drop(first);
    put(&store, "a").await;
    assert!(is_ready(&mut second));
    drop(second);
    let mut third = store.watch(key("a"));
    put(&store, "a").await;
    assert!(is_ready(&mut third));
}

#[tokio::test]
async fn never_wakes_again_once_the_store_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut watch = store.watch(key("a"));
    drop(store);
    assert!(!is_ready(&mut watch));
}

/// Many consumers each wait for a sequence of values; a lost wake-up would hang one of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_who_looks_then_waits_misses_the_last_value() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut consumers = tokio::task::JoinSet::new();
    for consumer in 0..100 {
        let store = store.clone();
        consumers.spawn(async move {
            let name = format!("{}", consumer % 10);
            let mut watch = store.watch(key(&name));
            while store.snapshot().get(&key(&name)).await.unwrap().as_deref() != Some(b"50") {
                watch.changed().await;
            }
        });
    }
    for round in 0..=50 {
        store
            .transact(|tx| async move {
                for name in 0..10 {
                    tx.put(key(&name.to_string()), round.to_string());
                }
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
    }
    consumers.join_all().await;
}
