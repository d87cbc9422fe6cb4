//! Concurrent transactions behave as if they had run one after the other, in the order of their sequence.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use store::{CommitSeq, Key, Scan, Snapshot, Space, Store, StoreError, Transaction};

use crate::basics::open;
use crate::model::expected;
use crate::random::Random;

fn key(number: u64) -> Bytes {
    Key::new(Space::Meta).number(number).into()
}

/// What one committed transaction saw and did.
#[derive(Clone, Default)]
struct History {
    gets: Vec<(Bytes, Option<Bytes>)>,
    scans: Vec<(Scan, Vec<(Bytes, Bytes)>)>,
    writes: Vec<(Bytes, Option<Bytes>)>,
}

/// Reads first, then writes, so that what it read is the state before its place in the order.
async fn random_body(tx: Transaction, mut random: Random, name: String) -> Result<History, StoreError> {
    let mut history = History::default();
    for _ in 0..random.below(3) {
        let key = key(random.below(8));
        history.gets.push((key.clone(), tx.get(&key).await?));
        tokio::task::yield_now().await;
    }
    for _ in 0..random.below(2) {
        let (start, len) = (random.below(8), random.below(5));
        let scan = Scan {
            range: key(start)..key(start + len),
            reverse: random.below(2) == 0,
            limit: if random.below(3) == 0 { usize::MAX } else { random.below(3) as usize },
        };
        history.scans.push((scan.clone(), tx.scan(scan).await?));
        tokio::task::yield_now().await;
    }
    for index in 0..random.below(3) {
        let key = key(random.below(8));
        let value = (random.below(4) != 0).then(|| Bytes::from(format!("{name} {index}")));
        match &value {
            Some(value) => tx.put(key.clone(), value.clone()),
            None => tx.delete(key.clone()),
        }
        history.writes.push((key, value));
    }
    Ok(history)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_read_matches_the_replay_in_commit_order() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut random = Random::new();
    let runs = Arc::new(AtomicU32::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..12 {
        let (store, mut random, runs) = (store.clone(), random.fork(), Arc::clone(&runs));
        tasks.spawn(async move {
            let mut histories = Vec::new();
            for number in 0..60 {
                let mut random = random.fork();
                let committed = store.transact_seq(|tx| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    random_body(tx, random.fork(), format!("{client}/{number}"))
                });
                let (history, seq) = committed.await.unwrap();
                histories.push((seq, history));
            }
            histories
        });
    }
    let mut histories = tasks.join_all().await.into_iter().flatten().collect::<Vec<_>>();
    // A transaction that wrote nothing saw the state after the sequence it reports.
    histories.sort_by_key(|(seq, history)| (*seq, history.writes.is_empty()));

    let mut state = BTreeMap::new();
    let mut last = CommitSeq(0);
    for (seq, history) in &histories {
        if !history.writes.is_empty() {
            assert_eq!(*seq, CommitSeq(last.0 + 1), "the sequence has no gaps and no doubles");
            last = *seq;
        }
        for (key, value) in &history.gets {
            assert_eq!(value.as_ref(), state.get(key), "a read of {key:?} at {seq}");
        }
        for (scan, rows) in &history.scans {
            assert_eq!(*rows, expected(&state, scan), "{scan:?} at {seq}");
        }
        for (key, value) in &history.writes {
            match value {
                Some(value) => state.insert(key.clone(), value.clone()),
                None => state.remove(key),
            };
        }
    }
    let everything = Scan::prefix(Key::new(Space::Meta));
    assert_eq!(store.snapshot().scan(everything.clone()).await.unwrap(), expected(&state, &everything));
    assert!(runs.load(Ordering::Relaxed) > histories.len() as u32, "nothing ever conflicted: a weak test");
}

