//! A number of bytes that cannot be mistaken for a number of megabytes.

use std::fmt;

/// A number of bytes. Lambda's "MB" are mebibytes (1,048,576 bytes), so the constructors say so.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct ByteSize(u64);

impl ByteSize {
    pub const fn bytes(bytes: u64) -> ByteSize {
        ByteSize(bytes)
    }

    pub const fn mib(mib: u64) -> ByteSize {
        ByteSize(mib * 1024 * 1024)
    }

    pub const fn as_bytes(self) -> u64 {
        self.0
    }

    /// Whole mebibytes, rounded up: what Lambda reports as "Max Memory Used".
    pub const fn as_mib_ceil(self) -> u64 {
        self.0.div_ceil(1024 * 1024)
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b if b >= 1 << 30 => write!(f, "{:.1} GiB", b as f64 / (1u64 << 30) as f64),
            b if b >= 1 << 20 => write!(f, "{:.1} MiB", b as f64 / (1u64 << 20) as f64),
            b if b >= 1 << 10 => write!(f, "{:.1} KiB", b as f64 / (1u64 << 10) as f64),
            b => write!(f, "{b} B"),
        }
    }
}
