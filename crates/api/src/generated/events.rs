//! Amazon EventBridge: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "events",
    signing_name: "events",
    protocol: Protocol::AwsJson1_1,
    api_version: "2015-10-07",
    target_prefix: Some("AWSEvents"),
    xml_namespace: None,
    query_compatible: None,
    operations: &[
        &CREATE_EVENT_BUS,
        &DELETE_EVENT_BUS,
        &DELETE_RULE,
        &DESCRIBE_EVENT_BUS,
        &DESCRIBE_RULE,
        &DISABLE_RULE,
        &ENABLE_RULE,
        &LIST_EVENT_BUSES,
        &LIST_RULE_NAMES_BY_TARGET,
        &LIST_RULES,
        &LIST_TAGS_FOR_RESOURCE,
        &LIST_TARGETS_BY_RULE,
        &PUT_PERMISSION,
        &PUT_RULE,
        &PUT_TARGETS,
        &REMOVE_PERMISSION,
        &REMOVE_TARGETS,
        &TAG_RESOURCE,
        &TEST_EVENT_PATTERN,
        &UNTAG_RESOURCE,
        &UPDATE_EVENT_BUS,
    ],
    unsupported: &[
        ("ActivateEventSource", "POST", "/"),
        ("CancelReplay", "POST", "/"),
        ("CreateApiDestination", "POST", "/"),
        ("CreateArchive", "POST", "/"),
        ("CreateConnection", "POST", "/"),
        ("CreateEndpoint", "POST", "/"),
        ("CreatePartnerEventSource", "POST", "/"),
        ("DeactivateEventSource", "POST", "/"),
        ("DeauthorizeConnection", "POST", "/"),
        ("DeleteApiDestination", "POST", "/"),
        ("DeleteArchive", "POST", "/"),
        ("DeleteConnection", "POST", "/"),
        ("DeleteEndpoint", "POST", "/"),
        ("DeletePartnerEventSource", "POST", "/"),
        ("DescribeApiDestination", "POST", "/"),
        ("DescribeArchive", "POST", "/"),
        ("DescribeConnection", "POST", "/"),
        ("DescribeEndpoint", "POST", "/"),
        ("DescribeEventSource", "POST", "/"),
        ("DescribePartnerEventSource", "POST", "/"),
        ("DescribeReplay", "POST", "/"),
        ("ListApiDestinations", "POST", "/"),
        ("ListArchives", "POST", "/"),
        ("ListConnections", "POST", "/"),
        ("ListEndpoints", "POST", "/"),
        ("ListEventSources", "POST", "/"),
        ("ListPartnerEventSourceAccounts", "POST", "/"),
        ("ListPartnerEventSources", "POST", "/"),
        ("ListReplays", "POST", "/"),
        ("PutEvents", "POST", "/"),
        ("PutPartnerEvents", "POST", "/"),
        ("StartReplay", "POST", "/"),
        ("UpdateApiDestination", "POST", "/"),
        ("UpdateArchive", "POST", "/"),
        ("UpdateConnection", "POST", "/"),
        ("UpdateEndpoint", "POST", "/"),
    ],
};

pub static CREATE_EVENT_BUS: OperationSpec = OperationSpec {
    name: "CreateEventBus",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_EVENT_BUS_REQUEST,
    output: &tables::CREATE_EVENT_BUS_RESPONSE,
    errors: &[
        &errors::RESOURCE_ALREADY_EXISTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_STATE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::OPERATION_DISABLED_EXCEPTION,
    ],
};

pub static DELETE_EVENT_BUS: OperationSpec = OperationSpec {
    name: "DeleteEventBus",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_EVENT_BUS_REQUEST,
    output: &shape::EMPTY,
    errors: &[&errors::INTERNAL_EXCEPTION, &errors::CONCURRENT_MODIFICATION_EXCEPTION],
};

pub static DELETE_RULE: OperationSpec = OperationSpec {
    name: "DeleteRule",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_RULE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DESCRIBE_EVENT_BUS: OperationSpec = OperationSpec {
    name: "DescribeEventBus",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DESCRIBE_EVENT_BUS_REQUEST,
    output: &tables::DESCRIBE_EVENT_BUS_RESPONSE,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION, &errors::INTERNAL_EXCEPTION],
};

pub static DESCRIBE_RULE: OperationSpec = OperationSpec {
    name: "DescribeRule",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DESCRIBE_RULE_REQUEST,
    output: &tables::DESCRIBE_RULE_RESPONSE,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION, &errors::INTERNAL_EXCEPTION],
};

