//! Layers that try to write, read or hide what is not theirs.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use image::{ImageError, Limits};

use crate::support::{Bench, Tar, contents};

async fn refused(layers: Vec<Tar>) -> String {
    let bench = Bench::new();
    let error = bench.unpack(layers).await.unwrap_err();
    assert!(matches!(error, ImageError::Invalid(_)), "{error:?}");
    bench.assert_untouched();
    bench.assert_tidy();
    error.to_string()
}

#[tokio::test]
async fn names_that_lead_up_are_refused() {
    for name in ["../outside/new", "a/../../outside/new", "..", "a/.."] {
        assert!(
            refused(vec![Tar::default().file(name, "x")]).await.contains("leads out of the image"),
            "{name}"
        );
    }
    for name in [".wh...", "a/.wh...", ".wh.", ".wh.."] {
        assert!(
            refused(vec![Tar::default().dir("a").file(name, "")]).await.contains("hides nothing"),
            "{name}"
        );
    }
    assert!(refused(vec![Tar::default().file("a/../.wh.x", "")]).await.contains("leads out"));
    assert!(refused(vec![Tar::default().link("a", "../outside/victim")]).await.contains("leads out"));
}

#[tokio::test]
async fn links_are_followed_inside_only() {
    let bench = Bench::new();
    let outside = bench.outside();
    // The second layer writes, links and hides through links that the first one planted.
    let first = Tar::default()
        .symlink("abs", &outside)
        .symlink("up", "../../../../../..")
        .dir("real")
        .symlink("in", "/real");
    let second = Tar::default()
        .file("in/file", "through a link")
        .file("up/top", "at the root")
        .file("abs/.wh.victim", "")
        .file("abs/.wh..wh..opq", "");
    let unpacked = bench.unpack(vec![first, second]).await.unwrap();
    bench.assert_untouched();
    let found = contents(&unpacked.root);
    assert!(found.contains(&"real/file=through a link".to_owned()), "{found:?}");
    assert!(found.contains(&"top=at the root".to_owned()), "{found:?}");

    // A dangling link is no directory.
    let layers = |second: Tar| vec![Tar::default().symlink("abs", &outside), second];
    let error = bench.unpack(layers(Tar::default().file("abs/new", "x"))).await.unwrap_err();
    assert!(matches!(error, ImageError::Invalid(_)), "{error:?}");
    // The link itself is replaced, not what it points to.
    let victim = format!("{outside}/victim");
    let layers = vec![Tar::default().symlink("f", &victim), Tar::default().file("f", "own")];
    let unpacked = bench.unpack(layers).await.unwrap();
    assert_eq!(contents(&unpacked.root), ["f=own"]);
    // A hard link to a link is a second link; to something outside, nothing.
    let error = bench.unpack(vec![Tar::default().link("h", &victim)]).await.unwrap_err();
    assert!(matches!(error, ImageError::Invalid(_)), "{error:?}");
    let layers = vec![Tar::default().symlink("s", &victim).link("h", "s").add(b'0', "h", "", 0o644, b"own")];
    let unpacked = bench.unpack(layers).await.unwrap();
    assert_eq!(contents(&unpacked.root), ["h=own".to_owned(), format!("s -> {victim}")]);
    bench.assert_untouched();
    bench.assert_tidy();
}

#[tokio::test]
async fn places_for_mounts_are_no_links() {
    let bench = Bench::new();
    let outside = bench.outside();
    let layer = Tar::default().symlink("etc", &outside).symlink("proc", "/").file("dev", "x");
    let unpacked = bench.unpack(vec![layer]).await.unwrap();
    for dir in ["etc", "proc", "dev"] {
        assert!(fs::symlink_metadata(unpacked.root.join(dir)).unwrap().is_dir(), "{dir}");
    }
    assert!(fs::symlink_metadata(unpacked.root.join("etc/hosts")).unwrap().is_file());
    let layer = Tar::default().dir("etc").symlink("etc/hosts", "/etc/other").file("etc/other", "kept");
    let unpacked = bench.unpack(vec![layer]).await.unwrap();
    assert!(fs::symlink_metadata(unpacked.root.join("etc/hosts")).unwrap().is_file());
    assert_eq!(fs::read_to_string(unpacked.root.join("etc/other")).unwrap(), "kept");
    bench.assert_untouched();
}

