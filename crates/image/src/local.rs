//! Images in files: an OCI layout, as a directory or as a tar, and what `docker save` wrote before it became one.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::document::{self, Config, DOCUMENT_BYTES_MAX, Index};
use crate::manifest::{Found, Place};
use crate::{Digest, ImageError};

/// Members of an archive that are listed; an image has a few per layer.
const MEMBERS_MAX: usize = 10_000;
const LINKS_MAX: usize = 8;

pub(crate) enum Local {
    Directory(PathBuf),
    Archive { path: PathBuf, members: HashMap<String, Member> },
}

pub(crate) enum Member {
    /// Offset and size of its content in the archive.
    File(u64, u64),
    /// Another member, relative to the directory of this one: Docker wrote equal layers once.
    Link(String),
}

/// An entry of `manifest.json`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DockerImage {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

impl Local {
    /// A directory with an OCI layout, or an archive.
    pub(crate) fn open(path: &Path) -> Result<Local, ImageError> {
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => ImageError::NotFound(format!("{} does not exist", path.display())),
            _ => ImageError::disk(&path.display().to_string(), &error),
        };
        if path.metadata().map_err(failed)?.is_dir() {
            return Ok(Local::Directory(path.to_owned()));
        }
        let members = list(File::open(path).map_err(failed)?)
            .map_err(|error| ImageError::from_stream(&path.display().to_string(), error))?;
        Ok(Local::Archive { path: path.to_owned(), members })
    }

    /// A file of it, and its size.
    pub(crate) fn read(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), ImageError> {
        let missing = || ImageError::NotFound(format!("{name} is missing from the image"));
        let disk = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => missing(),
            _ => ImageError::disk(name, &error),
        };
        match self {
            Local::Directory(dir) => {
                let file = File::open(dir.join(name)).map_err(disk)?;
                let size = file.metadata().map_err(disk)?.len();
                Ok((Box::new(file), size))
            }
            Local::Archive { path, members } => {
                let (offset, size) = find(members, name).ok_or_else(missing)?;
                let mut file = File::open(path).map_err(disk)?;
                file.seek(SeekFrom::Start(offset)).map_err(disk)?;
                Ok((Box::new(file.take(size)), size))
            }
        }
    }

    /// A document.
    pub(crate) fn small(&self, name: &str) -> Result<Vec<u8>, ImageError> {
        let (reader, size) = self.read(name)?;
        if size > DOCUMENT_BYTES_MAX {
            return Err(ImageError::TooLarge(format!("{name} has {size} bytes")));
        }
        let mut bytes = Vec::new();
        let read = reader.take(DOCUMENT_BYTES_MAX).read_to_end(&mut bytes);
        read.map_err(|error| ImageError::disk(name, &error))?;
        Ok(bytes)
    }

    /// Whether it holds the image of this digest; cheap, so that many can be asked.
    pub(crate) fn has(&self, digest: &Digest, architecture: &str) -> bool {
        let is_blob = self.read(&crate::manifest::blob_name(digest)).is_ok();
        is_blob || self.docker_archive(None, Some(digest), architecture).is_ok_and(|found| found.is_some())
    }

    pub(crate) fn index(&self) -> Result<Index, ImageError> {
        document::parse("index.json", &self.small("index.json")?)
    }

    /// The image of an old archive; `None` when this is not one. Its digest is that of its configuration, which
    /// names the digests of all layers: what Docker calls the image id.
    pub(crate) fn docker_archive(
        &self,
        tag: Option<&str>,
        digest: Option<&Digest>,
        architecture: &str,
    ) -> Result<Option<Found>, ImageError> {
        let Local::Archive { members, .. } = self else { return Ok(None) };
        if find(members, "index.json").is_some() || find(members, "manifest.json").is_none() {
            return Ok(None);
        }
        let images: Vec<DockerImage> = document::parse("manifest.json", &self.small("manifest.json")?)?;
        let carries = |image: &&DockerImage| {
            let tags = image.repo_tags.iter().flatten();
            tags.filter_map(|name| name.rsplit_once(':')).any(|(_, own)| Some(own) == tag)
        };
        let image = match &images[..] {
            [one] => Some(one),
            several => several.iter().find(carries),
        };
        let image =
            image.ok_or_else(|| ImageError::NotFound("no image of the archive has this tag".into()))?;
        let bytes = self.small(&image.config)?;
        let own = Digest::of(&bytes);
        if let Some(digest) = digest.filter(|digest| **digest != own) {
            return Err(ImageError::NotFound(format!("the archive holds {own}, not {digest}")));
        }
        let config: Config = document::parse("the image's configuration", &bytes)?;
        let places = image.layers.iter().cloned().map(Place::Member).collect();
        Found::new(own, config, places, architecture).map(Some)
    }
}

fn find(members: &HashMap<String, Member>, name: &str) -> Option<(u64, u64)> {
    let mut name = name.to_owned();
    for _ in 0..LINKS_MAX {
        match members.get(&name)? {
            Member::File(offset, size) => return Some((*offset, *size)),
            Member::Link(target) => {
                let dir = name.rsplit_once('/').map_or("", |(dir, _)| dir);
                name = normalise(&format!("{dir}/{target}"));
            }
        }
    }
    None
}

/// Only a key into the list of members: it cannot lead out of the archive.
fn normalise(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Reads the headers, skipping contents.
fn list(file: File) -> io::Result<HashMap<String, Member>> {
    let mut archive = tar::Archive::new(file);
    let mut members = HashMap::new();
    for entry in archive.entries_with_seek()? {
        let entry = entry?;
        let name = normalise(&String::from_utf8_lossy(&entry.path_bytes()));
        let member = match entry.header().entry_type() {
            tar::EntryType::Regular | tar::EntryType::Continuous => {
                Member::File(entry.raw_file_position(), entry.size())
            }
            tar::EntryType::Symlink | tar::EntryType::Link => match entry.link_name_bytes() {
                Some(target) => Member::Link(String::from_utf8_lossy(&target).into_owned()),
                None => continue,
            },
            _ => continue,
        };
        members.insert(name, member);
        if members.len() > MEMBERS_MAX {
            return Err(ImageError::TooLarge("the archive has too many members".into()).carried());
        }
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_members_and_not_in_circles() {
        let members = HashMap::from([
            ("a/layer.tar".to_owned(), Member::File(512, 3)),
            ("b/layer.tar".to_owned(), Member::Link("../a/layer.tar".into())),
            ("c/layer.tar".to_owned(), Member::Link("../c/layer.tar".into())),
            ("d/layer.tar".to_owned(), Member::Link("../../../etc/passwd".into())),
        ]);
        assert_eq!(find(&members, "b/layer.tar"), Some((512, 3)));
        assert_eq!(find(&members, "c/layer.tar"), None);
        assert_eq!(find(&members, "d/layer.tar"), None);
    }
}
