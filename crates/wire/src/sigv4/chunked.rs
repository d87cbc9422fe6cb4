//! `aws-chunked` bodies: chunks with a size and, in the signed form, a signature that continues the chain which
//! the request's own signature starts; then checksums as trailers.

use base64::Engine;
use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::key::{DerivedKey, same, sha256_hex};
use super::{Refusal, verify};

/// Longer size lines and trailers are not ours.
const LINE_BYTES_MAX: usize = 1024;
/// SHA-256 of nothing.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The signatures of the chunks, each made over the one before.
pub(super) struct Chain<'a> {
    pub(super) key: &'a DerivedKey,
    pub(super) date_time: &'a str,
    pub(super) scope: &'a str,
    pub(super) previous: String,
}

impl Chain<'_> {
    fn next_chunk(&self, data: &[u8]) -> String {
        let to_sign = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{}\n{}\n{}\n{EMPTY}\n{}",
            self.date_time,
            self.scope,
            self.previous,
            sha256_hex(data)
        );
        self.key.sign(&[to_sign.as_bytes()])
    }

    fn trailer(&self, trailers: &str) -> String {
        let to_sign = format!(
            "AWS4-HMAC-SHA256-TRAILER\n{}\n{}\n{}\n{}",
            self.date_time,
            self.scope,
            self.previous,
            sha256_hex(trailers.as_bytes())
        );
        self.key.sign(&[to_sign.as_bytes()])
    }
}

/// Undoes the framing. With a chain every chunk's signature is verified before its bytes are used.
pub(super) fn decode(body: &Bytes, mut chain: Option<Chain<'_>>, trailer: bool) -> Result<Bytes, Refusal> {
    let mut rest = body.clone();
    let mut chunks: Vec<Bytes> = Vec::new();
    loop {
        let line = line(&mut rest)?;
        let (size, signature) = match line.split_once(";chunk-signature=") {
            Some((size, signature)) => (size, Some(signature)),
            None => (line.as_str(), None),
        };
        let digits = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_hexdigit());
        let size = usize::from_str_radix(size, 16).ok().filter(|_| digits);
        let size = size.ok_or_else(|| malformed("a chunk's size is not a hexadecimal number"))?;
        if size > rest.len() {
            return Err(malformed("the last chunk is cut short"));
        }
        let data = rest.split_to(size);
        if let Some(chain) = &mut chain {
            let expected = chain.next_chunk(&data);
            if !signature.is_some_and(|signature| same(signature, &expected)) {
                return Err(verify::payload_mismatch());
            }
            chain.previous = expected;
        }
        if data.is_empty() {
            break;
        }
        if rest.len() < 2 || &rest.split_to(2)[..] != b"\r\n" {
            return Err(malformed("a chunk does not end where its size says"));
        }
        chunks.push(data);
    }
    let payload = match chunks.len() {
        // One chunk is passed on as it lies in the request.
        1 => chunks.swap_remove(0),
        _ => chunks.concat().into(),
    };
    trailers(&mut rest, chain, trailer, &payload)?;
    Ok(payload)
}

fn trailers(
    rest: &mut Bytes,
    chain: Option<Chain<'_>>,
    expected: bool,
    payload: &Bytes,
) -> Result<(), Refusal> {
    let (mut signed, mut signature) = (String::new(), None);
    while !rest.is_empty() {
        let line = line(rest)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed("a trailer has no name"))?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if !expected {
            return Err(malformed("there are trailers where none were announced"));
        }
        if name == "x-amz-trailer-signature" {
            signature = Some(value.to_owned());
            continue;
        }
        check_sum(&name, value, payload)?;
        signed.push_str(&format!("{name}:{value}\n"));
    }
    if !rest.is_empty() {
        return Err(malformed("there is more after the last chunk"));
    }
    match chain {
        Some(chain) if expected => {
            let right = signature.is_some_and(|signature| same(&signature, &chain.trailer(&signed)));
            if right { Ok(()) } else { Err(verify::payload_mismatch()) }
        }
        _ => Ok(()),
    }
}

