//! How a registry is told who asks: challenges, tokens, and the file with passwords.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use serde::Deserialize;

use crate::{ImageError, document};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Challenge {
    Basic,
    Bearer { realm: String, service: Option<String> },
}

impl Challenge {
    /// From a `WWW-Authenticate` header.
    pub(super) fn parse(header: &str) -> Option<Challenge> {
        let (scheme, parameters) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
        if scheme.eq_ignore_ascii_case("basic") {
            return Some(Challenge::Basic);
        }
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let (mut realm, mut service) = (None, None);
        let mut rest = parameters;
        while let Some((name, after)) = rest.split_once('=') {
            let (value, after) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => after.split_once(',').unwrap_or((after, "")),
            };
            match name.trim_matches([' ', ',']) {
                name if name.eq_ignore_ascii_case("realm") => realm = Some(value.to_owned()),
                name if name.eq_ignore_ascii_case("service") => service = Some(value.to_owned()),
                _ => {}
            }
            rest = after;
        }
        Some(Challenge::Bearer { realm: realm?, service })
    }
}

/// Asks for permission to pull, and no more, whatever scope the challenge names.
pub(super) fn token_url(realm: &str, service: Option<&str>, repository: &str) -> String {
    let separator = if realm.contains('?') { '&' } else { '?' };
    let service = service.map(|service| format!("service={}&", encode(service))).unwrap_or_default();
    format!("{realm}{separator}{service}scope={}", encode(&format!("repository:{repository}:pull")))
}

fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            // Writing to a string cannot fail.
            byte => drop(write!(encoded, "%{byte:02X}")),
        }
        encoded
    })
}

pub(super) fn basic((user, password): &(String, String)) -> Result<HeaderValue, ImageError> {
    secret(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
}

/// From a token server's answer.
pub(super) fn bearer(answer: &[u8]) -> Result<HeaderValue, ImageError> {
    #[derive(Deserialize)]
    struct Token {
        token: Option<String>,
        access_token: Option<String>,
    }
    let token: Token = document::parse("the token server's answer", answer)?;
    let token = token.token.or(token.access_token);
    secret(format!(
        "Bearer {}",
        token.ok_or_else(|| ImageError::Denied("the token server gives no token".into()))?
    ))
}

fn secret(text: String) -> Result<HeaderValue, ImageError> {
    let value = HeaderValue::try_from(text);
    let mut value =
        value.map_err(|_| ImageError::Denied("the credentials cannot be sent in a header".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// User and password for a registry from a file in the form of Docker's `config.json`.
pub(super) fn credentials(file: &Path, host: &str) -> Result<Option<(String, String)>, ImageError> {
    #[derive(Deserialize)]
    struct Config {
        #[serde(default)]
        auths: BTreeMap<String, Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        auth: Option<String>,
        username: Option<String>,
        password: Option<String>,
    }
    let shown = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| ImageError::disk(&shown, &error))?;
    let config: Config = document::parse(&shown, &bytes)?;
    // Docker writes its own registry as a URL.
    let names = |name: &str| {
        let name = name.split_once("://").map_or(name, |(_, rest)| rest);
        name.split('/').next() == Some(host)
    };
    let Some((_, entry)) = config.auths.into_iter().find(|(name, _)| names(name)) else { return Ok(None) };
    if let (Some(user), Some(password)) = (entry.username, entry.password) {
        return Ok(Some((user, password)));
    }
    let decoded =
        entry.auth.and_then(|auth| STANDARD.decode(auth).ok()).and_then(|auth| String::from_utf8(auth).ok());
    let pair = decoded.as_deref().and_then(|auth| auth.split_once(':'));
    match pair {
        Some((user, password)) => Ok(Some((user.to_owned(), password.to_owned()))),
        None => Err(ImageError::Denied(format!("{shown} has no user and password for {host}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges() {
        let bearer = |realm: &str, service: Option<&str>| {
            Some(Challenge::Bearer { realm: realm.into(), service: service.map(str::to_owned) })
        };
        for (header, expected) in [
            ("Basic realm=\"x\"", Some(Challenge::Basic)),
            (
                "Bearer realm=\"https://a.b/token?x=y\",service=\"r, s\",scope=\"repository:a:pull,push\"",
                bearer("https://a.b/token?x=y", Some("r, s")),
            ),
            ("bearer scope=\"x\", realm=\"https://a.b/t\"", bearer("https://a.b/t", None)),
            ("Bearer service=x", None),
            ("Negotiate", None),
        ] {
            assert_eq!(Challenge::parse(header), expected, "{header}");
        }
        assert_eq!(
            token_url("https://a.b/t", Some("r s"), "x/y"),
            "https://a.b/t?service=r%20s&scope=repository%3Ax%2Fy%3Apull"
        );
    }

    #[test]
    fn passwords_are_found_by_host() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("config.json");
        let auth = STANDARD.encode("me:pa:ss");
        std::fs::write(&file, format!(r#"{{"auths":{{"https://r.x/v1/":{{"auth":"{auth}"}},"e.x":{{}}}}}}"#))
            .unwrap();
        assert_eq!(credentials(&file, "r.x"), Ok(Some(("me".into(), "pa:ss".into()))));
        assert_eq!(credentials(&file, "other.x"), Ok(None));
        assert!(matches!(credentials(&file, "e.x"), Err(ImageError::Denied(_))));
    }
}
