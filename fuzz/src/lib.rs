//! What the fuzz targets share.
#![forbid(unsafe_code)]

use shape::{FromValue, OperationSpec, ServiceSpec};

/// Decodes and validates a body; what passes must convert to the operation's struct.
pub fn decode<T: FromValue>(service: &ServiceSpec, operation: &OperationSpec, body: &[u8]) {
    let request = http::Request::post("/").body(()).expect("the request is constant");
    let (parts, ()) = request.into_parts();
    let body = bytes::Bytes::copy_from_slice(body);
    let Ok(value) = wire::protocol::decode(service, operation, &parts, &[], body) else { return };
    if wire::validate::validate_for(service.protocol, operation.input, &value).is_ok() {
        assert!(T::from_value(value).is_ok(), "a valid value must fit its struct");
    }
}
