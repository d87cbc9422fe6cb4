//! From requests to a mapping's settings, within the rules that hold for queues. Pure.

use api::lambda::{
    CreateEventSourceMappingRequest, FilterCriteria, ScalingConfig, UpdateEventSourceMappingRequest,
};
use wire::ApiError;

use super::filters::Filters;
use super::queue::DATA_PART;
use super::record::MappingSettings;
use crate::error::invalid;

/// Items of a batch unless the request says otherwise.
const BATCH_SIZE: i64 = 10;
/// Larger ones have to be gathered.
const BATCH_SIZE_WITHOUT_WINDOW_MAX: u32 = 10;
const REPORT_FAILURES: &str = "ReportBatchItemFailures";

pub(crate) fn created(input: &CreateEventSourceMappingRequest) -> Result<MappingSettings, ApiError> {
    let settings = MappingSettings {
        enabled: input.enabled.unwrap_or(true),
        batch_size: number(input.batch_size.unwrap_or(BATCH_SIZE)),
        window_s: number(input.maximum_batching_window_in_seconds.unwrap_or(0)),
        concurrency_max: input.scaling_config.as_ref().and_then(concurrency_max),
        reports_failures: input.function_response_types.as_deref().is_some_and(reports_failures),
        filters: input.filter_criteria.as_ref().map(patterns).unwrap_or_default(),
    };
    checked(settings)
}

/// What is not in the request stays as it was.
pub(crate) fn updated(
    now: &MappingSettings,
    input: &UpdateEventSourceMappingRequest,
) -> Result<MappingSettings, ApiError> {
    let settings = MappingSettings {
        enabled: input.enabled.unwrap_or(now.enabled),
        batch_size: input.batch_size.map_or(now.batch_size, number),
        window_s: input.maximum_batching_window_in_seconds.map_or(now.window_s, number),
        concurrency_max: match &input.scaling_config {
            Some(config) => concurrency_max(config),
            None => now.concurrency_max,
        },
        reports_failures: match &input.function_response_types {
            Some(types) => reports_failures(types),
            None => now.reports_failures,
        },
        filters: match &input.filter_criteria {
            Some(criteria) => patterns(criteria),
            None => now.filters.clone(),
        },
    };
    checked(settings)
}

/// What a kind of queue does not allow.
pub(super) fn check_kind(settings: &MappingSettings, fifo: bool) -> Result<(), ApiError> {
    if fifo && settings.window_s > 0 {
        return Err(invalid("Batching window is not supported for FIFO queues"));
    }
    Ok(())
}

fn checked(settings: MappingSettings) -> Result<MappingSettings, ApiError> {
    if settings.batch_size > BATCH_SIZE_WITHOUT_WINDOW_MAX && settings.window_s == 0 {
        return Err(invalid(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
        ));
    }
    Filters::parse(&settings.filters, DATA_PART)?;
    Ok(settings)
}

/// The tables have checked its range.
fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(0)
}

fn concurrency_max(config: &ScalingConfig) -> Option<u32> {
    config.maximum_concurrency.map(number)
}

fn reports_failures(types: &[String]) -> bool {
    types.iter().any(|name| name == REPORT_FAILURES)
}

fn patterns(criteria: &FilterCriteria) -> Vec<String> {
    let filters = criteria.filters.iter().flatten();
    filters.filter_map(|filter| filter.pattern.clone()).collect()
}
