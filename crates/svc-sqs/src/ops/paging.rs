//! Pages of lists of queues.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use wire::ApiError;

use crate::error;

/// AWS's largest page.
const LIMIT: i64 = 1000;

pub(crate) fn limit(asked: Option<i64>) -> Result<usize, ApiError> {
    let limit = asked.unwrap_or(LIMIT);
    match usize::try_from(limit) {
        Ok(rows) if (1..=LIMIT).contains(&limit) => Ok(rows),
        _ => Err(error::invalid_value(format!(
            "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and {LIMIT}."
        ))),
    }
}

/// A token for what follows `last`.
pub(crate) fn seal(last: &str) -> String {
    BASE64_STANDARD.encode(last)
}

pub(crate) fn open(token: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(token) = token else { return Ok(None) };
    let bytes = BASE64_STANDARD.decode(token).ok();
    match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(last) => Ok(Some(last)),
        None => Err(error::invalid_value("Invalid or expired next token.")),
    }
}
