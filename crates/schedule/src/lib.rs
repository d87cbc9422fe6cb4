//! When something recurs: the schedule expressions of EventBridge's rules and of EventBridge Scheduler. Pure: no clock,
//! no store; the caller asks for the first due time after an instant.
//!
//! # Time zones and daylight saving
//! `cron` and `at` are read on the clock of a zone. A clock time that a zone skips in spring does not occur: a cron
//! expression that names it is not due. A clock time that a zone repeats in autumn occurs once, the first time. Rates
//! count elapsed time; a day is 24 hours, whatever the clocks do. A one-time schedule at a skipped time, of which AWS says
//! nothing, is due as much later as the clock was put forward, because never would be worse.
#![forbid(unsafe_code)]

mod cron;
mod expression;
mod flexible;
mod plan;
mod zone;

pub use cron::Cron;
pub use expression::{Dialect, Expression, InvalidExpression, Rate};
pub use flexible::flexible_delay;
pub use plan::Plan;
pub use zone::Zone;
