//! Code packages over their whole life: shared, counted, removed, and repaired after a crash.

use api::lambda::DeleteFunctionRequest;

use super::super::delete_function::DeleteFunction;
use super::*;
use crate::code::hex;
use crate::error::Failure;
use crate::model::{CodeReferences, State};
use crate::{keys, table};

fn digest(content: &str) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(zip(content)))
}

impl Fixture {
    async fn references(&self, content: &str) -> Option<u64> {
        let key = keys::code_package(&digest(content));
        let found = self.snapshot().get_record::<CodeReferences>(&key).await.unwrap();
        found.map(|references| references.count)
    }

    async fn blob(&self, content: &str) -> bool {
        self.lambda.code_zip(&digest(content)).await.unwrap().is_some()
    }

    /// Ends the service and starts it again on the same directory.
    async fn restart(self) -> Fixture {
        self.lambda.stop().await.unwrap();
        let Fixture { dir, lambda } = self;
        let store = lambda.store.clone();
        drop(lambda);
        close(store).await;
        let lambda = start(dir.path(), Arc::new(crate::harness::NoQueues));
        Fixture { dir, lambda }
    }
}

/// Waits until the last handle of a store is gone: background tasks hold some for a moment.
async fn close(store: Store) {
    drop(store);
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn equal_code_is_stored_once_and_removed_with_its_last_version() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    fixture.create("g").await;
    assert_eq!(fixture.references("one").await, Some(2));
    assert_eq!(fixture.unpacked(), [digest("one")]);
    let delete = |name: &str| DeleteFunctionRequest { function_name: name.into(), qualifier: None };
    fixture.call::<DeleteFunction>(delete("f")).await.unwrap();
    assert_eq!((fixture.references("one").await, fixture.blob("one").await), (Some(1), true));
    fixture.call::<DeleteFunction>(delete("g")).await.unwrap();
    assert_eq!((fixture.references("one").await, fixture.blob("one").await), (None, false));
    // Invocations that still run may need the files.
    assert_eq!(fixture.unpacked(), [digest("one")]);
}

#[tokio::test]
async fn an_update_gives_up_the_code_before_it() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    fixture.update_code("f", "two").await;
    assert_eq!((fixture.references("one").await, fixture.blob("one").await), (None, false));
    assert_eq!((fixture.references("two").await, fixture.blob("two").await), (Some(1), true));
    // The same code again neither loses nor gains a reference.
    fixture.update_code("f", "two").await;
    assert_eq!((fixture.references("two").await, fixture.blob("two").await), (Some(1), true));
}

#[tokio::test]
async fn code_that_is_missing_is_unpacked_again() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    std::fs::remove_dir_all(fixture.dir.path().join("code")).unwrap();
    let name = fixture.lambda.name(&context(), "f", None).unwrap();
    let version = table::version(&fixture.snapshot(), &name, 0).await.unwrap();
    let (one, two) =
        tokio::join!(fixture.lambda.code_path(&version.code), fixture.lambda.code_path(&version.code));
    let path = one.unwrap();
    assert_eq!(two, Ok(path.clone()));
    assert_eq!(std::fs::read_to_string(path.join("main.py")).unwrap(), "one");
    assert_eq!(fixture.unpacked(), [digest("one")], "no scratch directory is left");
}

#[tokio::test]
async fn a_crash_leaves_nothing_unfinished() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    fixture.create("g").await;
    // As after a crash between: claim and commit of an upload, commit and removal, rename and unpacking …
    let stray = zip("stray");
    fixture.lambda.store.blobs().put(stray).await.unwrap();
    let name = fixture.lambda.name(&context(), "f", None).unwrap();
    let mut version = table::version(&fixture.snapshot(), &name, 0).await.unwrap();
    version.state = State::Pending;
    let body = |tx: store::Transaction| {
        table::put_version(&tx, &name, &version);
        tx.put_record(keys::code_package(&digest("stray")), &CodeReferences { count: 0 });
        async { Ok(()) }
    };
    fixture.lambda.store.transact::<_, Failure, _, _>(body).await.unwrap();
    let code = fixture.dir.path().join("code");
    std::fs::create_dir(code.join(".half.made")).unwrap();
    std::fs::create_dir(code.join(digest("gone"))).unwrap();
    let caches = |name: &str| format!("{}.nodejs20.x-20.1.2", digest(name));
    std::fs::create_dir(code.join(caches("gone"))).unwrap();
    std::fs::create_dir(code.join(caches("one"))).unwrap();

    let fixture = fixture.restart().await;
    fixture.lambda.resume().await.unwrap();
    assert_eq!(fixture.settled("f").await.state.as_deref(), Some("Active"));
    assert_eq!((fixture.references("stray").await, fixture.blob("stray").await), (None, false));
    assert_eq!((fixture.references("one").await, fixture.blob("one").await), (Some(2), true));
    assert_eq!(fixture.unpacked(), [digest("one"), caches("one")]);
}

#[tokio::test]
async fn a_function_whose_code_cannot_be_unpacked_has_failed() {
    let fixture = Fixture::new();
    // A file where the code directory should be.
    std::fs::write(fixture.dir.path().join("code"), "").unwrap();
    let failed = fixture.create("f").await;
    assert_eq!(failed.state.as_deref(), Some("Failed"));
    assert_eq!(failed.state_reason_code.as_deref(), Some("InternalError"));
    // With the obstacle gone, new code brings it to life.
    std::fs::remove_file(fixture.dir.path().join("code")).unwrap();
    assert_eq!(fixture.update_code("f", "two").await.state.as_deref(), Some("Active"));
}
