//! One ordered keyspace with snapshot reads, serializable transactions and group commit: acknowledged means
//! on disk. Every service keeps its state here, so that a change and the trigger it causes are one transaction.
//!
//! ```ignore
//! let store = Store::open(dir, Options::default())?;
//! let count = store
//!     .transact(|tx| async move {
//!         let count = tx.get_record::<Count>(&key).await?.unwrap_or_default().next();
//!         tx.put_record(key.clone(), &count);
//!         Ok::<_, StoreError>(count)
//!     })
//!     .await?;
//! ```
#![forbid(unsafe_code)]

mod blobs;
mod digest;
mod embedded;
mod engine;
mod error;
mod feed;
mod files;
mod key;
mod options;
mod record;
mod scan;
mod seq;
mod snapshot;
mod space;
mod store;
mod transact;
mod transaction;
mod watch;

pub use blobs::Blobs;
pub use digest::{Digest, InvalidDigest};
pub use error::{OpenError, StoreError};
pub use feed::{Fed, Feed};
pub use key::{KEY_LEN_MAX, Key, KeyParts};
pub use options::Options;
pub use record::Record;
pub use scan::Scan;
pub use seq::CommitSeq;
pub use snapshot::Snapshot;
pub use space::Space;
pub use store::Store;
pub use transaction::Transaction;
pub use watch::Watch;