/// Commits `key` while a transaction that read `scan` is under way; tells how often its body ran.
async fn runs_beside_a_write(scan: Scan, key: Bytes) -> u32 {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    put(&store, [3, 5, 7].map(self::key)).await;
    let runs = AtomicU32::new(0);
    store
        .transact(|tx| {
            let (store, scan, key, runs) = (&store, scan.clone(), key.clone(), &runs);
            async move {
                tx.scan(scan).await?;
                if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                    put(store, [key]).await;
                }
                tx.put(self::key(100), "result");
                Ok::<_, StoreError>(())
            }
        })
        .await
        .unwrap();
    runs.load(Ordering::SeqCst)
}

async fn put<const N: usize>(store: &Store, keys: [Bytes; N]) {
    store
        .transact(|tx| {
            keys.iter().for_each(|key| tx.put(key.clone(), "x"));
            async { Ok::<_, StoreError>(()) }
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn phantoms_conflict_exactly_where_the_scan_looked() {
    let scan = || Scan::range(key(2)..key(9));
    for (name, scan, written, runs) in [
        ("a new row", scan(), 4, 2),
        ("a changed row", scan(), 5, 2),
        ("the first key of the range", scan(), 2, 2),
        ("the first key behind the range", scan(), 9, 1),
        ("before the range", scan(), 1, 1),
        ("within the limit", scan().limit(2), 4, 2),
        ("the last row within the limit", scan().limit(2), 5, 2),
        ("behind the limit", scan().limit(2), 6, 1),
        ("within the limit, backwards", scan().reverse().limit(2), 6, 2),
        ("the last row within the limit, backwards", scan().reverse().limit(2), 5, 2),
        ("behind the limit, backwards", scan().reverse().limit(2), 4, 1),
        ("a limit that is not reached", scan().limit(4), 8, 2),
        ("a limit of nothing", scan().limit(0), 5, 1),
    ] {
        assert_eq!(runs_beside_a_write(scan, key(written)).await, runs, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hot_counter_counts_exactly() {
    const TASKS: u64 = 64;
    const ROUNDS: u64 = 10;
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..TASKS {
        let store = store.clone();
        tasks.spawn(async move {
            for _ in 0..ROUNDS {
                store.transact(increment).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(count(&store.snapshot()).await.unwrap(), TASKS * ROUNDS);
}

fn number(bytes: Option<Bytes>) -> u64 {
    bytes.map_or(0, |bytes| u64::from_be_bytes(bytes[..].try_into().unwrap()))
}

async fn count(snapshot: &Snapshot) -> Result<u64, StoreError> {
    Ok(number(snapshot.get(&key(0)).await?))
}

async fn increment(tx: Transaction) -> Result<u64, StoreError> {
    let before = number(tx.get(&key(0)).await?);
    tx.put(key(0), Bytes::copy_from_slice(&(before + 1).to_be_bytes()));
    Ok(before + 1)
}

/// A body that always meets a competing commit would lose for ever; it must get its turn alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_transaction_that_keeps_losing_wins_in_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let done = Arc::new(AtomicBool::new(false));
    let mut competitors = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (store, done) = (store.clone(), Arc::clone(&done));
        competitors.spawn(async move {
            while !done.load(Ordering::SeqCst) {
                store.transact(increment).await.unwrap();
            }
        });
    }
    let runs = Mutex::new(0);
    store
        .transact(|tx| {
            let (store, runs) = (&store, &runs);
            async move {
                let mut watch = store.watch(key(0));
                let mine = increment(tx).await?;
                let run = {
                    let mut runs = runs.lock().unwrap();
                    *runs += 1;
                    *runs
                };
                // The first five attempts wait until they have certainly lost.
                while run <= 5 && count(&store.snapshot()).await? < mine {
                    watch.changed().await;
                }
                Ok::<_, StoreError>(())
            }
        })
        .await
        .unwrap();
    done.store(true, Ordering::SeqCst);
    competitors.join_all().await;
    assert_eq!(*runs.lock().unwrap(), 6);
}
