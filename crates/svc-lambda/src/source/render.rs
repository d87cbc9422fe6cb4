//! A mapping as the API shows it.

use api::lambda::{EventSourceMappingConfiguration, Filter, FilterCriteria, ScalingConfig};

use super::record::MappingRecord;
use crate::Lambda;

/// What a queue's mappings have as their reason: all changes come from requests.
const REASON: &str = "USER_INITIATED";

pub(crate) fn render(lambda: &Lambda, mapping: &MappingRecord) -> EventSourceMappingConfiguration {
    let settings = &mapping.settings;
    let filters = settings.filters.iter().map(|pattern| Filter { pattern: Some(pattern.clone()) });
    let responses = settings.reports_failures.then(|| "ReportBatchItemFailures".to_owned());
    EventSourceMappingConfiguration {
        uuid: Some(mapping.uuid.clone()),
        batch_size: Some(i64::from(settings.batch_size)),
        maximum_batching_window_in_seconds: Some(i64::from(settings.window_s)),
        event_source_arn: Some(mapping.source_arn.clone()),
        filter_criteria: (!settings.filters.is_empty())
            .then(|| FilterCriteria { filters: Some(filters.collect()) }),
        scaling_config: settings
            .concurrency_max
            .map(|max| ScalingConfig { maximum_concurrency: Some(i64::from(max)) }),
        function_arn: Some(mapping.target().arn()),
        last_modified: Some(mapping.modified_at),
        last_processing_result: lambda.sources.result(&mapping.arn()),
        state: Some(mapping.phase.name().to_owned()),
        state_transition_reason: Some(REASON.to_owned()),
        function_response_types: Some(responses.into_iter().collect()),
        event_source_mapping_arn: Some(mapping.arn()),
        ..EventSourceMappingConfiguration::default()
    }
}
