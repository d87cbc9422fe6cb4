//! AWS Security Token Service: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{ANY_STRING, Kind, ListSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec};

pub static ASSUME_ROLE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RoleArn", "arnType", Kind::String(&ARN_TYPE)).required(),
        MemberSpec::new("RoleSessionName", "roleSessionNameType", Kind::String(&ROLE_SESSION_NAME_TYPE))
            .required(),
        MemberSpec::new("PolicyArns", "policyDescriptorListType", Kind::List(&POLICY_DESCRIPTOR_LIST_TYPE)),
        MemberSpec::new(
            "Policy",
            "unrestrictedSessionPolicyDocumentType",
            Kind::String(&UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE),
        ),
        MemberSpec::new(
            "DurationSeconds",
            "roleDurationSecondsType",
            Kind::Integer(NumberRange::new(Some(900), Some(43200))),
        ),
        MemberSpec::new("Tags", "tagListType", Kind::List(&TAG_LIST_TYPE)),
        MemberSpec::new("TransitiveTagKeys", "tagKeyListType", Kind::List(&TAG_KEY_LIST_TYPE)),
        MemberSpec::new("ExternalId", "externalIdType", Kind::String(&EXTERNAL_ID_TYPE)),
        MemberSpec::new("SerialNumber", "serialNumberType", Kind::String(&SERIAL_NUMBER_TYPE)),
        MemberSpec::new("TokenCode", "tokenCodeType", Kind::String(&TOKEN_CODE_TYPE)),
        MemberSpec::new("SourceIdentity", "sourceIdentityType", Kind::String(&SOURCE_IDENTITY_TYPE)),
        MemberSpec::new(
            "ProvidedContexts",
            "ProvidedContextsListType",
            Kind::List(&PROVIDED_CONTEXTS_LIST_TYPE),
        ),
        MemberSpec::new(
            "MinimumSessionTokenSize",
            "minimumSessionTokenSizeType",
            Kind::Integer(NumberRange::new(Some(0), Some(4096))),
        ),
    ],
    ..StructureSpec::new("AssumeRoleRequest")
};

pub static ASSUME_ROLE_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("AssumeRoleResult"),
    members: &[
        MemberSpec::new("Credentials", "Credentials", Kind::Structure(&CREDENTIALS)),
        MemberSpec::new("AssumedRoleUser", "AssumedRoleUser", Kind::Structure(&ASSUMED_ROLE_USER)),
        MemberSpec::new(
            "PackedPolicySize",
            "nonNegativeIntegerType",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new("SourceIdentity", "sourceIdentityType", Kind::String(&SOURCE_IDENTITY_TYPE)),
        MemberSpec::new(
            "SessionTokenUtilization",
            "sessionTokenUtilizationType",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "SessionTokenSize",
            "sessionTokenSizeType",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
    ],
    ..StructureSpec::new("AssumeRoleResponse")
};

pub static ASSUMED_ROLE_USER: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("AssumedRoleId", "assumedRoleIdType", Kind::String(&ASSUMED_ROLE_ID_TYPE)).required(),
        MemberSpec::new("Arn", "arnType", Kind::String(&ARN_TYPE)).required(),
    ],
    ..StructureSpec::new("AssumedRoleUser")
};

pub static CREDENTIALS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("AccessKeyId", "accessKeyIdType", Kind::String(&ACCESS_KEY_ID_TYPE)).required(),
        MemberSpec::new("SecretAccessKey", "accessKeySecretType", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("SessionToken", "tokenType", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Expiration", "dateType", Kind::Timestamp).required(),
    ],
    ..StructureSpec::new("Credentials")
};

pub static EXPIRED_TOKEN_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "expiredIdentityTokenMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("ExpiredTokenException")
};

pub static GET_CALLER_IDENTITY_REQUEST: StructureSpec = StructureSpec::new("GetCallerIdentityRequest");

pub static GET_CALLER_IDENTITY_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetCallerIdentityResult"),
    members: &[
        MemberSpec::new("UserId", "userIdType", Kind::String(&ANY_STRING)),
        MemberSpec::new("Account", "accountType", Kind::String(&ANY_STRING)),
        MemberSpec::new("Arn", "arnType", Kind::String(&ARN_TYPE)),
    ],
    ..StructureSpec::new("GetCallerIdentityResponse")
};

pub static GET_SESSION_TOKEN_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "DurationSeconds",
            "durationSecondsType",
            Kind::Integer(NumberRange::new(Some(900), Some(129600))),
        ),
        MemberSpec::new("SerialNumber", "serialNumberType", Kind::String(&SERIAL_NUMBER_TYPE)),
        MemberSpec::new("TokenCode", "tokenCodeType", Kind::String(&TOKEN_CODE_TYPE)),
        MemberSpec::new(
            "MinimumSessionTokenSize",
            "minimumSessionTokenSizeType",
            Kind::Integer(NumberRange::new(Some(0), Some(4096))),
        ),
    ],
    ..StructureSpec::new("GetSessionTokenRequest")
};

