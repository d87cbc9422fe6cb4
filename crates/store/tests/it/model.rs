//! Random operations against a `BTreeMap`, with reopening in between.

use std::collections::BTreeMap;

use bytes::Bytes;
use proptest::prelude::*;
use store::{CommitSeq, Options, Scan, Store, StoreError};

#[derive(Clone, Debug)]
enum Op {
    Put(Bytes, Bytes),
    Delete(Bytes),
    Get(Bytes),
    Scan(Scan),
}

#[derive(Clone, Debug)]
enum Step {
    Transaction(Vec<Op>),
    /// A transaction whose body fails after these operations.
    Abandoned(Vec<Op>),
    Read(Vec<Op>),
    Reopen,
}

fn key() -> impl Strategy<Value = Bytes> {
    // Few keys, so that operations meet; prefixes of each other and extreme bytes, so that bounds matter.
    prop::collection::vec(prop::sample::select(vec![0_u8, 1, 0x7f, 0xff]), 0..3)
        .prop_map(|rest| Bytes::from([&[1_u8][..], &rest].concat()))
}

fn scan() -> impl Strategy<Value = Scan> {
    let end = prop_oneof![3 => key(), 1 => Just(Bytes::new())];
    let limit = prop_oneof![4 => 0..5_usize, 1 => Just(usize::MAX)];
    (key(), end, any::<bool>(), limit, prop::option::of(key())).prop_map(
        |(start, end, reverse, limit, after)| {
            let scan = Scan { range: start..end, reverse, limit };
            match after {
                Some(key) => scan.after(&key),
                None => scan,
            }
        },
    )
}

fn op() -> impl Strategy<Value = Op> {
    let value = prop::collection::vec(any::<u8>(), 0..20).prop_map(Bytes::from);
    prop_oneof![
        4 => (key(), value).prop_map(|(key, value)| Op::Put(key, value)),
        2 => key().prop_map(Op::Delete),
        2 => key().prop_map(Op::Get),
        3 => scan().prop_map(Op::Scan),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let ops = || prop::collection::vec(op(), 1..8);
    prop_oneof![
        6 => ops().prop_map(Step::Transaction),
        1 => ops().prop_map(Step::Abandoned),
        2 => ops().prop_map(Step::Read),
        1 => Just(Step::Reopen),
    ]
}

type Model = BTreeMap<Bytes, Bytes>;

/// What a scan must give, computed in the most naive way.
pub fn expected(model: &Model, scan: &Scan) -> Vec<(Bytes, Bytes)> {
    let inside =
        |key: &Bytes| *key >= scan.range.start && (scan.range.end.is_empty() || *key < scan.range.end);
    let mut rows: Vec<_> = model
        .iter()
        .filter(|(key, _)| inside(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if scan.reverse {
        rows.reverse();
    }
    rows.truncate(scan.limit);
    rows
}

fn apply(model: &mut Model, op: &Op) {
    match op {
        Op::Put(key, value) => {
            model.insert(key.clone(), value.clone());
        }
        Op::Delete(key) => {
            model.remove(key);
        }
        Op::Get(_) | Op::Scan(_) => {}
    }
}

struct Abandoned;

impl From<StoreError> for Abandoned {
    fn from(error: StoreError) -> Abandoned {
        panic!("{error}")
    }
}

/// Runs the operations in one transaction, checks every read, and leaves the result in `model`.
async fn transact(store: &Store, model: &Model, ops: &[Op], abandon: bool) -> Option<Model> {
    let result = store
        .transact(|tx| async move {
            let mut model = model.clone();
            for op in ops {
                match op {
                    Op::Put(key, value) => tx.put(key.clone(), value.clone()),
                    Op::Delete(key) => tx.delete(key.clone()),
                    Op::Get(key) => assert_eq!(tx.get(key).await?.as_ref(), model.get(key), "{key:?}"),
                    Op::Scan(scan) => {
                        assert_eq!(tx.scan(scan.clone()).await?, expected(&model, scan), "{scan:?}");
                    }
                }
                apply(&mut model, op);
            }
            if abandon { Err(Abandoned) } else { Ok(model) }
        })
        .await;
    result.ok()
}

async fn read(store: &Store, model: &Model, ops: &[Op]) {
    let snapshot = store.snapshot();
    for op in ops {
        match op {
            Op::Put(key, _) | Op::Delete(key) | Op::Get(key) => {
                assert_eq!(snapshot.get(key).await.unwrap().as_ref(), model.get(key), "{key:?}");
            }
            Op::Scan(scan) => {
                assert_eq!(snapshot.scan(scan.clone()).await.unwrap(), expected(model, scan), "{scan:?}");
            }
        }
    }
}

async fn run(steps: &[Step]) {
    let dir = tempfile::tempdir().unwrap();
    let open = || Store::open(dir.path(), Options::default()).unwrap();
    let mut store = open();
    let mut model = Model::new();
    let mut version = CommitSeq(0);
    for step in steps {
        match step {
            Step::Transaction(ops) => {
                model = transact(&store, &model, ops, false).await.expect("it was not abandoned");
                let wrote = ops.iter().any(|op| matches!(op, Op::Put(..) | Op::Delete(_)));
                version.0 += u64::from(wrote);
            }
            Step::Abandoned(ops) => assert!(transact(&store, &model, ops, true).await.is_none()),
            Step::Read(ops) => read(&store, &model, ops).await,
            Step::Reopen => {
                drop(store);
                store = open();
            }
        }
        assert_eq!(store.snapshot().version(), version);
    }
    let everything = Scan::range(Bytes::from_static(&[1])..Bytes::new());
    assert_eq!(store.snapshot().scan(everything.clone()).await.unwrap(), expected(&model, &everything));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn behaves_like_a_map(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(&steps));
    }
}
