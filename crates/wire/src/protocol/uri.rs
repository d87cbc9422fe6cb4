//! Percent-decoding of paths, query strings and forms.

use std::borrow::Cow;

/// Decodes `%41` escapes. A broken escape stays as it is, bytes that aren't UTF-8 become U+FFFD.
pub fn decode(text: &str) -> Cow<'_, str> {
    decode_bytes(text, false)
}

/// Decodes a part of a form or query string, where `+` is a space.
pub fn decode_form(text: &str) -> Cow<'_, str> {
    decode_bytes(text, true)
}

/// The pairs of a query string or form, decoded, in order. A key without `=` has an empty value.
pub fn pairs(text: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode_form(key), decode_form(value))
    })
}

fn decode_bytes(text: &str, plus_is_space: bool) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte == b'%' || (plus_is_space && byte == b'+')) {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'%' => {
                let digits = (bytes.get(at + 1).and_then(hex), bytes.get(at + 2).and_then(hex));
                if let (Some(high), Some(low)) = digits {
                    out.push(high << 4 | low);
                    at += 3;
                    continue;
                }
                out.push(b'%');
            }
            b'+' if plus_is_space => out.push(b' '),
            byte => out.push(byte),
        }
        at += 1;
    }
    Cow::Owned(match String::from_utf8(out) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn hex(digit: &u8) -> Option<u8> {
    (*digit as char).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_escapes_and_leaves_broken_ones() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a%2Fb%3ac", "a/b:c"),
            ("a+b", "a+b"),
            ("100%", "100%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%C3%A9", "é"),
            ("%FF", "\u{FFFD}"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
        assert_eq!(decode_form("a+b%2B"), "a b+");
    }

    #[test]
    fn splits_forms() {
        let found: Vec<_> = pairs("a=1&&b&c=x=y&d=%26").collect();
        let expected = [("a", "1"), ("b", ""), ("c", "x=y"), ("d", "&")];
        assert_eq!(found, expected.map(|(key, value)| (key.into(), value.into())));
    }
}
