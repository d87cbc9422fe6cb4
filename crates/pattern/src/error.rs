//! What is wrong with a pattern or an event, in AWS's words.

/// Why a pattern is refused. Its text is what EventBridge answers with `InvalidEventPatternException`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Event pattern is not valid. Reason: {reason}")]
pub struct PatternError {
    reason: String,
}

impl PatternError {
    pub(crate) fn new(reason: impl Into<String>) -> PatternError {
        PatternError { reason: reason.into() }
    }

    /// The reason alone, for services that introduce it differently.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// An event that no pattern can be asked about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    #[error("Event must be a JSON object")]
    NotAnObject,
    #[error("{0}")]
    NotJson(String),
}
