//! The canonical form of a request: what the signature is made over. Signer and verifier must agree on every
//! byte, so both use this file.

use std::borrow::Cow;

use http::request::Parts;

/// A service whose keys may hold any bytes: its paths are neither normalised nor encoded twice.
pub(crate) fn keeps_paths(service: &str) -> bool {
    matches!(service, "s3" | "s3express" | "s3-outposts" | "s3-object-lambda")
}

/// The canonical request. `headers` are the signed headers' names, lower-case and sorted. `without` names the
/// query parameter that is left out (the signature itself).
pub(crate) fn request(
    parts: &Parts,
    service: &str,
    headers: &[&str],
    without: Option<&str>,
    payload: &str,
) -> Vec<u8> {
    let mut text = Vec::with_capacity(512);
    text.extend_from_slice(parts.method.as_str().as_bytes());
    text.push(b'\n');
    path(&mut text, parts.uri.path(), keeps_paths(service));
    text.push(b'\n');
    query(&mut text, parts.uri.query().unwrap_or_default(), without);
    text.push(b'\n');
    for name in headers {
        text.extend_from_slice(name.as_bytes());
        text.push(b':');
        header_values(&mut text, parts, name);
        text.push(b'\n');
    }
    text.push(b'\n');
    for (index, name) in headers.iter().enumerate() {
        if index > 0 {
            text.push(b';');
        }
        text.extend_from_slice(name.as_bytes());
    }
    text.push(b'\n');
    text.extend_from_slice(payload.as_bytes());
    text
}

/// The host that the request names: the header of HTTP/1, or HTTP/2's authority.
pub(crate) fn host(parts: &Parts) -> Option<Cow<'_, [u8]>> {
    match parts.headers.get(http::header::HOST) {
        Some(host) => Some(Cow::Borrowed(host.as_bytes())),
        None => parts.uri.authority().map(|authority| Cow::Borrowed(authority.as_str().as_bytes())),
    }
}

fn path(text: &mut Vec<u8>, path: &str, keep: bool) {
    if path.is_empty() {
        return text.push(b'/');
    }
    if keep {
        return encode(text, &decode(path, false), b"/");
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    for segment in &segments {
        text.push(b'/');
        // What is encoded already is encoded again.
        encode(text, segment.as_bytes(), b"");
    }
    if segments.is_empty() || path.ends_with('/') {
        text.push(b'/');
    }
}

fn query(text: &mut Vec<u8>, query: &str, without: Option<&str>) {
    let encoded = |part: &str| {
        let mut text = Vec::with_capacity(part.len());
        encode(&mut text, &decode(part, true), b"");
        text
    };
    let mut parameters: Vec<(Vec<u8>, Vec<u8>)> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .filter(|(name, _)| without.is_none_or(|without| *name != without))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    parameters.sort();
    for (index, (name, value)) in parameters.iter().enumerate() {
        if index > 0 {
            text.push(b'&');
        }
        text.extend_from_slice(name);
        text.push(b'=');
        text.extend_from_slice(value);
    }
}

fn header_values(text: &mut Vec<u8>, parts: &Parts, name: &str) {
    if name == "host" {
        // Only one host, whatever the client repeats: the one that is served.
        return collapse(text, &host(parts).unwrap_or_default());
    }
    for (index, value) in parts.headers.get_all(name).iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        collapse(text, value.as_bytes());
    }
}

/// Trims, and turns each run of blanks into one.
fn collapse(text: &mut Vec<u8>, value: &[u8]) {
    let words = value.split(|byte| *byte == b' ' || *byte == b'\t').filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            text.push(b' ');
        }
        text.extend_from_slice(word);
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters and `also`.
pub(crate) fn encode(text: &mut Vec<u8>, bytes: &[u8], also: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also.contains(&byte) {
            text.push(byte);
        } else {
            text.extend_from_slice(&[b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

/// Undoes percent-encoding; what isn't a whole escape stays. In a query `+` is a space.
pub(crate) fn decode(text: &str, plus: bool) -> Cow<'_, [u8]> {
    let bytes = text.as_bytes();
    let encoded = |byte: &u8| *byte == b'%' || (plus && *byte == b'+');
    if !bytes.iter().any(encoded) {
        return Cow::Borrowed(bytes);
    }
    let nibble =
        |byte: Option<&u8>| char::from(*byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match (byte, nibble(bytes.get(at)), nibble(bytes.get(at + 1))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(high << 4 | low);
                at += 2;
            }
            (b'+', ..) if plus => decoded.push(b' '),
            (byte, ..) => decoded.push(byte),
        }
    }
    Cow::Owned(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: impl FnOnce(&mut Vec<u8>), expected: &str) {
        let mut text = Vec::new();
        part(&mut text);
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn paths() {
        for (given, expected) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("/.", "/"),
            ("/..", "/"),
            ("/a/..", "/"),
            ("/a//b/./c/../d/", "/a/b/d/"),
            ("/functions/arn%3Aaws", "/functions/arn%253Aaws"),
            ("/a:b,c", "/a%3Ab%2Cc"),
            ("/-._~0-9A-Za-z", "/-._~0-9A-Za-z"),
        ] {
            check(|text| path(text, given, false), expected);
        }
        for (given, expected) in
            [("/a//b/../c%20d", "/a//b/../c%20d"), ("/a:b!", "/a%3Ab%21"), ("/%e2", "/%E2")]
        {
            check(|text| path(text, given, true), expected);
        }
    }

    #[test]
    fn queries() {
        for (given, expected) in [
            ("", ""),
            ("flag", "flag="),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=10&a=", "a=&a=10&a=2"),
            ("A=1&a=1&_=1", "A=1&_=1&a=1"),
            ("a=b=c", "a=b%3Dc"),
            ("a=b+c&d=%2b", "a=b%20c&d=%2B"),
            ("%61=%zz%4", "a=%25zz%254"),
            ("a=1&&X-Amz-Signature=0", "a=1"),
            ("a=%E2%82%AC/:", "a=%E2%82%AC%2F%3A"),
        ] {
            check(|text| query(text, given, Some("X-Amz-Signature")), expected);
        }
    }

    #[test]
    fn header_blanks_collapse() {
        for (given, expected) in [("", ""), ("  a   b \t c  ", "a b c"), ("\"a   b\"", "\"a b\"")] {
            check(|text| collapse(text, given.as_bytes()), expected);
        }
    }
}