pub static GET_SESSION_TOKEN_RESPONSE: StructureSpec = StructureSpec {
    result_wrapper: Some("GetSessionTokenResult"),
    members: &[
        MemberSpec::new("Credentials", "Credentials", Kind::Structure(&CREDENTIALS)),
        MemberSpec::new(
            "SessionTokenUtilization",
            "sessionTokenUtilizationType",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "SessionTokenSize",
            "sessionTokenSizeType",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
    ],
    ..StructureSpec::new("GetSessionTokenResponse")
};

pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "malformedPolicyDocumentMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("MalformedPolicyDocumentException")
};

pub static PACKED_POLICY_TOO_LARGE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "packedPolicyTooLargeMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("PackedPolicyTooLargeException")
};

pub static POLICY_DESCRIPTOR_TYPE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("arn", "arnType", Kind::String(&ARN_TYPE))],
    ..StructureSpec::new("PolicyDescriptorType")
};

pub static PROVIDED_CONTEXT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ProviderArn", "arnType", Kind::String(&ARN_TYPE)),
        MemberSpec::new("ContextAssertion", "contextAssertionType", Kind::String(&CONTEXT_ASSERTION_TYPE)),
    ],
    ..StructureSpec::new("ProvidedContext")
};

pub static PROVIDED_CONTEXTS_LIST_TYPE: ListSpec = ListSpec {
    min: Some(1),
    max: Some(5),
    member: Shape { name: "ProvidedContext", kind: Kind::Structure(&PROVIDED_CONTEXT) },
    member_name: "member",
    flattened: false,
};

pub static REGION_DISABLED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "regionDisabledMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("RegionDisabledException")
};

pub static TAG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Key", "tagKeyType", Kind::String(&TAG_KEY_TYPE)).required(),
        MemberSpec::new("Value", "tagValueType", Kind::String(&TAG_VALUE_TYPE)).required(),
    ],
    ..StructureSpec::new("Tag")
};

pub static ACCESS_KEY_ID_TYPE: StringSpec =
    StringSpec { min: Some(16), max: Some(128), pattern: Some(r#"[\w]*"#), values: &[] };

pub static ARN_TYPE: StringSpec = StringSpec {
    min: Some(20),
    max: Some(2048),
    pattern: Some(r#"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"#),
    values: &[],
};

pub static ASSUMED_ROLE_ID_TYPE: StringSpec =
    StringSpec { min: Some(2), max: Some(193), pattern: Some(r#"[\w+=,.@:-]*"#), values: &[] };

pub static CONTEXT_ASSERTION_TYPE: StringSpec =
    StringSpec { min: Some(4), max: Some(2048), pattern: None, values: &[] };

pub static EXTERNAL_ID_TYPE: StringSpec =
    StringSpec { min: Some(2), max: Some(1224), pattern: Some(r#"[\w+=,.@:\/-]*"#), values: &[] };

pub static POLICY_DESCRIPTOR_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "PolicyDescriptorType", kind: Kind::Structure(&POLICY_DESCRIPTOR_TYPE) },
    member_name: "member",
    flattened: false,
};

pub static ROLE_SESSION_NAME_TYPE: StringSpec =
    StringSpec { min: Some(2), max: Some(64), pattern: Some(r#"[\w+=,.@-]*"#), values: &[] };

pub static SERIAL_NUMBER_TYPE: StringSpec =
    StringSpec { min: Some(9), max: Some(256), pattern: Some(r#"[\w+=/:,.@-]*"#), values: &[] };

pub static SOURCE_IDENTITY_TYPE: StringSpec =
    StringSpec { min: Some(2), max: Some(64), pattern: Some(r#"[\w+=,.@-]*"#), values: &[] };

pub static TAG_KEY_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: Some(50),
    member: Shape { name: "tagKeyType", kind: Kind::String(&TAG_KEY_TYPE) },
    member_name: "member",
    flattened: false,
};

pub static TAG_KEY_TYPE: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some(r#"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#), values: &[] };

pub static TAG_LIST_TYPE: ListSpec = ListSpec {
    min: None,
    max: Some(50),
    member: Shape { name: "Tag", kind: Kind::Structure(&TAG) },
    member_name: "member",
    flattened: false,
};

pub static TAG_VALUE_TYPE: StringSpec =
    StringSpec { min: Some(0), max: Some(256), pattern: Some(r#"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#), values: &[] };

pub static TOKEN_CODE_TYPE: StringSpec =
    StringSpec { min: Some(6), max: Some(6), pattern: Some(r#"[\d]*"#), values: &[] };

pub static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: StringSpec = StringSpec {
    min: Some(1),
    max: None,
    pattern: Some(r#"[\u0009\u000A\u000D\u0020-\u00FF]+"#),
    values: &[],
};
