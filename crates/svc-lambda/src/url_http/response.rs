//! What a function returned, as an HTTP answer: payload format 2.0, and the prelude that streamed answers begin with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::{Map, Value};

/// Between a streamed answer's head and its body.
const SEPARATOR: [u8; 8] = [0; 8];
/// The longest head of a streamed answer, in bytes.
const HEAD_BYTES_MAX: usize = 128 * 1024;

/// An answer's status and headers.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub status: StatusCode,
    pub headers: HeaderMap,
}

/// The function's answer is not what payload format 2.0 allows. Told to the operator, never to the client.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed answer: {0}")]
pub(crate) struct Malformed(String);

fn malformed(what: impl Into<String>) -> Malformed {
    Malformed(what.into())
}

/// Interprets a whole answer. An object with `statusCode` says what to send; any other JSON is itself the body.
pub(crate) fn whole(payload: &Bytes) -> Result<(Head, Bytes), Malformed> {
    let object = match serde_json::from_slice::<Value>(payload) {
        Ok(Value::Object(object)) if object.contains_key("statusCode") => object,
        Ok(_) => return Ok((json_head(), payload.clone())),
        // A streaming handler behind a URL that buffers.
        Err(error) => match split(payload) {
            Some((head, body)) => return Ok((head_of(head)?, payload.slice_ref(body))),
            None => return Err(malformed(format!("not JSON: {error}"))),
        },
    };
    let head = head(&object)?;
    let base64 = match object.get("isBase64Encoded") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(flag)) => *flag,
        Some(_) => return Err(malformed("isBase64Encoded is not a boolean")),
    };
    let body = match object.get("body") {
        None | Some(Value::Null) => Bytes::new(),
        Some(Value::String(body)) if base64 => {
            let decoded = STANDARD.decode(body).map_err(|error| malformed(format!("body: {error}")))?;
            decoded.into()
        }
        Some(Value::String(body)) => Bytes::from(body.clone()),
        Some(_) => return Err(malformed("body is not a string")),
    };
    Ok((head, body))
}

fn json_head() -> Head {
    let mut head = Head::default();
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    head
}

fn head(object: &Map<String, Value>) -> Result<Head, Malformed> {
    let mut head = json_head();
    head.status = status(object.get("statusCode"))?;
    match object.get("headers") {
        None | Some(Value::Null) => {}
        Some(Value::Object(headers)) => {
            for (name, value) in headers {
                let value = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::Bool(flag) => flag.to_string(),
                    _ => return Err(malformed(format!("the header {name} is not a string"))),
                };
                let (name, value) = parse_header(name, &value)?;
                if !is_framing(&name) {
                    head.headers.insert(name, value);
                }
            }
        }
        Some(_) => return Err(malformed("headers is not an object")),
    }
    match object.get("cookies") {
        None | Some(Value::Null) => {}
        Some(Value::Array(cookies)) => {
            for cookie in cookies {
                let cookie = cookie.as_str().ok_or_else(|| malformed("a cookie is not a string"))?;
                let (name, value) = parse_header("set-cookie", cookie)?;
                head.headers.append(name, value);
            }
        }
        Some(_) => return Err(malformed("cookies is not a list")),
    }
    Ok(head)
}

