//! Why an image can't be had; the kinds are those between which a caller has to choose its answer.

use std::io;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// There is no image of this name or digest.
    #[error("{0}")]
    NotFound(String),
    /// The registry does not let us have it.
    #[error("{0}")]
    Denied(String),
    /// It contradicts its own digests, or would write outside its own root, or cannot be read.
    #[error("{0}")]
    Invalid(String),
    /// A media type, platform or feature that is not supported.
    #[error("{0}")]
    Unsupported(String),
    #[error("{0}")]
    TooLarge(String),
    /// The registry or the disk fails; trying again later may help.
    #[error("{0}")]
    Unavailable(String),
}

impl ImageError {
    pub(crate) fn invalid(text: impl Into<String>) -> ImageError {
        ImageError::Invalid(text.into())
    }

    /// Of the host's file system.
    pub(crate) fn disk(what: &str, error: &dyn std::fmt::Display) -> ImageError {
        ImageError::Unavailable(format!("{what}: {error}"))
    }

    /// An error that came through a reader: one of ours, carried by [`ImageError::carried`], or the stream's.
    pub(crate) fn from_stream(what: &str, error: io::Error) -> ImageError {
        match error.downcast::<ImageError>() {
            Ok(own) => own,
            Err(error) if error.raw_os_error().is_some() => ImageError::disk(what, &error),
            Err(error) => ImageError::Invalid(format!("{what}: {error}")),
        }
    }

    pub(crate) fn carried(self) -> io::Error {
        io::Error::other(self)
    }
}
