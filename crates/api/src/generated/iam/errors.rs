//! AWS Identity and Access Management: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static CONCURRENT_MODIFICATION_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ConcurrentModificationException",
    code: "ConcurrentModification",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::CONCURRENT_MODIFICATION_EXCEPTION,
};

pub static DELETE_CONFLICT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "DeleteConflictException",
    code: "DeleteConflict",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::DELETE_CONFLICT_EXCEPTION,
};

pub static ENTITY_ALREADY_EXISTS_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EntityAlreadyExistsException",
    code: "EntityAlreadyExists",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::ENTITY_ALREADY_EXISTS_EXCEPTION,
};

pub static INVALID_INPUT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidInputException",
    code: "InvalidInput",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_INPUT_EXCEPTION,
};

pub static LIMIT_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "LimitExceededException",
    code: "LimitExceeded",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::LIMIT_EXCEEDED_EXCEPTION,
};

pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "MalformedPolicyDocumentException",
    code: "MalformedPolicyDocument",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
};

pub static NO_SUCH_ENTITY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "NoSuchEntityException",
    code: "NoSuchEntity",
    http_status: 404,
    fault: Fault::Client,
    shape: &tables::NO_SUCH_ENTITY_EXCEPTION,
};

pub static POLICY_NOT_ATTACHABLE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "PolicyNotAttachableException",
    code: "PolicyNotAttachable",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::POLICY_NOT_ATTACHABLE_EXCEPTION,
};

pub static SERVICE_FAILURE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ServiceFailureException",
    code: "ServiceFailure",
    http_status: 500,
    fault: Fault::Server,
    shape: &tables::SERVICE_FAILURE_EXCEPTION,
};

pub static UNMODIFIABLE_ENTITY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "UnmodifiableEntityException",
    code: "UnmodifiableEntity",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::UNMODIFIABLE_ENTITY_EXCEPTION,
};
