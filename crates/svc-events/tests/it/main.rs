//! EventBridge tested through its operations, on a real store.

mod support;

mod buses;
mod rules;
mod targets;
