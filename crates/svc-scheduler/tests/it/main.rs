//! Schedules on a scratch store, with functions that remember their calls.

mod firing;