#[tokio::test]
async fn devices_and_privileges_do_not_arrive() {
    let bench = Bench::new();
    let layer = Tar::default()
        .add(b'3', "null", "", 0o666, b"")
        .add(b'4', "disk", "", 0o666, b"")
        .add(b'6', "pipe", "", 0o666, b"")
        .add(b'0', "sudo", "", 0o6755, b"x")
        .add(b'0', "secret", "", 0o000, b"x")
        .add(b'5', "closed", "", 0o000, b"");
    let unpacked = bench.unpack(vec![layer]).await.unwrap();
    assert_eq!(contents(&unpacked.root), ["closed/", "secret=x", "sudo=x"]);
    let mode = |name: &str| fs::metadata(unpacked.root.join(name)).unwrap().permissions().mode() & 0o7777;
    // Ours to read and remove, and nobody else's; others see what the image says.
    assert_eq!([mode("sudo"), mode("secret"), mode("closed")], [0o755, 0o600, 0o700]);
}

#[tokio::test]
async fn bombs_are_noticed_while_they_go_off() {
    use std::io::Write;
    let bench = Bench::with(Limits { bytes: 1 << 20, entries: 10 });
    let plain = Tar::default().add(b'0', "zeros", "", 0o644, &vec![0; 8 << 20]).bytes();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&plain).unwrap();
    let stored = encoder.finish().unwrap();
    assert!(stored.len() < 20_000);
    bench.layout(&[(plain, stored)]);
    let (reference, digest) = bench.resolve().await.unwrap();
    let error = bench.images.unpacked(&reference, &digest).await.unwrap_err();
    assert_eq!(error, ImageError::TooLarge("the image's layers are larger than 1048576 bytes".into()));
    bench.assert_tidy();

    let many = (0..11).fold(Tar::default(), |tar, n| tar.file(&n.to_string(), ""));
    let error = bench.unpack(vec![many]).await.unwrap_err();
    assert_eq!(error, ImageError::TooLarge("the image has more than 10 files".into()));

    // A name of megabytes is not read into memory.
    let bench = Bench::new();
    let name = Tar::default().add(b'L', "././@LongLink", "", 0o644, &vec![b'a'; 3 << 20]).file("x", "");
    assert!(matches!(bench.unpack(vec![name]).await, Err(ImageError::Invalid(_))));

    // Depth through links, which no single name shows.
    let deep = |prefix: &str| (0..200).fold(prefix.to_owned(), |path, _| path + "/d");
    let first = deep("a");
    let mut long = Tar::default();
    for (path, link) in [(first.as_str(), false), ("s", true), (&deep("s"), false)] {
        long = match link {
            true => long.add(b'K', "././@LongLink", "", 0o644, first.as_bytes()).symlink(path, "x"),
            false => long.add(b'L', "././@LongLink", "", 0o644, path.as_bytes()).dir("x"),
        };
    }
    let error = bench.unpack(vec![long]).await.unwrap_err();
    assert!(error.to_string().ends_with("is too deep"), "{error}");
    bench.assert_tidy();
}

#[tokio::test]
async fn broken_and_exchanged_layers_are_refused() {
    let bench = Bench::new();
    let tar = |text: &str| Tar::default().file("a", text).bytes();
    // The configuration speaks of another layer.
    bench.layout(&[(tar("stated"), tar("other"))]);
    let (reference, digest) = bench.resolve().await.unwrap();
    let error = bench.images.unpacked(&reference, &digest).await.unwrap_err();
    assert!(error.to_string().contains("is stated and"), "{error}");
    // The blob is not what its name says.
    let good = tar("good");
    let dir = bench.layout(&[(good.clone(), good.clone())]);
    let (reference, digest) = bench.resolve().await.unwrap();
    let blob = dir.join("blobs/sha256").join(crate::support::digest(&good).trim_start_matches("sha256:"));
    fs::write(&blob, tar("evil")).unwrap();
    assert!(matches!(bench.images.unpacked(&reference, &digest).await, Err(ImageError::Invalid(_))));
    fs::write(&blob, &good[..700]).unwrap();
    assert!(matches!(bench.images.unpacked(&reference, &digest).await, Err(ImageError::Invalid(_))));
    bench.assert_tidy();
    fs::write(&blob, &good).unwrap();
    assert!(bench.images.unpacked(&reference, &digest).await.is_ok());
}