/// Verifies the checksums that this server can compute; a service that stores others checks them itself.
fn check_sum(name: &str, value: &str, payload: &[u8]) -> Result<(), Refusal> {
    let encode = |digest: &[u8]| base64::engine::general_purpose::STANDARD.encode(digest);
    let computed = match name {
        "x-amz-checksum-crc32" => encode(&crc32fast::hash(payload).to_be_bytes()),
        "x-amz-checksum-sha256" => encode(&Sha256::digest(payload)),
        _ => return Ok(()),
    };
    if computed == value {
        return Ok(());
    }
    let algorithm = name.trim_start_matches("x-amz-checksum-").to_ascii_uppercase();
    Err(Refusal::Other(Box::new(crate::ApiError::client(
        "BadDigest",
        400,
        format!("The {algorithm} you specified did not match the calculated checksum."),
    ))))
}

/// The next line, without its CRLF.
fn line(rest: &mut Bytes) -> Result<String, Refusal> {
    let window = &rest[..rest.len().min(LINE_BYTES_MAX)];
    let end = window.windows(2).position(|pair| pair == b"\r\n");
    let end = end.ok_or_else(|| malformed("a line has no end"))?;
    let line = rest.split_to(end + 2).slice(..end);
    String::from_utf8(line.to_vec()).map_err(|_| malformed("a line is not text"))
}

fn malformed(what: &str) -> Refusal {
    Refusal::MalformedBody(format!("The request body is not valid aws-chunked content: {what}."))
}

/// For the fuzz targets: the framing alone.
pub fn decode_unsigned(body: &Bytes) -> Result<Bytes, Refusal> {
    decode(body, None, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsigned_chunks() {
        let decoded = |text: &'static str| decode_unsigned(&Bytes::from_static(text.as_bytes()));
        assert_eq!(decoded("5\r\nhello\r\n0\r\n\r\n").unwrap(), "hello");
        assert_eq!(
            decoded("5\r\nhello\r\n1\r\n!\r\n0\r\nx-amz-checksum-crc32:6yWJNA==\r\n\r\n").unwrap_err(),
            {
                Refusal::Other(Box::new(crate::ApiError::client(
                    "BadDigest",
                    400,
                    "The CRC32 you specified did not match the calculated checksum.",
                )))
            }
        );
        assert_eq!(decoded("0\r\n\r\n").unwrap(), "");
        for bad in [
            "",
            "5",
            "5\r\nhell",
            "5\r\nhello0\r\n\r\n",
            "+5\r\nhello\r\n0\r\n\r\n",
            "\r\n",
            "ffffffffffffffffffff\r\n",
            "0\r\nno colon\r\n\r\n",
            "0\r\n\r\nmore",
        ] {
            assert!(matches!(decoded(bad), Err(Refusal::MalformedBody(_))), "{bad:?}");
        }
    }

    /// The chunks of the example in S3's documentation.
    #[test]
    fn the_documented_chunk_signatures() {
        let key =
            DerivedKey::derive("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "20130524", "us-east-1", "s3");
        let chain = || Chain {
            key: &key,
            date_time: "20130524T000000Z",
            scope: "20130524/us-east-1/s3/aws4_request",
            previous: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9".into(),
        };
        let body = |fill: &str| {
            let first = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
            let second = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
            let last = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
            let (many, few) = (fill.repeat(65536), "a".repeat(1024));
            Bytes::from(format!(
                "10000;chunk-signature={first}\r\n{many}\r\n400;chunk-signature={second}\r\n{few}\r\n0;chunk-signature={last}\r\n\r\n"
            ))
        };
        assert_eq!(decode(&body("a"), Some(chain()), false).unwrap(), "a".repeat(66560));
        assert!(matches!(decode(&body("b"), Some(chain()), false), Err(Refusal::DoesNotMatch(_))));
    }
}
