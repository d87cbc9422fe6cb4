//! Amazon CloudWatch Logs: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "logs",
    signing_name: "logs",
    protocol: Protocol::AwsJson1_1,
    api_version: "2014-03-28",
    target_prefix: Some("Logs_20140328"),
    xml_namespace: None,
    query_compatible: None,
    operations: &[
        &CREATE_LOG_GROUP,
        &CREATE_LOG_STREAM,
        &DELETE_LOG_GROUP,
        &DELETE_LOG_STREAM,
        &DELETE_RETENTION_POLICY,
        &DESCRIBE_LOG_GROUPS,
        &DESCRIBE_LOG_STREAMS,
        &FILTER_LOG_EVENTS,
        &GET_LOG_EVENTS,
        &LIST_TAGS_FOR_RESOURCE,
        &PUT_LOG_EVENTS,
        &PUT_RETENTION_POLICY,
        &TAG_RESOURCE,
        &UNTAG_RESOURCE,
    ],
    unsupported: &[
        ("AssociateKmsKey", "POST", "/"),
        ("AssociateSourceToS3TableIntegration", "POST", "/"),
        ("CancelExportTask", "POST", "/"),
        ("CancelImportTask", "POST", "/"),
        ("CreateDelivery", "POST", "/"),
        ("CreateExportTask", "POST", "/"),
        ("CreateImportTask", "POST", "/"),
        ("CreateLogAnomalyDetector", "POST", "/"),
        ("CreateLookupTable", "POST", "/"),
        ("CreateScheduledQuery", "POST", "/"),
        ("DeleteAccountPolicy", "POST", "/"),
        ("DeleteDataProtectionPolicy", "POST", "/"),
        ("DeleteDelivery", "POST", "/"),
        ("DeleteDeliveryDestination", "POST", "/"),
        ("DeleteDeliveryDestinationPolicy", "POST", "/"),
        ("DeleteDeliverySource", "POST", "/"),
        ("DeleteDestination", "POST", "/"),
        ("DeleteIndexPolicy", "POST", "/"),
        ("DeleteIntegration", "POST", "/"),
        ("DeleteLogAnomalyDetector", "POST", "/"),
        ("DeleteLookupTable", "POST", "/"),
        ("DeleteMetricFilter", "POST", "/"),
        ("DeleteQueryDefinition", "POST", "/"),
        ("DeleteResourcePolicy", "POST", "/"),
        ("DeleteScheduledQuery", "POST", "/"),
        ("DeleteSubscriptionFilter", "POST", "/"),
        ("DeleteSyslogConfiguration", "POST", "/"),
        ("DeleteTransformer", "POST", "/"),
        ("DescribeAccountPolicies", "POST", "/"),
        ("DescribeConfigurationTemplates", "POST", "/"),
        ("DescribeDeliveries", "POST", "/"),
        ("DescribeDeliveryDestinations", "POST", "/"),
        ("DescribeDeliverySources", "POST", "/"),
        ("DescribeDestinations", "POST", "/"),
        ("DescribeExportTasks", "POST", "/"),
        ("DescribeFieldIndexes", "POST", "/"),
        ("DescribeImportTaskBatches", "POST", "/"),
        ("DescribeImportTasks", "POST", "/"),
        ("DescribeIndexPolicies", "POST", "/"),
        ("DescribeLookupTables", "POST", "/"),
        ("DescribeMetricFilters", "POST", "/"),
        ("DescribeQueries", "POST", "/"),
        ("DescribeQueryDefinitions", "POST", "/"),
        ("DescribeResourcePolicies", "POST", "/"),
        ("DescribeSubscriptionFilters", "POST", "/"),
        ("DisassociateKmsKey", "POST", "/"),
        ("DisassociateSourceFromS3TableIntegration", "POST", "/"),
        ("GetDataProtectionPolicy", "POST", "/"),
        ("GetDelivery", "POST", "/"),
        ("GetDeliveryDestination", "POST", "/"),
        ("GetDeliveryDestinationPolicy", "POST", "/"),
        ("GetDeliverySource", "POST", "/"),
        ("GetIntegration", "POST", "/"),
        ("GetLogAnomalyDetector", "POST", "/"),
        ("GetLogFields", "POST", "/"),
        ("GetLogGroupFields", "POST", "/"),
        ("GetLogObject", "POST", "/"),
        ("GetLogRecord", "POST", "/"),
        ("GetLookupTable", "POST", "/"),
        ("GetQueryResults", "POST", "/"),
        ("GetScheduledQuery", "POST", "/"),
        ("GetScheduledQueryHistory", "POST", "/"),
        ("GetStorageTierPolicy", "POST", "/"),
        ("GetTransformer", "POST", "/"),
        ("ListAggregateLogGroupSummaries", "POST", "/"),
        ("ListAnomalies", "POST", "/"),
        ("ListIntegrations", "POST", "/"),
        ("ListLogAnomalyDetectors", "POST", "/"),
        ("ListLogGroups", "POST", "/"),
        ("ListLogGroupsForQuery", "POST", "/"),
        ("ListScheduledQueries", "POST", "/"),
        ("ListSourcesForS3TableIntegration", "POST", "/"),
        ("ListSyslogConfigurations", "POST", "/"),
        ("ListTagsLogGroup", "POST", "/"),
        ("PutAccountPolicy", "POST", "/"),
        ("PutBearerTokenAuthentication", "POST", "/"),
        ("PutDataProtectionPolicy", "POST", "/"),
        ("PutDeliveryDestination", "POST", "/"),
        ("PutDeliveryDestinationPolicy", "POST", "/"),
        ("PutDeliverySource", "POST", "/"),
        ("PutDestination", "POST", "/"),
        ("PutDestinationPolicy", "POST", "/"),
        ("PutIndexPolicy", "POST", "/"),
        ("PutIntegration", "POST", "/"),
        ("PutLogGroupDeletionProtection", "POST", "/"),
        ("PutMetricFilter", "POST", "/"),
        ("PutQueryDefinition", "POST", "/"),
        ("PutResourcePolicy", "POST", "/"),
        ("PutStorageTierPolicy", "POST", "/"),
        ("PutSubscriptionFilter", "POST", "/"),
        ("PutSyslogConfiguration", "POST", "/"),
        ("PutTransformer", "POST", "/"),
        ("StartLiveTail", "POST", "/"),
        ("StartQuery", "POST", "/"),
        ("StopQuery", "POST", "/"),
        ("TagLogGroup", "POST", "/"),
        ("TestMetricFilter", "POST", "/"),
        ("TestTransformer", "POST", "/"),
        ("UntagLogGroup", "POST", "/"),
        ("UpdateAnomaly", "POST", "/"),
        ("UpdateDeliveryConfiguration", "POST", "/"),
        ("UpdateLogAnomalyDetector", "POST", "/"),
        ("UpdateLookupTable", "POST", "/"),
        ("UpdateScheduledQuery", "POST", "/"),
    ],
};

