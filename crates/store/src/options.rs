//! What an operator or a test can tune, with the price of each choice.

use base::ByteSize;

/// Settings of a store. The defaults suit a server that shares its machine with the functions it runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Memory for blocks read from disk. Fills up as data is read, so an idle store costs none of it.
    /// More makes reads of cold data faster. Default 16 MiB.
    pub cache_size: ByteSize,
    /// Recent writes are kept in memory until this many bytes, then written out as one table; up to four
    /// such buffers exist under heavy load. More means fewer, larger tables and less compaction. Fixed when
    /// the store is created. Default 16 MiB.
    pub memtable_size: ByteSize,
    /// Upper bound of the journal files, at least 64 MiB. The journal is replayed when the store opens, so
    /// this bounds the time that takes (roughly 5 ms per MiB). Default 64 MiB.
    pub journal_size_max: ByteSize,
    /// Threads that flush and compact in the background. A second one burns CPU waiting for the first
    /// while it compacts; it only helps on machines with many idle cores. Default 1.
    pub background_threads: usize,
    /// Largest sum of keys and values that one transaction may write. Default 16 MiB.
    pub transaction_bytes_max: ByteSize,
    /// Commits fail with `DiskFull` while the disk has less free space than this, because a write that
    /// really hits the end of the disk forces a restart. It must also have room for the flushes and
    /// compactions that are still to come: eight times `memtable_size` is little. Default 256 MiB.
    pub disk_reserve: ByteSize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            cache_size: ByteSize::mib(16),
            memtable_size: ByteSize::mib(16),
            journal_size_max: ByteSize::mib(64),
            background_threads: 1,
            transaction_bytes_max: ByteSize::mib(16),
            disk_reserve: ByteSize::mib(256),
        }
    }
}
