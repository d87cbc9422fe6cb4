//! The JSON documents of an image, as far as they are used: OCI's and Docker's, which share their fields.

use serde::{Deserialize, Serialize};

use crate::{Digest, ImageError};

/// Manifests and configurations are small; whoever sends more has something else in mind.
pub(crate) const DOCUMENT_BYTES_MAX: u64 = 4 << 20;
/// More layers than AWS or any builder allows.
const LAYERS_MAX: usize = 127;

const INDEX: [&str; 2] =
    ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];
const MANIFEST: [&str; 2] =
    ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"];
const CONFIG: [&str; 2] =
    ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];
const LAYER: [&str; 5] = [
    "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.oci.image.layer.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar+zstd",
    "application/vnd.docker.image.rootfs.diff.tar",
    "application/vnd.docker.image.rootfs.diff.tar.gzip",
];

/// What a registry is asked for.
pub(crate) fn accepted() -> String {
    [INDEX, MANIFEST].concat().join(", ")
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Descriptor {
    #[serde(default)]
    pub(crate) media_type: String,
    pub(crate) digest: Digest,
    pub(crate) size: u64,
    pub(crate) platform: Option<Platform>,
    #[serde(default)]
    pub(crate) annotations: std::collections::BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Platform {
    pub(crate) architecture: String,
    pub(crate) os: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Index {
    pub(crate) manifests: Vec<Descriptor>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) config: Descriptor,
    pub(crate) layers: Vec<Descriptor>,
}

/// A list of images, or one.
pub(crate) enum Document {
    Index(Index),
    Manifest(Manifest),
}

impl Document {
    /// By the media type that the document states, else the one it came with, else its fields.
    pub(crate) fn parse(bytes: &[u8], media_type: Option<&str>) -> Result<Document, ImageError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Kind {
            media_type: Option<String>,
            manifests: Option<serde::de::IgnoredAny>,
            schema_version: u32,
        }
        let kind: Kind = parse("the image's manifest", bytes)?;
        if kind.schema_version != 2 {
            return Err(ImageError::Unsupported(format!("manifest schema {}", kind.schema_version)));
        }
        let stated = kind.media_type.as_deref().or(media_type).unwrap_or_default();
        if INDEX.contains(&stated) || (stated.is_empty() && kind.manifests.is_some()) {
            return Ok(Document::Index(parse("the image index", bytes)?));
        }
        if !stated.is_empty() && !MANIFEST.contains(&stated) {
            return Err(ImageError::Unsupported(format!("manifest media type {stated:?}")));
        }
        let manifest: Manifest = parse("the image's manifest", bytes)?;
        manifest.check()?;
        Ok(Document::Manifest(manifest))
    }
}

impl Manifest {
    fn check(&self) -> Result<(), ImageError> {
        check_layer_count(self.layers.len())?;
        if !CONFIG.contains(&self.config.media_type.as_str()) {
            return Err(ImageError::Unsupported(format!("config media type {:?}", self.config.media_type)));
        }
        match self.layers.iter().find(|layer| !LAYER.contains(&layer.media_type.as_str())) {
            Some(layer) => Err(ImageError::Unsupported(format!("layer media type {:?}", layer.media_type))),
            None => Ok(()),
        }
    }
}

pub(crate) fn check_layer_count(count: usize) -> Result<(), ImageError> {
    if count > LAYERS_MAX {
        return Err(ImageError::TooLarge(format!("the image has {count} layers, more than {LAYERS_MAX}")));
    }
    Ok(())
}

/// The image's configuration.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    #[serde(default)]
    pub(crate) architecture: String,
    #[serde(default)]
    pub(crate) os: String,
    pub(crate) config: Option<Process>,
    pub(crate) rootfs: RootFs,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct RootFs {
    pub(crate) diff_ids: Vec<Digest>,
}

/// What the image says about the process to run in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Process {
    /// `NAME=value`.
    #[serde(deserialize_with = "or_empty")]
    pub env: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    pub entrypoint: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    pub cmd: Vec<String>,
    #[serde(deserialize_with = "or_empty")]
    pub working_dir: String,
}

/// Builders write `null` for what is empty.
fn or_empty<'de, D: serde::Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

pub(crate) fn parse<'a, T: Deserialize<'a>>(what: &str, bytes: &'a [u8]) -> Result<T, ImageError> {
    serde_json::from_slice(bytes).map_err(|error| ImageError::Invalid(format!("{what}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_and_absent_members_are_empty() {
        let text = br#"{"Env":null,"Cmd":["a"],"User":"x"}"#;
        let process: Process = serde_json::from_slice(text).unwrap();
        assert_eq!(process, Process { cmd: vec!["a".into()], ..Process::default() });
    }

    #[test]
    fn artifacts_are_no_images() {
        let text = format!(
            r#"{{"schemaVersion":2,"config":{{"mediaType":"application/vnd.x","size":1,"digest":"{0}"}},"layers":[]}}"#,
            Digest::of(b"")
        );
        let error = Document::parse(text.as_bytes(), Some(MANIFEST[0])).err().unwrap();
        assert_eq!(error, ImageError::Unsupported(r#"config media type "application/vnd.x""#.into()));
        assert!(Document::parse(br#"{"schemaVersion":1}"#, None).is_err());
    }
}
