//! A process that is killed while it commits: whatever it acknowledged is there, and nothing is torn.
//!
//! The writer is this test binary again, started with [`writer`] as its only test.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use base::ByteSize;
use bytes::Bytes;
use store::{CommitSeq, Key, KeyParts, Options, Scan, Space, Store, StoreError};

use crate::random::Random;

const KILLS: u64 = 40;
const CLIENTS: u64 = 8;
const DIR_VARIABLE: &str = "STORE_CRASH_DIR";

/// Each transaction writes the same number under all of these.
const PARTS: [Space; 3] = [Space::Function, Space::Role, Space::LogEvent];

fn open(dir: &Path) -> Store {
    // Small buffers, so that the kills also hit flushes and compactions.
    let options = Options { memtable_size: ByteSize::bytes(256 * 1024), ..Options::default() };
    Store::open(dir, options).unwrap_or_else(|error| panic!("cannot open after a crash: {error}"))
}

fn part(space: Space, client: u64, number: u64) -> Key {
    Key::new(space).number(client).number(number)
}

fn last(client: u64) -> Key {
    Key::new(Space::Meta).number(client)
}

fn log() -> Key {
    Key::new(Space::FunctionEvent)
}

/// Not a test by itself: the process that gets killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the crash test"]
async fn writer() {
    let Ok(dir) = std::env::var(DIR_VARIABLE) else { return };
    println!("\nopening");
    let store = open(Path::new(&dir));
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let store = store.clone();
        clients.spawn(async move {
            loop {
                let (number, seq) = store.transact_seq(|tx| one_more(tx, client)).await.unwrap();
                println!("ack {client} {number} {seq}");
            }
        });
    }
    clients.join_all().await;
}

async fn one_more(tx: store::Transaction, client: u64) -> Result<u64, StoreError> {
    let number = tx.get(&last(client)).await?.map_or(0, |bytes| parse(&bytes) + 1);
    tx.put(last(client), number.to_string());
    for space in PARTS {
        tx.put(part(space, client, number), format!("{number:0200}"));
    }
    tx.put_sequenced(log(), format!("{client} {number}"));
    Ok(number)
}

fn parse(bytes: &[u8]) -> u64 {
    std::str::from_utf8(bytes).unwrap().parse().unwrap()
}

type Acks = BTreeMap<(u64, u64), CommitSeq>;

/// Runs a writer until it acknowledged `count` transactions, kills it, and collects all it acknowledged.
fn run_and_kill(dir: &Path, count: u64, acks: &mut Acks) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crash::writer", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(DIR_VARIABLE, dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let opening = output.by_ref().find(|line| line.as_ref().unwrap() == "opening");
    assert!(opening.is_some(), "the writer did not start");
    let mut seen = 0;
    let mut note = |line: &str| {
        if let Some(ack) = line.strip_prefix("ack ") {
            let numbers: Vec<u64> = ack.split(' ').map(|number| number.parse().unwrap()).collect();
            acks.insert((numbers[0], numbers[1]), CommitSeq(numbers[2]));
        }
    };
    while seen < count {
        let line = output.next().expect("the writer ended by itself").unwrap();
        note(&line);
        seen += 1;
    }
    child.kill().unwrap();
    // What it wrote to the pipe before it died was acknowledged as well; only the very last line may be cut.
    let rest: Vec<String> = output.map_while(Result::ok).collect();
    if let Some((_, whole)) = rest.split_last() {
        whole.iter().for_each(|line| note(line));
    }
    child.wait().unwrap();
}

async fn rows(store: &Store, prefix: Key) -> Vec<(Bytes, Bytes)> {
    store.snapshot().scan(Scan::prefix(prefix)).await.unwrap()
}

async fn numbers(store: &Store, space: Space, client: u64) -> BTreeSet<u64> {
    let rows = rows(store, Key::new(space).number(client)).await;
    rows.iter().map(|(_, value)| parse(value)).collect()
}

async fn check(store: &Store, acks: &Acks) {
    let mut log_seqs = BTreeMap::new();
    let mut before = CommitSeq(0);
    for (key, value) in rows(store, log()).await {
        let mut parts = KeyParts::new(Space::FunctionEvent, &key).unwrap();
        let seq = CommitSeq(parts.number().unwrap());
        assert!(seq > before, "the sequence rises");
        before = seq;
        let text = std::str::from_utf8(&value).unwrap();
        let (client, number) = text.split_once(' ').unwrap();
        let doubled = log_seqs.insert((client.parse().unwrap(), number.parse().unwrap()), seq);
        assert_eq!(doubled, None);
    }
    assert!(store.snapshot().version() >= before);
    for (transaction, seq) in acks {
        assert_eq!(log_seqs.get(transaction), Some(seq), "{transaction:?} was acknowledged");
    }
    let mut found = BTreeSet::new();
    for client in 0..CLIENTS {
        let first = numbers(store, PARTS[0], client).await;
        for space in PARTS {
            assert_eq!(numbers(store, space, client).await, first, "a transaction is torn");
        }
        let last = store.snapshot().get(&last(client)).await.unwrap().map(|bytes| parse(&bytes));
        assert_eq!(first.last().copied(), last);
        assert_eq!(first.len() as u64, last.map_or(0, |last| last + 1), "the numbers have no gap");
        found.extend(first.into_iter().map(|number| (client, number)));
    }
    assert_eq!(found, log_seqs.keys().copied().collect(), "the log and the rows tell the same");
}

#[tokio::test]
async fn everything_acknowledged_survives_kill_9() {
    let dir = tempfile::tempdir().unwrap();
    let mut random = Random::new();
    let mut acks = Acks::new();
    let mut version = CommitSeq(0);
    for kill in 0..KILLS {
        // Some die while they create or replay the journal, most in the middle of the load.
        let count = if kill % 5 == 0 { 0 } else { random.below(400) };
        run_and_kill(dir.path(), count, &mut acks);
        let store = open(dir.path());
        check(&store, &acks).await;
        assert!(store.snapshot().version() >= version);
        version = store.snapshot().version();
    }
    println!("{KILLS} kills, {} acknowledged transactions, {version} commits", acks.len());
    assert!(acks.len() as u64 > KILLS, "the writers hardly wrote");
}