pub static DISABLE_RULE: OperationSpec = OperationSpec {
    name: "DisableRule",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DISABLE_RULE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
    ],
};

pub static ENABLE_RULE: OperationSpec = OperationSpec {
    name: "EnableRule",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::ENABLE_RULE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
    ],
};

pub static LIST_EVENT_BUSES: OperationSpec = OperationSpec {
    name: "ListEventBuses",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_EVENT_BUSES_REQUEST,
    output: &tables::LIST_EVENT_BUSES_RESPONSE,
    errors: &[&errors::INTERNAL_EXCEPTION],
};

pub static LIST_RULE_NAMES_BY_TARGET: OperationSpec = OperationSpec {
    name: "ListRuleNamesByTarget",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_RULE_NAMES_BY_TARGET_REQUEST,
    output: &tables::LIST_RULE_NAMES_BY_TARGET_RESPONSE,
    errors: &[&errors::INTERNAL_EXCEPTION, &errors::RESOURCE_NOT_FOUND_EXCEPTION],
};

pub static LIST_RULES: OperationSpec = OperationSpec {
    name: "ListRules",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_RULES_REQUEST,
    output: &tables::LIST_RULES_RESPONSE,
    errors: &[&errors::INTERNAL_EXCEPTION, &errors::RESOURCE_NOT_FOUND_EXCEPTION],
};

pub static LIST_TAGS_FOR_RESOURCE: OperationSpec = OperationSpec {
    name: "ListTagsForResource",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_TAGS_FOR_RESOURCE_REQUEST,
    output: &tables::LIST_TAGS_FOR_RESOURCE_RESPONSE,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION, &errors::INTERNAL_EXCEPTION],
};

pub static LIST_TARGETS_BY_RULE: OperationSpec = OperationSpec {
    name: "ListTargetsByRule",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_TARGETS_BY_RULE_REQUEST,
    output: &tables::LIST_TARGETS_BY_RULE_RESPONSE,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION, &errors::INTERNAL_EXCEPTION],
};

pub static PUT_PERMISSION: OperationSpec = OperationSpec {
    name: "PutPermission",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_PERMISSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::POLICY_LENGTH_EXCEEDED_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::OPERATION_DISABLED_EXCEPTION,
    ],
};

pub static PUT_RULE: OperationSpec = OperationSpec {
    name: "PutRule",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_RULE_REQUEST,
    output: &tables::PUT_RULE_RESPONSE,
    errors: &[
        &errors::INVALID_EVENT_PATTERN_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static PUT_TARGETS: OperationSpec = OperationSpec {
    name: "PutTargets",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_TARGETS_REQUEST,
    output: &tables::PUT_TARGETS_RESPONSE,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
    ],
};

pub static REMOVE_PERMISSION: OperationSpec = OperationSpec {
    name: "RemovePermission",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::REMOVE_PERMISSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::OPERATION_DISABLED_EXCEPTION,
    ],
};

pub static REMOVE_TARGETS: OperationSpec = OperationSpec {
    name: "RemoveTargets",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::REMOVE_TARGETS_REQUEST,
    output: &tables::REMOVE_TARGETS_RESPONSE,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
    ],
};

pub static TAG_RESOURCE: OperationSpec = OperationSpec {
    name: "TagResource",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::TAG_RESOURCE_REQUEST,
    output: &tables::TAG_RESOURCE_RESPONSE,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
    ],
};

pub static TEST_EVENT_PATTERN: OperationSpec = OperationSpec {
    name: "TestEventPattern",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::TEST_EVENT_PATTERN_REQUEST,
    output: &tables::TEST_EVENT_PATTERN_RESPONSE,
    errors: &[&errors::INVALID_EVENT_PATTERN_EXCEPTION, &errors::INTERNAL_EXCEPTION],
};

pub static UNTAG_RESOURCE: OperationSpec = OperationSpec {
    name: "UntagResource",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UNTAG_RESOURCE_REQUEST,
    output: &tables::UNTAG_RESOURCE_RESPONSE,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::MANAGED_RULE_EXCEPTION,
    ],
};

pub static UPDATE_EVENT_BUS: OperationSpec = OperationSpec {
    name: "UpdateEventBus",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UPDATE_EVENT_BUS_REQUEST,
    output: &tables::UPDATE_EVENT_BUS_RESPONSE,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INTERNAL_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::OPERATION_DISABLED_EXCEPTION,
    ],
};
