//! AWS Lambda: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static ALIAS_LIMIT_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "AliasLimitExceededException",
    code: "AliasLimitExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::ALIAS_LIMIT_EXCEEDED_EXCEPTION,
};

pub static CODE_ARTIFACT_USER_DELETED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "CodeArtifactUserDeletedException",
    code: "CodeArtifactUserDeletedException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::CODE_ARTIFACT_USER_DELETED_EXCEPTION,
};

pub static CODE_ARTIFACT_USER_FAILED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "CodeArtifactUserFailedException",
    code: "CodeArtifactUserFailedException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::CODE_ARTIFACT_USER_FAILED_EXCEPTION,
};

pub static CODE_ARTIFACT_USER_PENDING_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "CodeArtifactUserPendingException",
    code: "CodeArtifactUserPendingException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::CODE_ARTIFACT_USER_PENDING_EXCEPTION,
};

pub static CODE_SIGNING_CONFIG_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "CodeSigningConfigNotFoundException",
    code: "CodeSigningConfigNotFoundException",
    http_status: 404,
    fault: Fault::Client,
    shape: &tables::CODE_SIGNING_CONFIG_NOT_FOUND_EXCEPTION,
};

pub static CODE_STORAGE_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "CodeStorageExceededException",
    code: "CodeStorageExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::CODE_STORAGE_EXCEEDED_EXCEPTION,
};

pub static CODE_VERIFICATION_FAILED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "CodeVerificationFailedException",
    code: "CodeVerificationFailedException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::CODE_VERIFICATION_FAILED_EXCEPTION,
};

pub static DURABLE_EXECUTION_ALREADY_STARTED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "DurableExecutionAlreadyStartedException",
    code: "DurableExecutionAlreadyStartedException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::DURABLE_EXECUTION_ALREADY_STARTED_EXCEPTION,
};

pub static EC2_ACCESS_DENIED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EC2AccessDeniedException",
    code: "EC2AccessDeniedException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::EC2_ACCESS_DENIED_EXCEPTION,
};

pub static EC2_THROTTLED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EC2ThrottledException",
    code: "EC2ThrottledException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::EC2_THROTTLED_EXCEPTION,
};

pub static EC2_UNEXPECTED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EC2UnexpectedException",
    code: "EC2UnexpectedException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::EC2_UNEXPECTED_EXCEPTION,
};

pub static EFSIO_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EFSIOException",
    code: "EFSIOException",
    http_status: 410,
    fault: Fault::Client,
    shape: &tables::EFSIO_EXCEPTION,
};

pub static EFS_MOUNT_CONNECTIVITY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EFSMountConnectivityException",
    code: "EFSMountConnectivityException",
    http_status: 408,
    fault: Fault::Client,
    shape: &tables::EFS_MOUNT_CONNECTIVITY_EXCEPTION,
};

pub static EFS_MOUNT_FAILURE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EFSMountFailureException",
    code: "EFSMountFailureException",
    http_status: 403,
    fault: Fault::Client,
    shape: &tables::EFS_MOUNT_FAILURE_EXCEPTION,
};

pub static EFS_MOUNT_TIMEOUT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "EFSMountTimeoutException",
    code: "EFSMountTimeoutException",
    http_status: 408,
    fault: Fault::Client,
    shape: &tables::EFS_MOUNT_TIMEOUT_EXCEPTION,
};

pub static ENI_LIMIT_REACHED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ENILimitReachedException",
    code: "ENILimitReachedException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::ENI_LIMIT_REACHED_EXCEPTION,
};

pub static ENI_NOT_READY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ENINotReadyException",
    code: "ENINotReadyException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::ENI_NOT_READY_EXCEPTION,
};

pub static FUNCTION_VERSIONS_PER_CAPACITY_PROVIDER_LIMIT_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "FunctionVersionsPerCapacityProviderLimitExceededException",
    code: "FunctionVersionsPerCapacityProviderLimitExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::FUNCTION_VERSIONS_PER_CAPACITY_PROVIDER_LIMIT_EXCEEDED_EXCEPTION,
};

