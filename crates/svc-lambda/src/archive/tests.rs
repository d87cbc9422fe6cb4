//! Packages of every hostile shape, built byte by byte where no honest writer would make them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::*;

/// An entry written without any check.
#[derive(Clone)]
pub(crate) struct Raw<'a> {
    name: &'a [u8],
    content: &'a [u8],
    mode: u32,
    /// 0 stored, 8 deflated.
    method: u16,
    flags: u16,
    /// What the headers claim, where it isn't the truth.
    claimed_size: Option<u32>,
    crc: Option<u32>,
}

impl<'a> Raw<'a> {
    fn file(name: &'a str, content: &'a str) -> Raw<'a> {
        Raw::mode(name, content, 0o100_644)
    }

    fn mode(name: &'a str, content: &'a str, mode: u32) -> Raw<'a> {
        let (name, content) = (name.as_bytes(), content.as_bytes());
        Raw { name, content, mode, method: 0, flags: 0, claimed_size: None, crc: None }
    }
}

fn raw(entries: &[Raw<'_>]) -> Vec<u8> {
    let (mut out, mut directory) = (vec![], vec![]);
    for entry in entries {
        let offset = out.len() as u32;
        let crc = entry.crc.unwrap_or_else(|| crc32fast::hash(entry.content));
        let mut shared = vec![];
        for field in [20, entry.flags, entry.method, 0, 0x21] {
            shared.extend_from_slice(&u16::to_le_bytes(field));
        }
        let size = entry.content.len() as u32;
        for field in [crc, size, entry.claimed_size.unwrap_or(size)] {
            shared.extend_from_slice(&field.to_le_bytes());
        }
        shared.extend_from_slice(&(entry.name.len() as u16).to_le_bytes());
        shared.extend_from_slice(&[0; 2]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&shared);
        out.extend_from_slice(entry.name);
        out.extend_from_slice(entry.content);
        directory.extend_from_slice(b"PK\x01\x02\x14\x03");
        directory.extend_from_slice(&shared);
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&(entry.mode << 16).to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(entry.name);
    }
    let (start, count) = (out.len() as u32, entries.len() as u16);
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for field in [count, count] {
        out.extend_from_slice(&field.to_le_bytes());
    }
    for field in [directory.len() as u32, start] {
        out.extend_from_slice(&field.to_le_bytes());
    }
    out.extend_from_slice(&[0; 2]);
    out
}

/// A zip as an honest tool writes it.
fn deflated(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in files {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The unpacked tree: path → mode and content (or link target).
fn tree(zip: &[u8]) -> Result<BTreeMap<String, String>, unpack::UnpackError> {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("code");
    let unpacked = unpack(zip, &dir.path().join(".scratch"), &target);
    assert!(!dir.path().join(".scratch").exists(), "nothing is left behind");
    assert_eq!(target.exists(), unpacked.is_ok());
    let size = unpacked?;
    assert_eq!(check(zip), Ok(size));
    let mut found = BTreeMap::new();
    list(&target, &target, &mut found);
    Ok(found)
}

fn list(root: &Path, dir: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let meta = fs::symlink_metadata(&path).unwrap();
        let mode = meta.permissions().mode() & 0o7777;
        if meta.is_symlink() {
            found.insert(name, format!("-> {}", fs::read_link(&path).unwrap().display()));
        } else if meta.is_dir() {
            found.insert(format!("{name}/"), format!("{mode:o}"));
            list(root, &path, found);
        } else {
            found.insert(name, format!("{mode:o} {}", fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn an_honest_package_is_unpacked_as_it_is() {
    let zip = raw(&[
        Raw::mode("bin/", "", 0o040_700),
        Raw::mode("bin/tool", "run", 0o100_700),
        Raw::mode("current", "bin/tool", 0o120_777),
        Raw::mode("lib/deep/a.py", "a = 1", 0o100_600),
        Raw::mode("lib/up", "../bin", 0o120_777),
        Raw::file("./dot//main.py", "x"),
        // Unflagged UTF-8, as macOS writes it.
        Raw::file("größe.txt", "ü"),
        Raw::file("back\\slash", ""),
    ]);
    let expected = [
        ("back\\slash", "644 "),
        ("bin/", "755"),
        ("bin/tool", "755 run"),
        ("current", "-> bin/tool"),
        ("dot/", "755"),
        ("dot/main.py", "644 x"),
        ("größe.txt", "644 ü"),
        ("lib/", "755"),
        ("lib/deep/", "755"),
        ("lib/deep/a.py", "644 a = 1"),
        ("lib/up", "-> ../bin"),
    ];
    let expected: BTreeMap<String, String> =
        expected.map(|(path, what)| (path.to_owned(), what.to_owned())).into();
    assert_eq!(tree(&zip).unwrap(), expected);
}

#[test]
fn deflated_entries_are_inflated() {
    let zip = deflated(&[("main.py", b"print(1)".repeat(1000))]);
    assert!(zip.len() < 1000);
    assert_eq!(check(&zip), Ok(8000));
    assert_eq!(tree(&zip).unwrap()["main.py"].len(), "644 ".len() + 8000);
}

#[test]
fn hostile_and_damaged_packages_are_refused() {
    let honest = raw(&[Raw::file("main.py", "print(1)")]);
    let long_name = "x".repeat(256);
    let long_path = "d/".repeat(3000) + "f";
    let encrypted = Raw { flags: 1, ..Raw::file("a", "secretsecretsecret") };
    let bzip2 = Raw { method: 12, ..Raw::file("a", "BZh9") };
    let wrong_crc = Raw { crc: Some(1), ..Raw::file("a", "x") };
    let bad_deflate = Raw { method: 8, ..Raw::file("a", "this is not a deflate stream") };
    let short = Raw { claimed_size: Some(1_000_000), method: 8, ..Raw::file("a", "\x03\0") };
    let mut flipped = deflated(&[("a", (0..100_000u32).map(|i| (i.wrapping_mul(i) >> 3) as u8).collect())]);
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x55;
    for (what, zip) in [
        ("text", b"this is not a zip".to_vec()),
        ("only a signature", b"PK\x05\x06".to_vec()),
        ("truncated", honest[..honest.len() - 5].to_vec()),
        ("beginning cut off", honest[20..].to_vec()),
        ("only the directory", honest[45..].to_vec()),
        ("traversal", raw(&[Raw::file("../evil", "x")])),
        ("traversal in the middle", raw(&[Raw::file("a/../../evil", "x")])),
        ("traversal by a directory", raw(&[Raw::mode("../evil/", "", 0o040_755)])),
        ("absolute", raw(&[Raw::file("/etc/cron.d/evil", "x")])),
        ("NUL in a name", raw(&[Raw::file("a\0b", "x")])),
        ("no name", raw(&[Raw::file("", "x")])),
        ("only a dot", raw(&[Raw::file(".", "x")])),
        ("long name", raw(&[Raw::file(&long_name, "x")])),
        ("long path", raw(&[Raw::file(&long_path, "x")])),
        ("absolute link", raw(&[Raw::mode("a", "/etc/passwd", 0o120_777)])),
        ("link outside", raw(&[Raw::mode("d/a", "../../x", 0o120_777)])),
        ("link through a link", raw(&[Raw::mode("d", ".", 0o120_777), Raw::mode("a", "d/..", 0o120_777)])),
        ("file below a link", raw(&[Raw::mode("d", "e", 0o120_777), Raw::file("d/f", "x")])),
        ("file below a link, other order", raw(&[Raw::file("d/f", "x"), Raw::mode("d", "e", 0o120_777)])),
        ("file below a file", raw(&[Raw::file("d", "x"), Raw::file("d/f", "x")])),
        ("same name twice", raw(&[Raw::file("a", "x"), Raw::file("a", "y")])),
        ("same path twice", raw(&[Raw::file("a", "x"), Raw::file("./a", "y")])),
        ("file and directory", raw(&[Raw::file("a", "x"), Raw::mode("a/", "", 0o040_755)])),
        ("device", raw(&[Raw::mode("a", "", 0o020_666)])),
        ("pipe", raw(&[Raw::mode("a", "", 0o010_666)])),
        ("encrypted", raw(&[encrypted])),
        ("unknown compression", raw(&[bzip2])),
        ("wrong checksum", raw(&[wrong_crc])),
        ("not deflate", raw(&[bad_deflate])),
        ("shorter than it claims", raw(&[short])),
        ("a flipped bit", flipped),
    ] {
        let refused = check(&zip).expect_err(what);
        assert!(matches!(refused, Refusal::Unreadable(_)), "{what}: {refused:?}");
        assert_eq!(
            refused.to_string(),
            "Could not unzip uploaded file. Please check your file, then try to upload again."
        );
        assert!(matches!(tree(&zip), Err(unpack::UnpackError::Refused(_))), "{what}");
    }
}

#[test]
fn empty_packages_are_refused() {
    for zip in [vec![], raw(&[])] {
        assert_eq!(check(&zip), Err(Refusal::Empty));
        assert!(matches!(tree(&zip), Err(unpack::UnpackError::Refused(Refusal::Empty))));
    }
}

#[test]
fn bombs_are_stopped_by_what_comes_out_of_them() {
    let chunk = vec![0; 64 * 1024 * 1024];
    let files: Vec<_> = ["a", "b", "c", "d"].into_iter().map(|name| (name, chunk.clone())).collect();
    let mut zip = deflated(&files);
    assert!(zip.len() < 1024 * 1024, "a thousandth of what it unpacks to");
    assert_eq!(check(&zip), Err(Refusal::TooLarge));
    assert_eq!(Refusal::TooLarge.to_string(), "Unzipped size must be smaller than 262144000 bytes");
    // The same with headers that claim one byte each: the size in the directory lies 24 bytes after its signature.
    let honest_size = 0x0400_0000u32.to_le_bytes();
    let entries: Vec<_> = (0..zip.len() - 4).filter(|at| zip[*at..].starts_with(b"PK\x01\x02")).collect();
    for at in entries {
        assert_eq!(zip[at + 24..at + 28], honest_size);
        zip[at + 24..at + 28].copy_from_slice(&1u32.to_le_bytes());
    }
    assert!(matches!(check(&zip), Err(Refusal::TooLarge | Refusal::Unreadable(_))));
}

#[test]
fn unpacking_what_somebody_else_unpacked_meanwhile_keeps_theirs() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("code");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("theirs"), "x").unwrap();
    unpack(&raw(&[Raw::file("ours", "x")]), &dir.path().join(".scratch"), &target).unwrap();
    assert!(target.join("theirs").exists() && !target.join("ours").exists());
    assert!(!dir.path().join(".scratch").exists());
}
