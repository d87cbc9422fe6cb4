//! AWS Security Token Service: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "sts",
    signing_name: "sts",
    protocol: Protocol::AwsQuery,
    api_version: "2011-06-15",
    target_prefix: None,
    xml_namespace: Some("https://sts.amazonaws.com/doc/2011-06-15/"),
    query_compatible: None,
    operations: &[&ASSUME_ROLE, &GET_CALLER_IDENTITY, &GET_SESSION_TOKEN],
    unsupported: &[
        ("AssumeRoleWithSAML", "POST", "/"),
        ("AssumeRoleWithWebIdentity", "POST", "/"),
        ("AssumeRoot", "POST", "/"),
        ("DecodeAuthorizationMessage", "POST", "/"),
        ("GetAccessKeyInfo", "POST", "/"),
        ("GetDelegatedAccessToken", "POST", "/"),
        ("GetFederationToken", "POST", "/"),
        ("GetWebIdentityToken", "POST", "/"),
    ],
};

pub static ASSUME_ROLE: OperationSpec = OperationSpec {
    name: "AssumeRole",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::ASSUME_ROLE_REQUEST,
    output: &tables::ASSUME_ROLE_RESPONSE,
    errors: &[
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::PACKED_POLICY_TOO_LARGE_EXCEPTION,
        &errors::REGION_DISABLED_EXCEPTION,
        &errors::EXPIRED_TOKEN_EXCEPTION,
    ],
};

pub static GET_CALLER_IDENTITY: OperationSpec = OperationSpec {
    name: "GetCallerIdentity",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_CALLER_IDENTITY_REQUEST,
    output: &tables::GET_CALLER_IDENTITY_RESPONSE,
    errors: &[],
};

pub static GET_SESSION_TOKEN: OperationSpec = OperationSpec {
    name: "GetSessionToken",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_SESSION_TOKEN_REQUEST,
    output: &tables::GET_SESSION_TOKEN_RESPONSE,
    errors: &[&errors::REGION_DISABLED_EXCEPTION],
};