pub static INVALID_CODE_SIGNATURE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidCodeSignatureException",
    code: "InvalidCodeSignatureException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_CODE_SIGNATURE_EXCEPTION,
};

pub static INVALID_PARAMETER_VALUE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidParameterValueException",
    code: "InvalidParameterValueException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_PARAMETER_VALUE_EXCEPTION,
};

pub static INVALID_REQUEST_CONTENT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidRequestContentException",
    code: "InvalidRequestContentException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_REQUEST_CONTENT_EXCEPTION,
};

pub static INVALID_RUNTIME_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidRuntimeException",
    code: "InvalidRuntimeException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::INVALID_RUNTIME_EXCEPTION,
};

pub static INVALID_SECURITY_GROUP_ID_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidSecurityGroupIDException",
    code: "InvalidSecurityGroupIDException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::INVALID_SECURITY_GROUP_ID_EXCEPTION,
};

pub static INVALID_SUBNET_ID_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidSubnetIDException",
    code: "InvalidSubnetIDException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::INVALID_SUBNET_ID_EXCEPTION,
};

pub static INVALID_ZIP_FILE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "InvalidZipFileException",
    code: "InvalidZipFileException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::INVALID_ZIP_FILE_EXCEPTION,
};

pub static KMS_ACCESS_DENIED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "KMSAccessDeniedException",
    code: "KMSAccessDeniedException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::KMS_ACCESS_DENIED_EXCEPTION,
};

pub static KMS_DISABLED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "KMSDisabledException",
    code: "KMSDisabledException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::KMS_DISABLED_EXCEPTION,
};

pub static KMS_INVALID_STATE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "KMSInvalidStateException",
    code: "KMSInvalidStateException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::KMS_INVALID_STATE_EXCEPTION,
};

pub static KMS_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "KMSNotFoundException",
    code: "KMSNotFoundException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::KMS_NOT_FOUND_EXCEPTION,
};

pub static MODE_NOT_SUPPORTED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ModeNotSupportedException",
    code: "ModeNotSupportedException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::MODE_NOT_SUPPORTED_EXCEPTION,
};

pub static NO_PUBLISHED_VERSION_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "NoPublishedVersionException",
    code: "NoPublishedVersionException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::NO_PUBLISHED_VERSION_EXCEPTION,
};

pub static POLICY_LENGTH_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "PolicyLengthExceededException",
    code: "PolicyLengthExceededException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::POLICY_LENGTH_EXCEEDED_EXCEPTION,
};

pub static PRECONDITION_FAILED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "PreconditionFailedException",
    code: "PreconditionFailedException",
    http_status: 412,
    fault: Fault::Client,
    shape: &tables::PRECONDITION_FAILED_EXCEPTION,
};

pub static PROVISIONED_CONCURRENCY_CONFIG_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ProvisionedConcurrencyConfigNotFoundException",
    code: "ProvisionedConcurrencyConfigNotFoundException",
    http_status: 404,
    fault: Fault::Client,
    shape: &tables::PROVISIONED_CONCURRENCY_CONFIG_NOT_FOUND_EXCEPTION,
};

pub static PUBLIC_POLICY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "PublicPolicyException",
    code: "PublicPolicyException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::PUBLIC_POLICY_EXCEPTION,
};

pub static RECURSIVE_INVOCATION_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "RecursiveInvocationException",
    code: "RecursiveInvocationException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::RECURSIVE_INVOCATION_EXCEPTION,
};

pub static REQUEST_TOO_LARGE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "RequestTooLargeException",
    code: "RequestTooLargeException",
    http_status: 413,
    fault: Fault::Client,
    shape: &tables::REQUEST_TOO_LARGE_EXCEPTION,
};

pub static RESOURCE_CONFLICT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceConflictException",
    code: "ResourceConflictException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::RESOURCE_CONFLICT_EXCEPTION,
};

pub static RESOURCE_IN_USE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceInUseException",
    code: "ResourceInUseException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::RESOURCE_IN_USE_EXCEPTION,
};

pub static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceNotFoundException",
    code: "ResourceNotFoundException",
    http_status: 404,
    fault: Fault::Client,
    shape: &tables::RESOURCE_NOT_FOUND_EXCEPTION,
};

