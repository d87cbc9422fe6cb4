//! Amazon EventBridge Scheduler: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static CONFLICT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ConflictException",
    code: "ConflictException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::CONFLICT_EXCEPTION,
};

pub static INTERNAL_SERVER_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InternalServerException",
    code: "InternalServerException",
    http_status: 500,
    fault: Fault::Server,
    shape: &tables::INTERNAL_SERVER_EXCEPTION,
};

pub static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceNotFoundException",
    code: "ResourceNotFoundException",
    http_status: 404,
    fault: Fault::Client,
    shape: &tables::RESOURCE_NOT_FOUND_EXCEPTION,
};

pub static SERVICE_QUOTA_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ServiceQuotaExceededException",
    code: "ServiceQuotaExceededException",
    http_status: 402,
    fault: Fault::Client,
    shape: &tables::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
};

pub static THROTTLING_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ThrottlingException",
    code: "ThrottlingException",
    http_status: 429,
    fault: Fault::Client,
    shape: &tables::THROTTLING_EXCEPTION,
};

pub static VALIDATION_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ValidationException",
    code: "ValidationException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::VALIDATION_EXCEPTION,
};
