//! Amazon EventBridge: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static CONCURRENT_MODIFICATION_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ConcurrentModificationException",
    code: "ConcurrentModificationException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::CONCURRENT_MODIFICATION_EXCEPTION,
};

pub static INTERNAL_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InternalException",
    code: "InternalException",
    http_status: 500,
    fault: Fault::Server,
    shape: &tables::INTERNAL_EXCEPTION,
};

pub static INVALID_EVENT_PATTERN_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidEventPatternException",
    code: "InvalidEventPatternException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_EVENT_PATTERN_EXCEPTION,
};

pub static INVALID_STATE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidStateException",
    code: "InvalidStateException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_STATE_EXCEPTION,
};

pub static LIMIT_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "LimitExceededException",
    code: "LimitExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::LIMIT_EXCEEDED_EXCEPTION,
};

pub static MANAGED_RULE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ManagedRuleException",
    code: "ManagedRuleException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::MANAGED_RULE_EXCEPTION,
};

pub static OPERATION_DISABLED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "OperationDisabledException",
    code: "OperationDisabledException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::OPERATION_DISABLED_EXCEPTION,
};

pub static POLICY_LENGTH_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "PolicyLengthExceededException",
    code: "PolicyLengthExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::POLICY_LENGTH_EXCEEDED_EXCEPTION,
};

pub static RESOURCE_ALREADY_EXISTS_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceAlreadyExistsException",
    code: "ResourceAlreadyExistsException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::RESOURCE_ALREADY_EXISTS_EXCEPTION,
};

pub static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceNotFoundException",
    code: "ResourceNotFoundException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::RESOURCE_NOT_FOUND_EXCEPTION,
};
