//! SQS tested through its operations, on a real store.

mod support;

mod fifo;
mod queues;
mod redrive;
mod standard;
