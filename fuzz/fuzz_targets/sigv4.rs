//! The parsers that see a request before anything about it is believed: the Authorization header, presigned
//! queries, and aws-chunked bodies.
#![no_main]

use bytes::Bytes;
use http::{HeaderValue, Request, Uri};
use libfuzzer_sys::fuzz_target;
use wire::sigv4::{Presented, fuzzing, is_signed};

fuzz_target!(|data: &[u8]| {
    let mut request = Request::get("/").header("x-amz-date", "20261124T060708Z");
    if let Ok(value) = HeaderValue::from_bytes(data) {
        request = request.header("authorization", value);
    }
    parse(&request.body(()).expect("the request is well-formed").into_parts().0);
    let query = [b"/?X-Amz-Algorithm=AWS4-HMAC-SHA256&".as_slice(), data].concat();
    if let Ok(uri) = Uri::try_from(query) {
        parse(&Request::get(uri).body(()).expect("the request is well-formed").into_parts().0);
    }
    if let Ok(payload) = fuzzing::decode_unsigned(&Bytes::copy_from_slice(data)) {
        assert!(payload.len() <= data.len(), "framing only adds");
    }
});

fn parse(parts: &http::request::Parts) {
    if let Ok(Some(presented)) = Presented::of(parts) {
        assert!(is_signed(parts) || parts.headers.contains_key("authorization"));
        let _ = (presented.access_key_id(), presented.region(), presented.service());
    }
}
