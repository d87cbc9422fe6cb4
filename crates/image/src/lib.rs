//! Container images as read-only directories: from an OCI layout, a `docker save` archive or a registry, verified,
//! unpacked once per digest, with what the image says about the process to run. Knows nothing of who runs it.
#![forbid(unsafe_code)]

mod digest;
mod document;
mod error;
mod import;
mod inside;
mod local;
mod manifest;
mod reference;
mod registry;
mod store;
mod unpack;

pub use digest::Digest;
pub use document::Process;
pub use error::ImageError;
pub use import::import;
pub use inside::Inside;
pub use reference::Reference;
pub use registry::RegistryOptions;
pub use store::{Images, Options, Unpacked};
pub use unpack::Limits;
