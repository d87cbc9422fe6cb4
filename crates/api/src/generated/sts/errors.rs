//! AWS Security Token Service: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static EXPIRED_TOKEN_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ExpiredTokenException",
    code: "ExpiredTokenException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::EXPIRED_TOKEN_EXCEPTION,
};

pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "MalformedPolicyDocumentException",
    code: "MalformedPolicyDocument",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
};

pub static PACKED_POLICY_TOO_LARGE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "PackedPolicyTooLargeException",
    code: "PackedPolicyTooLarge",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::PACKED_POLICY_TOO_LARGE_EXCEPTION,
};

pub static REGION_DISABLED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "RegionDisabledException",
    code: "RegionDisabledException",
    http_status: 403,
    fault: Fault::Client,
    shape: &tables::REGION_DISABLED_EXCEPTION,
};
