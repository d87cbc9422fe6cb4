//! From an image's name in some source to the one manifest for this host's processor, checked against its digests.

use crate::document::{self, Config, DOCUMENT_BYTES_MAX, Descriptor, Document, Index};
use crate::local::Local;
use crate::registry::Remote;
use crate::{Digest, ImageError};

/// Indexes may contain indexes, but nobody needs many.
const DEPTH_MAX: u32 = 3;

/// Where an image's documents and layers are.
pub(crate) enum Source {
    Local(Local),
    Registry(Box<Remote>),
}

/// One layer, from the bottom.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) place: Place,
    /// Of the layer as decompressed.
    pub(crate) diff_id: Digest,
}

#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// By digest and size, as stored.
    Blob(Digest, u64),
    /// A member of an old `docker save` archive, which has no digest but its `diff_id`.
    Member(String),
}

/// An image that exists.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) digest: Digest,
    pub(crate) config: Config,
    pub(crate) layers: Vec<Layer>,
}

impl Found {
    pub(crate) fn new(
        digest: Digest,
        config: Config,
        places: Vec<Place>,
        architecture: &str,
    ) -> Result<Found, ImageError> {
        document::check_layer_count(places.len())?;
        let diff_ids = config.rootfs.diff_ids.clone();
        if diff_ids.len() != places.len() {
            return Err(ImageError::invalid(format!(
                "the image has {} layers and its configuration names {}",
                places.len(),
                diff_ids.len()
            )));
        }
        if config.os != "linux" || config.architecture != architecture {
            return Err(ImageError::Unsupported(format!(
                "the image is for {}/{}, and this host runs linux/{architecture}",
                config.os, config.architecture
            )));
        }
        let layers = places.into_iter().zip(diff_ids).map(|(place, diff_id)| Layer { place, diff_id });
        Ok(Found { digest, layers: layers.collect(), config })
    }
}

impl Source {
    /// The image of this tag or digest, for this processor (`amd64` or `arm64`).
    pub(crate) async fn find(
        &self,
        tag: Option<&str>,
        digest: Option<&Digest>,
        architecture: &str,
    ) -> Result<Found, ImageError> {
        if let Source::Local(local) = self
            && let Some(found) = local.docker_archive(tag, digest, architecture)?
        {
            return Ok(found);
        }
        let (mut bytes, mut media_type) = match (self, digest, tag) {
            (_, Some(digest), _) => self.document(digest).await?,
            (Source::Local(local), None, tag) => {
                let wanted = choose_in_layout(&local.index()?, tag, architecture)?;
                self.document(&wanted).await?
            }
            (Source::Registry(remote), None, tag) => remote.manifest(tag.unwrap_or("latest")).await?,
        };
        for _ in 0..DEPTH_MAX {
            let manifest = match Document::parse(&bytes, media_type.as_deref())? {
                Document::Manifest(manifest) => manifest,
                Document::Index(index) => {
                    let chosen = choose_by_platform(index.manifests.iter(), architecture)?;
                    (bytes, media_type) = self.document(&chosen).await?;
                    continue;
                }
            };
            let config = self.blob(&manifest.config).await?;
            let config = document::parse("the image's configuration", &config)?;
            let places = manifest.layers.iter().map(|layer| Place::Blob(layer.digest.clone(), layer.size));
            return Found::new(Digest::of(&bytes), config, places.collect(), architecture);
        }
        Err(ImageError::invalid("the image index is nested too deeply"))
    }

    /// A manifest or index, verified.
    async fn document(&self, digest: &Digest) -> Result<(Vec<u8>, Option<String>), ImageError> {
        let (bytes, media_type) = match self {
            Source::Local(local) => (local.small(&blob_name(digest))?, None),
            Source::Registry(remote) => remote.manifest(&digest.to_string()).await?,
        };
        verify(digest, &bytes)?;
        Ok((bytes, media_type))
    }

    async fn blob(&self, descriptor: &Descriptor) -> Result<Vec<u8>, ImageError> {
        if descriptor.size > DOCUMENT_BYTES_MAX {
            return Err(ImageError::TooLarge(format!("a document of {} bytes", descriptor.size)));
        }
        let bytes = match self {
            Source::Local(local) => local.small(&blob_name(&descriptor.digest))?,
            Source::Registry(remote) => remote.small_blob(&descriptor.digest).await?,
        };
        verify(&descriptor.digest, &bytes)?;
        Ok(bytes)
    }
}

/// Where a layout keeps a blob.
pub(crate) fn blob_name(digest: &Digest) -> String {
    format!("blobs/sha256/{}", digest.hex())
}

fn verify(digest: &Digest, bytes: &[u8]) -> Result<(), ImageError> {
    let actual = Digest::of(bytes);
    if actual != *digest {
        return Err(ImageError::invalid(format!("{digest} is stated and {actual} was found")));
    }
    Ok(())
}

/// A layout may hold several images: those that carry the tag, or all when none does.
fn choose_in_layout(index: &Index, tag: Option<&str>, architecture: &str) -> Result<Digest, ImageError> {
    let carries = |descriptor: &&Descriptor| {
        let name = descriptor.annotations.get("org.opencontainers.image.ref.name");
        tag.is_some_and(|tag| {
            name.is_some_and(|name| name == tag || name.rsplit_once(':').is_some_and(|(_, last)| last == tag))
        })
    };
    let tagged: Vec<_> = index.manifests.iter().filter(carries).collect();
    let candidates = if tagged.is_empty() { index.manifests.iter().collect() } else { tagged };
    match &candidates[..] {
        [] => Err(ImageError::NotFound("the layout holds no image".into())),
        [one] => Ok(one.digest.clone()),
        _ => choose_by_platform(candidates.into_iter(), architecture),
    }
}

fn choose_by_platform<'a>(
    candidates: impl Iterator<Item = &'a Descriptor>,
    architecture: &str,
) -> Result<Digest, ImageError> {
    let fits = |descriptor: &&Descriptor| {
        descriptor
            .platform
            .as_ref()
            .is_some_and(|platform| platform.os == "linux" && platform.architecture == architecture)
    };
    let mut fitting = candidates.filter(fits);
    let chosen = fitting.next();
    let chosen = chosen.ok_or_else(|| {
        ImageError::Unsupported(format!("there is no image for linux/{architecture} among them"))
    })?;
    Ok(chosen.digest.clone())
}
