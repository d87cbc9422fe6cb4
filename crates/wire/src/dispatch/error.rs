//! Errors that arise before an operation runs, in AWS's words.

use http::request::Parts;

use super::Entry;
use crate::{ApiError, RequestBodyError};

/// What to say about a body that can't be had. Lambda has a modelled error for it, others a common one.
pub(super) fn body(problem: RequestBodyError, entry: Option<&Entry>) -> ApiError {
    match problem {
        RequestBodyError::TooLarge { limit } => {
            let modelled = entry.is_some_and(|entry| {
                entry.registered.spec.errors.iter().any(|error| error.name == "RequestTooLargeException")
            });
            let code = if modelled { "RequestTooLargeException" } else { "RequestEntityTooLargeException" };
            let operation = entry
                .map(|entry| format!(" for the {} operation", entry.registered.action))
                .unwrap_or_default();
            ApiError::client(code, 413, format!("Request must be smaller than {limit} bytes{operation}"))
        }
        RequestBodyError::Broken => ApiError::client(
            "IncompleteBody",
            400,
            "The request body ended before all of its bytes had been received.",
        ),
        RequestBodyError::TooSlow => ApiError::client(
            "RequestTimeoutException",
            408,
            "The request body was not received within the timeout period.",
        ),
    }
}

/// Compressed bodies are refused rather than misread.
pub(super) fn check_encoding(parts: &Parts) -> Result<(), ApiError> {
    let encodings = parts.headers.get_all(http::header::CONTENT_ENCODING).iter();
    let refused = encodings.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).find(
        |encoding| {
            let encoding = encoding.trim();
            !encoding.is_empty()
                && !encoding.eq_ignore_ascii_case("identity")
                && !encoding.eq_ignore_ascii_case("aws-chunked")
        },
    );
    match refused {
        None => Ok(()),
        Some(encoding) => Err(ApiError::client(
            "UnsupportedMediaTypeException",
            415,
            format!("Freehold does not accept request bodies with Content-Encoding: {}", encoding.trim()),
        )),
    }
}
