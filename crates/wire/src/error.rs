//! The error that any operation may answer with; each protocol renders it in its own form.

use std::time::Duration;

use shape::{Fault, Map, Value};

/// An AWS error: what the client's SDK raises.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// For example `ResourceNotFoundException`.
    pub code: String,
    pub message: String,
    pub http_status: u16,
    pub fault: Fault,
    /// Modelled members beside the message, for example Lambda's `Type`.
    pub members: Map,
    /// Sent as `Retry-After`.
    pub retry_after: Option<Duration>,
}

impl ApiError {
    pub fn client(code: impl Into<String>, http_status: u16, message: impl Into<String>) -> ApiError {
        ApiError {
            code: code.into(),
            message: message.into(),
            http_status,
            fault: Fault::Client,
            members: Map::new(),
            retry_after: None,
        }
    }

    pub fn server(code: impl Into<String>, http_status: u16, message: impl Into<String>) -> ApiError {
        ApiError { fault: Fault::Server, ..ApiError::client(code, http_status, message) }
    }

    /// Adds a modelled member.
    pub fn with(mut self, name: &str, value: Value) -> ApiError {
        self.members.insert(name, value);
        self
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}
