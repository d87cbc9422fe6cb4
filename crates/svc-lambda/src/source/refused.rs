//! What requests may not ask for: kinds of sources that Freehold does not have, and parameters of those kinds.

use api::lambda::{CreateEventSourceMappingRequest, UpdateEventSourceMappingRequest};
use wire::ApiError;

use super::check::no_kind;
use crate::error::{invalid, unsupported};

/// The first parameter that a mapping of a queue cannot have.
pub(crate) fn check_created(input: &CreateEventSourceMappingRequest) -> Result<(), ApiError> {
    if input.self_managed_event_source.is_some() || input.self_managed_kafka_event_source_config.is_some() {
        return Err(no_kind("self-managed Apache Kafka"));
    }
    if input.event_source_arn.is_none() {
        return Err(invalid("Unrecognized event source."));
    }
    let others = [
        ("StartingPosition", input.starting_position.is_some()),
        ("StartingPositionTimestamp", input.starting_position_timestamp.is_some()),
        ("ParallelizationFactor", input.parallelization_factor.is_some()),
        ("DestinationConfig", input.destination_config.is_some()),
        ("MaximumRecordAgeInSeconds", input.maximum_record_age_in_seconds.is_some()),
        ("BisectBatchOnFunctionError", input.bisect_batch_on_function_error.is_some()),
        ("MaximumRetryAttempts", input.maximum_retry_attempts.is_some()),
        ("TumblingWindowInSeconds", input.tumbling_window_in_seconds.is_some()),
        ("Topics", input.topics.is_some()),
        ("Queues", input.queues.is_some()),
        ("SourceAccessConfigurations", input.source_access_configurations.is_some()),
        ("AmazonManagedKafkaEventSourceConfig", input.amazon_managed_kafka_event_source_config.is_some()),
        ("DocumentDBEventSourceConfig", input.document_db_event_source_config.is_some()),
    ];
    others_kinds(&others)?;
    lacking(&[
        ("Tags", input.tags.as_ref().is_some_and(|tags| !tags.is_empty())),
        ("KMSKeyArn", input.kms_key_arn.is_some()),
        ("MetricsConfig", has_metrics(input.metrics_config.as_ref())),
        ("LoggingConfig", input.logging_config.is_some()),
        ("ProvisionedPollerConfig", input.provisioned_poller_config.is_some()),
    ])
}

/// As [`check_created`].
pub(crate) fn check_updated(input: &UpdateEventSourceMappingRequest) -> Result<(), ApiError> {
    let others = [
        ("ParallelizationFactor", input.parallelization_factor.is_some()),
        ("DestinationConfig", input.destination_config.is_some()),
        ("MaximumRecordAgeInSeconds", input.maximum_record_age_in_seconds.is_some()),
        ("BisectBatchOnFunctionError", input.bisect_batch_on_function_error.is_some()),
        ("MaximumRetryAttempts", input.maximum_retry_attempts.is_some()),
        ("TumblingWindowInSeconds", input.tumbling_window_in_seconds.is_some()),
        ("SourceAccessConfigurations", input.source_access_configurations.is_some()),
        ("AmazonManagedKafkaEventSourceConfig", input.amazon_managed_kafka_event_source_config.is_some()),
        ("SelfManagedKafkaEventSourceConfig", input.self_managed_kafka_event_source_config.is_some()),
        ("DocumentDBEventSourceConfig", input.document_db_event_source_config.is_some()),
    ];
    others_kinds(&others)?;
    lacking(&[
        ("KMSKeyArn", input.kms_key_arn.is_some()),
        ("MetricsConfig", has_metrics(input.metrics_config.as_ref())),
        ("LoggingConfig", input.logging_config.is_some()),
        ("ProvisionedPollerConfig", input.provisioned_poller_config.is_some()),
    ])
}

/// An empty list asks for nothing.
fn has_metrics(config: Option<&api::lambda::EventSourceMappingMetricsConfig>) -> bool {
    config.and_then(|config| config.metrics.as_ref()).is_some_and(|metrics| !metrics.is_empty())
}

fn others_kinds(given: &[(&str, bool)]) -> Result<(), ApiError> {
    match given.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(invalid(format!("{name} is not supported for SQS event sources."))),
        None => Ok(()),
    }
}

fn lacking(given: &[(&str, bool)]) -> Result<(), ApiError> {
    match given.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(unsupported(&format!("{name} of event source mappings"))),
        None => Ok(()),
    }
}
