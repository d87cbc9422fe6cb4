//! CloudWatch Logs tested through its operations, on a real store.

mod support;

mod append;
mod events;
mod groups;
mod search;
mod sweep;
