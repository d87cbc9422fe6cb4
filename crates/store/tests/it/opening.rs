//! Who may open a data directory, and what it must look like.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use store::{OpenError, Options, Store};

use crate::basics::open;

fn refusal(dir: &Path) -> OpenError {
    Store::open(dir, Options::default()).err().expect("it was refused")
}

#[tokio::test]
async fn a_second_opener_is_told_who_holds_the_directory() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    let error = refusal(dir.path());
    assert!(matches!(&error, OpenError::Locked { pid: Some(pid), .. } if *pid == std::process::id()));
    let canonical = fs::canonicalize(dir.path()).unwrap();
    let expected =
        format!("data directory {} is in use by process {}", canonical.display(), std::process::id());
    assert_eq!(error.to_string(), expected);

    // A snapshot still reads files, so it holds the directory as well.
    let snapshot = store.snapshot();
    drop(store);
    assert!(matches!(refusal(dir.path()), OpenError::Locked { .. }));
    drop(snapshot);
    open(&dir);
}

#[test]
fn a_newer_format_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(&dir));
    let format = dir.path().join("FORMAT");
    assert_eq!(fs::read_to_string(&format).unwrap(), "1\n");
    fs::write(&format, "2\n").unwrap();
    let error = refusal(dir.path());
    let text = error.to_string();
    assert!(text.ends_with("has format version 2; this release reads version 1"), "{text}");
    assert_eq!(fs::read_to_string(&format).unwrap(), "2\n");
    fs::write(&format, "1\n").unwrap();
    open(&dir);
}

#[test]
fn a_format_that_is_no_number_or_missing_is_corruption() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(&dir));
    let format = dir.path().join("FORMAT");
    fs::write(&format, "").unwrap();
    assert!(matches!(refusal(dir.path()), OpenError::Corrupt { .. }));
    fs::remove_file(&format).unwrap();
    assert!(matches!(refusal(dir.path()), OpenError::Corrupt { .. }));
}

#[test]
fn a_crash_while_creating_is_survived() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("keyspace.new")).unwrap();
    fs::write(dir.path().join("keyspace.new/0.jnl"), "half").unwrap();
    fs::write(dir.path().join("FORMAT"), "1\n").unwrap();
    open(&dir);
    assert!(!dir.path().join("keyspace.new").exists());
}

#[test]
fn a_directory_that_cannot_be_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(refusal(&file), OpenError::Io { .. }));
    assert!(matches!(refusal(&file.join("below")), OpenError::Io { .. }));
}

#[test]
fn a_new_directory_is_private() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("some/where");
    drop(Store::open(&data, Options::default()).unwrap());
    assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
}
