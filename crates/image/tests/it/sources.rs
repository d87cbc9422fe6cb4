//! What layers do to each other, and how one image is made once and removed.

use std::fs;

use image::{Digest, ImageError, Reference};

use crate::support::{Bench, Tar, contents};

#[tokio::test]
async fn upper_layers_replace_and_hide_lower_ones() {
    let bench = Bench::new();
    let lower = Tar::default()
        .dir("keep")
        .file("keep/a", "lower")
        .file("gone", "x")
        .dir("opaque")
        .file("opaque/old", "x")
        .dir("tree")
        .file("tree/deep/x", "x")
        .file("becomes-dir", "x")
        .dir("becomes-file")
        .file("becomes-file/x", "x");
    let upper = Tar::default()
        .file("keep/b", "upper")
        .file(".wh.gone", "")
        .file("opaque/new", "mine")
        // After what the layer itself brings: only lower layers are hidden.
        .file("opaque/.wh..wh..opq", "")
        .file("tree/own", "mine")
        .file(".wh.tree", "")
        .file("becomes-dir/x", "y")
        .file("becomes-file", "y")
        .file(".wh..wh.plnk", "")
        .file(".wh.never-there", "");
    // A file cannot contain another unless it is replaced first.
    assert!(matches!(bench.unpack(vec![lower, upper]).await, Err(ImageError::Invalid(_))));

    let lower = Tar::default().dir("keep").file("keep/a", "lower").file("gone", "x").file("opaque/old", "x");
    let lower = lower.file("tree/deep/x", "x").file("becomes-dir", "x").file("becomes-file/x", "x");
    let upper = Tar::default().file("keep/b", "upper").file(".wh.gone", "").file("opaque/new", "mine");
    let upper = upper.file("opaque/.wh..wh..opq", "").file("tree/own", "mine").file(".wh.tree", "");
    let upper = upper
        .dir("becomes-dir")
        .file("becomes-dir/x", "y")
        .file("becomes-file", "y")
        .file(".wh..wh.plnk", "");
    let unpacked = bench.unpack(vec![lower, upper]).await.unwrap();
    assert_eq!(unpacked.process.cmd, ["/run"]);
    assert_eq!(
        contents(&unpacked.root),
        [
            "becomes-dir/",
            "becomes-dir/x=y",
            "becomes-file=y",
            "keep/",
            "keep/a=lower",
            "keep/b=upper",
            "opaque/",
            "opaque/new=mine",
            "tree/",
            "tree/own=mine",
        ]
    );
    let modified = fs::metadata(unpacked.root.join("keep/a")).unwrap().modified().unwrap();
    assert_eq!(modified.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs(), 1_700_000_000);
}

#[tokio::test]
async fn one_image_is_made_once_and_removed_on_request() {
    let bench = Bench::new();
    let tar = Tar::default().file("a", "b").bytes();
    let layout = bench.layout(&[(tar.clone(), tar)]);
    let (reference, digest) = bench.resolve().await.unwrap();
    let work: Vec<_> = (0..8)
        .map(|_| {
            let (images, reference, digest) = (bench.images.clone(), reference.clone(), digest.clone());
            tokio::spawn(async move { images.unpacked(&reference, &digest).await.unwrap() })
        })
        .collect();
    let mut made = Vec::new();
    for one in work {
        made.push(one.await.unwrap());
    }
    assert!(made.windows(2).all(|pair| pair[0] == pair[1]));
    // The source is not needed any more.
    fs::remove_dir_all(layout).unwrap();
    assert_eq!(bench.images.unpacked(&reference, &digest).await.unwrap(), made[0]);
    // What a crash left half made goes at the next start.
    fs::create_dir_all(bench.dir.path().join("images/.new-left/root")).unwrap();
    assert_eq!(bench.images.tidy().await.unwrap(), std::slice::from_ref(&digest));
    bench.assert_tidy();
    bench.images.remove(&digest).await.unwrap();
    bench.images.remove(&digest).await.unwrap();
    assert!(matches!(bench.images.unpacked(&reference, &digest).await, Err(ImageError::NotFound(_))));
    assert_eq!(bench.images.tidy().await.unwrap(), []);
}

#[tokio::test]
async fn compression_is_recognised_and_digests_address() {
    use std::io::Write;
    let bench = Bench::new();
    let plain = Tar::default().file("a", "b").bytes();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&plain).unwrap();
    let gzip = encoder.finish().unwrap();
    let fast = ruzstd::encoding::CompressionLevel::Fastest;
    let half = plain.len() / 2;
    // Two frames, as parallel compressors write.
    let zstd =
        [&plain[..half], &plain[half..]].map(|part| ruzstd::encoding::compress_to_vec(part, fast)).concat();
    for stored in [plain.clone(), gzip, zstd] {
        bench.layout(&[(plain.clone(), stored)]);
        let (reference, digest) = bench.resolve().await.unwrap();
        let unpacked = bench.images.unpacked(&reference, &digest).await.unwrap();
        assert_eq!(contents(&unpacked.root), ["a=b"]);
        let pinned: Reference = reference.pinned(&digest).parse().unwrap();
        assert_eq!(bench.images.resolve(&pinned).await.unwrap(), digest);
    }
    let other = Digest::from_hex(&"00".repeat(32)).unwrap();
    let unknown: Reference = format!("localhost/x@{other}").parse().unwrap();
    assert!(matches!(bench.images.resolve(&unknown).await, Err(ImageError::NotFound(_))));
}
