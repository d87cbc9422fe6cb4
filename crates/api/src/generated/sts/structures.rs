//! AWS Security Token Service: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use base::Timestamp;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumeRoleRequest {
    pub role_arn: String,
    pub role_session_name: String,
    pub policy_arns: Option<Vec<PolicyDescriptorType>>,
    pub policy: Option<String>,
    pub duration_seconds: Option<i64>,
    pub tags: Option<Vec<Tag>>,
    pub transitive_tag_keys: Option<Vec<String>>,
    pub external_id: Option<String>,
    pub serial_number: Option<String>,
    pub token_code: Option<String>,
    pub source_identity: Option<String>,
    pub provided_contexts: Option<Vec<ProvidedContext>>,
    pub minimum_session_token_size: Option<i64>,
}
convert!(AssumeRoleRequest, [
    role_arn "RoleArn", role_session_name "RoleSessionName",
], [
    policy_arns "PolicyArns", policy "Policy", duration_seconds "DurationSeconds", tags "Tags",
    transitive_tag_keys "TransitiveTagKeys", external_id "ExternalId", serial_number "SerialNumber",
    token_code "TokenCode", source_identity "SourceIdentity", provided_contexts "ProvidedContexts",
    minimum_session_token_size "MinimumSessionTokenSize",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumeRoleResponse {
    pub credentials: Option<Credentials>,
    pub assumed_role_user: Option<AssumedRoleUser>,
    pub packed_policy_size: Option<i64>,
    pub source_identity: Option<String>,
    pub session_token_utilization: Option<i64>,
    pub session_token_size: Option<i64>,
}
convert!(AssumeRoleResponse, [], [
    credentials "Credentials", assumed_role_user "AssumedRoleUser",
    packed_policy_size "PackedPolicySize", source_identity "SourceIdentity",
    session_token_utilization "SessionTokenUtilization", session_token_size "SessionTokenSize",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssumedRoleUser {
    pub assumed_role_id: String,
    pub arn: String,
}
convert!(AssumedRoleUser, [
    assumed_role_id "AssumedRoleId", arn "Arn",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: String,
    pub expiration: Timestamp,
}
convert!(Credentials, [
    access_key_id "AccessKeyId", secret_access_key "SecretAccessKey", session_token "SessionToken",
    expiration "Expiration",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpiredTokenException {
    pub message: Option<String>,
}
convert!(ExpiredTokenException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCallerIdentityRequest {}
convert!(GetCallerIdentityRequest, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCallerIdentityResponse {
    pub user_id: Option<String>,
    pub account: Option<String>,
    pub arn: Option<String>,
}
convert!(GetCallerIdentityResponse, [], [
    user_id "UserId", account "Account", arn "Arn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetSessionTokenRequest {
    pub duration_seconds: Option<i64>,
    pub serial_number: Option<String>,
    pub token_code: Option<String>,
    pub minimum_session_token_size: Option<i64>,
}
convert!(GetSessionTokenRequest, [], [
    duration_seconds "DurationSeconds", serial_number "SerialNumber", token_code "TokenCode",
    minimum_session_token_size "MinimumSessionTokenSize",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetSessionTokenResponse {
    pub credentials: Option<Credentials>,
    pub session_token_utilization: Option<i64>,
    pub session_token_size: Option<i64>,
}
convert!(GetSessionTokenResponse, [], [
    credentials "Credentials", session_token_utilization "SessionTokenUtilization",
    session_token_size "SessionTokenSize",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MalformedPolicyDocumentException {
    pub message: Option<String>,
}
convert!(MalformedPolicyDocumentException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackedPolicyTooLargeException {
    pub message: Option<String>,
}
convert!(PackedPolicyTooLargeException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyDescriptorType {
    pub arn: Option<String>,
}
convert!(PolicyDescriptorType, [], [arn "arn"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvidedContext {
    pub provider_arn: Option<String>,
    pub context_assertion: Option<String>,
}
convert!(ProvidedContext, [], [
    provider_arn "ProviderArn", context_assertion "ContextAssertion",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionDisabledException {
    pub message: Option<String>,
}
convert!(RegionDisabledException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}
convert!(Tag, [key "Key", value "Value"], []);
