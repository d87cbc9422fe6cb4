//! Amazon CloudWatch Logs: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static DATA_ALREADY_ACCEPTED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "DataAlreadyAcceptedException",
    code: "DataAlreadyAcceptedException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::DATA_ALREADY_ACCEPTED_EXCEPTION,
};

pub static INVALID_PARAMETER_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidParameterException",
    code: "InvalidParameterException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_PARAMETER_EXCEPTION,
};

pub static INVALID_SEQUENCE_TOKEN_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidSequenceTokenException",
    code: "InvalidSequenceTokenException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_SEQUENCE_TOKEN_EXCEPTION,
};

pub static LIMIT_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "LimitExceededException",
    code: "LimitExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::LIMIT_EXCEEDED_EXCEPTION,
};

pub static OPERATION_ABORTED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "OperationAbortedException",
    code: "OperationAbortedException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::OPERATION_ABORTED_EXCEPTION,
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

pub static SERVICE_UNAVAILABLE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ServiceUnavailableException",
    code: "ServiceUnavailableException",
    http_status: 500,
    fault: Fault::Server,
    shape: &tables::SERVICE_UNAVAILABLE_EXCEPTION,
};

pub static TOO_MANY_TAGS_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "TooManyTagsException",
    code: "TooManyTagsException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::TOO_MANY_TAGS_EXCEPTION,
};

pub static UNRECOGNIZED_CLIENT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "UnrecognizedClientException",
    code: "UnrecognizedClientException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::UNRECOGNIZED_CLIENT_EXCEPTION,
};

pub static VALIDATION_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ValidationException",
    code: "ValidationException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::VALIDATION_EXCEPTION,
};
