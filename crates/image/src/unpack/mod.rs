//! Layers become one directory tree. Everything in a layer is hostile until proven otherwise: names, links, sizes.

mod layer;
mod tree;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::digest::Hashing;
use crate::manifest::{Found, Layer, Place, blob_name};
use crate::{Digest, ImageError, local::Local};
use layer::Budget;
use tree::Tree;

/// What an image may cost. The defaults are AWS's 10 GB, and files enough for any distribution.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of all layers, decompressed, those that later layers hide included.
    pub bytes: u64,
    /// Files, directories and links of all layers.
    pub entries: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 10 << 30, entries: 2_000_000 }
    }
}

/// Directories and files that must exist in every root, because something is mounted on them.
#[derive(Clone, Debug, Default)]
pub(crate) struct MountPoints {
    pub(crate) dirs: Vec<PathBuf>,
    pub(crate) files: Vec<PathBuf>,
}

/// Where layers are read from.
pub(crate) enum Layers<'a> {
    Local(&'a Local),
    /// Blobs that were downloaded, and verified on the way, by digest.
    Downloaded(&'a Path),
}

impl Layers<'_> {
    fn open(&self, layer: &Layer) -> Result<Box<dyn Read + Send>, ImageError> {
        let name = match (&layer.place, self) {
            (Place::Blob(digest, _), Layers::Downloaded(dir)) => {
                let path = dir.join(digest.hex());
                let file =
                    File::open(&path).map_err(|e| ImageError::disk(&path.display().to_string(), &e))?;
                return Ok(Box::new(file));
            }
            (Place::Member(_), Layers::Downloaded(_)) => {
                return Err(ImageError::invalid("a registry's layers have digests"));
            }
            (Place::Blob(digest, _), Layers::Local(_)) => blob_name(digest),
            (Place::Member(name), Layers::Local(_)) => name.clone(),
        };
        let Layers::Local(local) = self else { unreachable!("the other case has returned") };
        local.read(&name).map(|(reader, _)| reader)
    }
}

/// Writes the image's files below `root`, an empty directory. Blocks. Returns the bytes of the layers.
pub(crate) fn unpack(
    found: &Found,
    layers: &Layers<'_>,
    root: &Path,
    limits: Limits,
    points: &MountPoints,
) -> Result<u64, ImageError> {
    let tree = Tree::open(root).map_err(|e| ImageError::disk("the image's directory", &e))?;
    let mut budget = Budget::new(limits);
    for layer in &found.layers {
        apply(&tree, layer, layers.open(layer)?, &mut budget)?;
    }
    for dir in &points.dirs {
        tree.mount_point(dir, true)?;
    }
    for file in &points.files {
        tree.mount_point(file, false)?;
    }
    tree.sync()?;
    Ok(budget.bytes_used())
}

fn apply(
    tree: &Tree,
    layer: &Layer,
    reader: Box<dyn Read + Send>,
    budget: &mut Budget,
) -> Result<(), ImageError> {
    let what = match &layer.place {
        Place::Blob(digest, _) => format!("layer {digest}"),
        Place::Member(name) => format!("layer {name}"),
    };
    let stream = |error| ImageError::from_stream(&what, error);
    let mut stored = Hashing::new(reader);
    let diff_id = {
        let plain = decompress(BufReader::with_capacity(1 << 16, &mut stored)).map_err(stream)?;
        let mut plain = Hashing::new(budget.limit(plain));
        layer::apply(tree, &mut plain, budget, &what)?;
        plain.finish().map_err(stream)?.0
    };
    expect(&what, &layer.diff_id, &diff_id)?;
    let (digest, size) = stored.finish().map_err(stream)?;
    if let Place::Blob(stated, stated_size) = &layer.place {
        expect(&what, stated, &digest)?;
        if size != *stated_size {
            return Err(ImageError::invalid(format!("{what} has {size} bytes and not {stated_size}")));
        }
    }
    Ok(())
}

fn expect(what: &str, stated: &Digest, actual: &Digest) -> Result<(), ImageError> {
    if stated == actual {
        return Ok(());
    }
    Err(ImageError::invalid(format!("{what}: {stated} is stated and {actual} was found")))
}

/// By the first bytes: media types are often wrong about it.
fn decompress<'a>(mut reader: impl io::BufRead + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let start = reader.fill_buf()?;
    if start.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(flate2::bufread::MultiGzDecoder::new(reader)));
    }
    if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Ok(Box::new(ZstdFrames { reader: Some(reader), frame: None }));
    }
    Ok(Box::new(reader))
}

/// The decoder reads one frame; tools that compress in parallel write many.
struct ZstdFrames<R: io::BufRead> {
    reader: Option<R>,
    frame: Option<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>,
}

impl<R: io::BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(frame) = &mut self.frame {
                let n = frame.read(buffer)?;
                if n > 0 {
                    return Ok(n);
                }
                self.reader = self.frame.take().map(|frame| frame.into_inner());
            }
            let Some(mut reader) = self.reader.take() else { return Ok(0) };
            if reader.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let frame = ruzstd::decoding::StreamingDecoder::new(reader);
            self.frame =
                Some(frame.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?);
        }
    }
}