pub static RESOURCE_NOT_READY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceNotReadyException",
    code: "ResourceNotReadyException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::RESOURCE_NOT_READY_EXCEPTION,
};

pub static RUNTIME_ALIAS_DELETED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "RuntimeAliasDeletedException",
    code: "RuntimeAliasDeletedException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::RUNTIME_ALIAS_DELETED_EXCEPTION,
};

pub static RUNTIME_VERSION_DELETED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "RuntimeVersionDeletedException",
    code: "RuntimeVersionDeletedException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::RUNTIME_VERSION_DELETED_EXCEPTION,
};

pub static S3_FILES_MOUNT_CONNECTIVITY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "S3FilesMountConnectivityException",
    code: "S3FilesMountConnectivityException",
    http_status: 408,
    fault: Fault::Client,
    shape: &tables::S3_FILES_MOUNT_CONNECTIVITY_EXCEPTION,
};

pub static S3_FILES_MOUNT_FAILURE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "S3FilesMountFailureException",
    code: "S3FilesMountFailureException",
    http_status: 403,
    fault: Fault::Client,
    shape: &tables::S3_FILES_MOUNT_FAILURE_EXCEPTION,
};

pub static S3_FILES_MOUNT_TIMEOUT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "S3FilesMountTimeoutException",
    code: "S3FilesMountTimeoutException",
    http_status: 408,
    fault: Fault::Client,
    shape: &tables::S3_FILES_MOUNT_TIMEOUT_EXCEPTION,
};

pub static SERIALIZED_REQUEST_ENTITY_TOO_LARGE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "SerializedRequestEntityTooLargeException",
    code: "SerializedRequestEntityTooLargeException",
    http_status: 413,
    fault: Fault::Client,
    shape: &tables::SERIALIZED_REQUEST_ENTITY_TOO_LARGE_EXCEPTION,
};

pub static SERVICE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ServiceException",
    code: "ServiceException",
    http_status: 500,
    fault: Fault::Server,
    shape: &tables::SERVICE_EXCEPTION,
};

pub static SERVICE_QUOTA_EXCEEDED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ServiceQuotaExceededException",
    code: "ServiceQuotaExceededException",
    http_status: 402,
    fault: Fault::Client,
    shape: &tables::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
};

pub static SNAP_START_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "SnapStartException",
    code: "SnapStartException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::SNAP_START_EXCEPTION,
};

pub static SNAP_START_NOT_READY_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "SnapStartNotReadyException",
    code: "SnapStartNotReadyException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::SNAP_START_NOT_READY_EXCEPTION,
};

pub static SNAP_START_REGENERATION_FAILURE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "SnapStartRegenerationFailureException",
    code: "SnapStartRegenerationFailureException",
    http_status: 409,
    fault: Fault::Client,
    shape: &tables::SNAP_START_REGENERATION_FAILURE_EXCEPTION,
};

pub static SNAP_START_TIMEOUT_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "SnapStartTimeoutException",
    code: "SnapStartTimeoutException",
    http_status: 408,
    fault: Fault::Client,
    shape: &tables::SNAP_START_TIMEOUT_EXCEPTION,
};

pub static SUBNET_IP_ADDRESS_LIMIT_REACHED_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "SubnetIPAddressLimitReachedException",
    code: "SubnetIPAddressLimitReachedException",
    http_status: 502,
    fault: Fault::Server,
    shape: &tables::SUBNET_IP_ADDRESS_LIMIT_REACHED_EXCEPTION,
};

pub static TOO_MANY_REQUESTS_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "TooManyRequestsException",
    code: "TooManyRequestsException",
    http_status: 429,
    fault: Fault::Client,
    shape: &tables::TOO_MANY_REQUESTS_EXCEPTION,
};

pub static UNSUPPORTED_MEDIA_TYPE_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "UnsupportedMediaTypeException",
    code: "UnsupportedMediaTypeException",
    http_status: 415,
    fault: Fault::Client,
    shape: &tables::UNSUPPORTED_MEDIA_TYPE_EXCEPTION,
};