fn status(value: Option<&Value>) -> Result<StatusCode, Malformed> {
    let number = match value {
        None | Some(Value::Null) => return Ok(StatusCode::OK),
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    let status =
        number.and_then(|number| u16::try_from(number).ok()).filter(|code| (200..=599).contains(code));
    let status = status.and_then(|code| StatusCode::from_u16(code).ok());
    status.ok_or_else(|| malformed("statusCode is not a status between 200 and 599"))
}

fn parse_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Malformed> {
    let parsed = HeaderName::from_bytes(name.as_bytes());
    let parsed = parsed.map_err(|_| malformed(format!("{name:?} is not a header name")))?;
    let value = HeaderValue::from_bytes(value.as_bytes());
    let value =
        value.map_err(|_| malformed(format!("the header {name} has a character that none may have")))?;
    Ok((parsed, value))
}

/// Headers that frame the connection are the server's.
fn is_framing(name: &HeaderName) -> bool {
    [
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
        header::TRAILER,
        HeaderName::from_static("keep-alive"),
        HeaderName::from_static("proxy-connection"),
    ]
    .contains(name)
}

fn head_of(json: &[u8]) -> Result<Head, Malformed> {
    match serde_json::from_slice::<Value>(json) {
        Ok(Value::Object(object)) => head(&object),
        _ => Err(malformed("a streamed answer's head is not a JSON object")),
    }
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.windows(SEPARATOR.len()).position(|window| window == SEPARATOR)?;
    Some((&bytes[..at], &bytes[at + SEPARATOR.len()..]))
}

/// Collects the head of a streamed answer, which may arrive in any pieces.
#[derive(Default)]
pub(crate) struct Prelude {
    seen: Vec<u8>,
}

impl Prelude {
    /// The head and the first of the body, once the separator has arrived.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<Option<(Head, Bytes)>, Malformed> {
        // The separator may span two chunks, so the search begins a little before the new one.
        let from = self.seen.len().saturating_sub(SEPARATOR.len() - 1);
        self.seen.extend_from_slice(chunk);
        if let Some((head, body)) = split(&self.seen[from..]) {
            let head = head_of(&self.seen[..from + head.len()])?;
            return Ok(Some((head, Bytes::copy_from_slice(body))));
        }
        if self.seen.len() > HEAD_BYTES_MAX {
            return Err(malformed("a streamed answer's head has no end"));
        }
        Ok(None)
    }

    /// To be called when the stream has ended without a head.
    pub(crate) fn finish(&self) -> Result<(), Malformed> {
        Err(malformed(format!("a streamed answer ended within its head, after {} bytes", self.seen.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(result: Result<(Head, Bytes), Malformed>) -> String {
        match result {
            Err(error) => error.to_string(),
            Ok((head, body)) => {
                let mut headers: Vec<_> = head
                    .headers
                    .iter()
                    .map(|(name, value)| format!("{name}={}", value.to_str().unwrap()))
                    .collect();
                headers.sort();
                format!("{} {} {:?}", head.status.as_u16(), headers.join(" "), String::from_utf8_lossy(&body))
            }
        }
    }

    #[test]
    fn answers_of_every_form() {
        for (payload, expected) in [
            (r#"{"statusCode":200,"body":"hi"}"#, r#"200 content-type=application/json "hi""#),
            (r#"{"statusCode":"404"}"#, r#"404 content-type=application/json """#),
            (
                r#"{"statusCode":201,"headers":{"Content-Type":"text/html","X-N":1,"Connection":"close","Content-Length":"9"},"body":"<p>"}"#,
                r#"201 content-type=text/html x-n=1 "<p>""#,
            ),
            (
                r#"{"statusCode":302,"cookies":["a=1","b=2; Secure"],"headers":null,"body":null}"#,
                r#"302 content-type=application/json set-cookie=a=1 set-cookie=b=2; Secure """#,
            ),
            (
                r#"{"statusCode":200,"isBase64Encoded":true,"body":"aGk="}"#,
                r#"200 content-type=application/json "hi""#,
            ),
            (r#"{"message":"hi"}"#, r#"200 content-type=application/json "{\"message\":\"hi\"}""#),
            (r#""Hello""#, r#"200 content-type=application/json "\"Hello\"""#),
            ("null", r#"200 content-type=application/json "null""#),
            ("[1]", r#"200 content-type=application/json "[1]""#),
            ("{\"statusCode\":418}\0\0\0\0\0\0\0\0tea", r#"418 content-type=application/json "tea""#),
            ("", "malformed answer: not JSON: EOF while parsing a value at line 1 column 0"),
            (r#"{"statusCode":99}"#, "malformed answer: statusCode is not a status between 200 and 599"),
            (r#"{"statusCode":"x"}"#, "malformed answer: statusCode is not a status between 200 and 599"),
            (r#"{"statusCode":200,"body":{}}"#, "malformed answer: body is not a string"),
            (r#"{"statusCode":200,"headers":[]}"#, "malformed answer: headers is not an object"),
            (r#"{"statusCode":200,"headers":{"a b":"c"}}"#, "malformed answer: \"a b\" is not a header name"),
            (
                r#"{"statusCode":200,"headers":{"a":"b\r\nc: d"}}"#,
                "malformed answer: the header a has a character that none may have",
            ),
            (
                r#"{"statusCode":200,"isBase64Encoded":true,"body":"%"}"#,
                "malformed answer: body: Invalid symbol 37, offset 0.",
            ),
        ] {
            assert_eq!(shown(whole(&Bytes::copy_from_slice(payload.as_bytes()))), expected, "{payload}");
        }
    }

    #[test]
    fn a_prelude_may_arrive_in_any_pieces() {
        let stream = b"{\"statusCode\":201,\"headers\":{\"x\":\"y\"}}\0\0\0\0\0\0\0\0body";
        for piece in 1..stream.len() {
            let mut prelude = Prelude::default();
            let mut body = Vec::new();
            let mut head = None;
            for chunk in stream.chunks(piece) {
                if head.is_some() {
                    body.extend_from_slice(chunk);
                } else if let Some((found, first)) = prelude.push(chunk).unwrap() {
                    head = Some(found);
                    body.extend_from_slice(&first);
                }
            }
            assert_eq!(
                shown(Ok((head.unwrap(), body.into()))),
                r#"201 content-type=application/json x=y "body""#,
                "{piece}"
            );
        }
        assert!(Prelude::default().push(b"[]\0\0\0\0\0\0\0\0").is_err());
        assert!(Prelude::default().push(&vec![b'x'; HEAD_BYTES_MAX + 1]).is_err());
    }
}
