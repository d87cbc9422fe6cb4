//! From bytes to a typed operation and back: finds the service and operation of a request, verifies its
//! signature, asks the authorizer, decodes and validates the input, and encodes the answer or the error.
//! Knows protocols, but no service's rules.
#![forbid(unsafe_code)]

mod access;
mod context;
mod error;
mod operation;
pub mod protocol;
pub mod validate;

pub mod sigv4;

mod body;
mod dispatch;
mod handler;
mod metrics;
mod request_body;
mod server;

pub use access::{Access, Authorizer, Caller, Credential, Credentials};
pub use body::{Body, BodySender, ClientGone};
pub use context::Context;
pub use error::ApiError;
pub use handler::{HttpHandler, HttpRequest, PathAccess};
pub use metrics::Metrics;
pub use operation::{EventStream, Operation, Reply, Service, ServiceBuilder};
pub use request_body::{RequestBody, RequestBodyError};
pub use server::{Limits, Origin, Server, ServerBuilder};
