//! The words every other crate uses: ids, ARNs, units, and the seams through which time and randomness
//! enter, so that tests and simulation can control both. No I/O here.
#![forbid(unsafe_code)]

mod arn;
mod bytesize;
mod entropy;
mod ids;
mod time;

pub use arn::{Arn, ArnParseError};
pub use bytesize::ByteSize;
pub use entropy::{Entropy, SystemEntropy};
pub use ids::{AccountId, InvalidAccountId, Region, RequestId};
pub use time::{Clock, ManualClock, SystemClock, Timestamp};

/// A boxed future, for traits that must be usable as `dyn`.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