pub static CREATE_LOG_GROUP: OperationSpec = OperationSpec {
    name: "CreateLogGroup",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_LOG_GROUP_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_ALREADY_EXISTS_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static CREATE_LOG_STREAM: OperationSpec = OperationSpec {
    name: "CreateLogStream",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_LOG_STREAM_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_ALREADY_EXISTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static DELETE_LOG_GROUP: OperationSpec = OperationSpec {
    name: "DeleteLogGroup",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_LOG_GROUP_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
    ],
};

pub static DELETE_LOG_STREAM: OperationSpec = OperationSpec {
    name: "DeleteLogStream",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_LOG_STREAM_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
    ],
};

pub static DELETE_RETENTION_POLICY: OperationSpec = OperationSpec {
    name: "DeleteRetentionPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_RETENTION_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static DESCRIBE_LOG_GROUPS: OperationSpec = OperationSpec {
    name: "DescribeLogGroups",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DESCRIBE_LOG_GROUPS_REQUEST,
    output: &tables::DESCRIBE_LOG_GROUPS_RESPONSE,
    errors: &[&errors::INVALID_PARAMETER_EXCEPTION, &errors::SERVICE_UNAVAILABLE_EXCEPTION],
};

pub static DESCRIBE_LOG_STREAMS: OperationSpec = OperationSpec {
    name: "DescribeLogStreams",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DESCRIBE_LOG_STREAMS_REQUEST,
    output: &tables::DESCRIBE_LOG_STREAMS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static FILTER_LOG_EVENTS: OperationSpec = OperationSpec {
    name: "FilterLogEvents",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::FILTER_LOG_EVENTS_REQUEST,
    output: &tables::FILTER_LOG_EVENTS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static GET_LOG_EVENTS: OperationSpec = OperationSpec {
    name: "GetLogEvents",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_LOG_EVENTS_REQUEST,
    output: &tables::GET_LOG_EVENTS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static LIST_TAGS_FOR_RESOURCE: OperationSpec = OperationSpec {
    name: "ListTagsForResource",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_TAGS_FOR_RESOURCE_REQUEST,
    output: &tables::LIST_TAGS_FOR_RESOURCE_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static PUT_LOG_EVENTS: OperationSpec = OperationSpec {
    name: "PutLogEvents",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_LOG_EVENTS_REQUEST,
    output: &tables::PUT_LOG_EVENTS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::INVALID_SEQUENCE_TOKEN_EXCEPTION,
        &errors::DATA_ALREADY_ACCEPTED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::UNRECOGNIZED_CLIENT_EXCEPTION,
    ],
};

pub static PUT_RETENTION_POLICY: OperationSpec = OperationSpec {
    name: "PutRetentionPolicy",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PUT_RETENTION_POLICY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_ABORTED_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};

pub static TAG_RESOURCE: OperationSpec = OperationSpec {
    name: "TagResource",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::TAG_RESOURCE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
    ],
};

pub static UNTAG_RESOURCE: OperationSpec = OperationSpec {
    name: "UntagResource",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UNTAG_RESOURCE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_UNAVAILABLE_EXCEPTION,
    ],
};
