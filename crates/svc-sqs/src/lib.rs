//! Amazon SQS: queues of messages, standard and FIFO. Every change is a durable transaction; what a receive needs to
//! know of a queue is kept in memory while the queue is in use. See [`Queues`] for the interface without HTTP.
#![forbid(unsafe_code)]

mod attributes;
mod error;
mod keys;
mod model;
mod names;

mod active;
mod digest;
mod receipt;
mod window;

mod consume;
mod moves;
mod permissions;
mod queues;
mod receive;
mod send;
mod settle;
mod sweep;

pub mod ops;

pub use consume::QueueInfo;
pub use model::AttributeValue;
pub use names::QueueName;
pub use ops::{query_service, service};
pub use queues::{Policies, Queues};
pub use receive::{ReceiveOptions, Received};
pub use send::{Outbox, Outgoing, Sent};
