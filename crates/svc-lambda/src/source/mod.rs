//! Event source mappings: what a source has is gathered into batches and given to a function. What is the same for every
//! kind of source (batches, filters, delivery, answers, scale) is apart from what is a queue's own.

mod batch;
mod check;
mod deliver;
mod filters;
mod follow;
mod function;
mod queue;
mod record;
mod refused;
mod render;
mod response;
mod scale;
mod seam;
mod settings;
pub(crate) mod table;

pub(crate) use check::{check_owner, check_queue, check_source, function_of};
pub(crate) use follow::{Sources, follow};
pub(crate) use record::MappingRecord;
pub(crate) use record::{Phase, arn};
pub(crate) use refused::{check_created, check_updated};
pub(crate) use render::render;
pub use seam::{QueueAttribute, QueueFacts, QueueMessage, QueueProblem, QueueSources};
pub(crate) use settings::{created, updated};
