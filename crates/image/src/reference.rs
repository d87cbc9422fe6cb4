//! The name of an image: `host[:port]/repository[:tag][@digest]`.

use std::fmt;
use std::str::FromStr;

use crate::{Digest, ImageError};

/// A parsed image name. The host is required: there is no default registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// With the port, if one was given.
    pub host: String,
    /// Path components of lower-case letters, digits, `.`, `_` and `-`, each beginning with a letter or digit.
    pub repository: String,
    /// `latest` when neither tag nor digest was given.
    pub tag: Option<String>,
    pub digest: Option<Digest>,
}

impl Reference {
    /// The name with a digest in place of the tag.
    pub fn pinned(&self, digest: &Digest) -> String {
        format!("{}/{}@{digest}", self.host, self.repository)
    }

    /// Whether a repository of this name can be addressed.
    pub fn is_repository(text: &str) -> bool {
        text.len() <= 255 && text.split('/').all(is_component)
    }

    pub fn is_tag(text: &str) -> bool {
        let first = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let other = |byte: u8| first(byte) || byte == b'.' || byte == b'-';
        (1..=128).contains(&text.len()) && first(text.as_bytes()[0]) && text.bytes().all(other)
    }
}

fn is_component(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.bytes().next().is_some_and(plain)
        && text.bytes().all(|byte| plain(byte) || matches!(byte, b'.' | b'_' | b'-'))
}

fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    let is_name = !name.is_empty()
        && name.len() <= 255
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
        && !name.starts_with(['.', '-']);
    let is_registry = name == "localhost" || name.contains('.') || port.is_some();
    is_name && is_registry && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

impl FromStr for Reference {
    type Err = ImageError;

    fn from_str(text: &str) -> Result<Reference, ImageError> {
        let wrong = || ImageError::Invalid(format!("{text:?} is not an image name (host/repository:tag)"));
        let (host, rest) = text.split_once('/').ok_or_else(wrong)?;
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.parse::<Digest>()?)),
            None => (rest, None),
        };
        let (repository, tag) = match rest.split_once(':') {
            Some((repository, tag)) => (repository, Some(tag.to_owned())),
            None if digest.is_some() => (rest, None),
            None => (rest, Some("latest".to_owned())),
        };
        let is_valid = is_host(host)
            && Reference::is_repository(repository)
            && tag.as_deref().is_none_or(Reference::is_tag);
        if !is_valid {
            return Err(wrong());
        }
        Ok(Reference { host: host.to_owned(), repository: repository.to_owned(), tag, digest })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.host, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_and_written_back() {
        let digest = format!("sha256:{}", "ab".repeat(32));
        for (text, repository, tag) in [
            ("localhost/shop/orders:v1".to_owned(), "shop/orders", Some("v1")),
            ("127.0.0.1:5000/a:b".to_owned(), "a", Some("b")),
            ("000000000000.dkr.ecr.us-east-1.localhost/fn:1.0".to_owned(), "fn", Some("1.0")),
            (format!("ghcr.io/x/y@{digest}"), "x/y", None),
            (format!("ghcr.io/x/y:1@{digest}"), "x/y", Some("1")),
        ] {
            let parsed: Reference = text.parse().unwrap();
            assert_eq!((parsed.repository.as_str(), parsed.tag.as_deref()), (repository, tag));
            assert_eq!(parsed.to_string(), text);
        }
        assert_eq!("localhost/a".parse::<Reference>().unwrap().tag.as_deref(), Some("latest"));
    }

    #[test]
    fn names_cannot_lead_elsewhere() {
        for text in [
            "",
            "a",
            "a/b:c",
            "localhost/",
            "localhost/../b:c",
            "localhost/.b:c",
            "localhost/a:../c",
            "localhost/a//b:c",
            "localhost/a:",
            "localhost/A:b",
            "local host/a:b",
            "h.x:99999/a:b",
            "-a.b/c:d",
            "localhost/a@sha256:00",
            "http://h.x/a:b",
        ] {
            assert!(text.parse::<Reference>().is_err(), "{text}");
        }
    }
}
