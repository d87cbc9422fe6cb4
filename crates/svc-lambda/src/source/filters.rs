//! Filter criteria of a mapping: which items reach the function.

use pattern::lambda::Filter;
use serde_json::Value;
use wire::ApiError;

use crate::error::invalid;

/// Filters of a mapping. AWS's limit without a raised quota.
const FILTERS_MAX: usize = 5;
/// The longest pattern, in characters.
const PATTERN_CHARS_MAX: usize = 4_096;

/// A mapping's filters; an item passes when one of them matches, or when there are none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filters(Vec<Filter>);

impl Filters {
    /// `part`: the member of a record that carries the sender's data.
    ///
    /// # Errors
    /// AWS's, for too many filters or one that is no pattern.
    pub(crate) fn parse(patterns: &[String], part: &'static str) -> Result<Filters, ApiError> {
        if patterns.len() > FILTERS_MAX {
            return Err(invalid(format!("FilterCriteria can have at most {FILTERS_MAX} filters.")));
        }
        let parse = |pattern: &String| {
            if pattern.chars().count() > PATTERN_CHARS_MAX {
                return Err(invalid("Invalid filter pattern definition."));
            }
            Filter::parse(pattern, part).map_err(|_| invalid("Invalid filter pattern definition."))
        };
        Ok(Filters(patterns.iter().map(parse).collect::<Result<_, _>>()?))
    }

    /// `data`: the sender's data as text.
    pub(crate) fn pass(&self, record: &Value, data: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|filter| filter.matches(record, Some(data)))
    }
}
