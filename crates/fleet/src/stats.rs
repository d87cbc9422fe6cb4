//! What the fleet tells about itself, for metrics.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use base::ByteSize;

use crate::placement::Counts;
use crate::{Fleet, PoolContent, PoolStats};

/// A snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// By [`FunctionSpec::function`](crate::FunctionSpec); only those with an environment or a waiting invocation.
    pub functions: BTreeMap<String, FunctionStats>,
    /// Idle environments that are frozen.
    pub frozen: u32,
    /// Workers started ahead of demand, ready.
    pub prestarted: usize,
    /// What is kept ready, by runtime and content.
    pub pools: Vec<PoolStats>,
    /// Environments started since the server did.
    pub cold_starts: u64,
    /// Invocations admitted since the server did.
    pub invocations: u64,
    /// Configured memory of all environments.
    pub memory_reserved: ByteSize,
    /// What they are expected to use of it.
    pub memory_expected: ByteSize,
    /// What the states use that environments begin from (SnapStart).
    pub memory_states: ByteSize,
}

/// Environments by state, and invocations that wait for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FunctionStats {
    pub idle: u32,
    pub busy: u32,
    pub starting: u32,
    pub waiting: u32,
}

impl Fleet {
    /// Counts everything now.
    pub fn stats(&self) -> Stats {
        let inner = self.inner();
        let of = |counts: Counts| FunctionStats {
            idle: counts.idle,
            busy: counts.busy,
            starting: counts.starting,
            waiting: counts.waiting,
        };
        let pools = inner.pool.stats();
        let workers = pools.iter().filter(|pool| pool.content == PoolContent::Worker);
        let prestarted = workers.map(|pool| pool.ready).sum();
        let placement = inner.placement();
        let frozen = placement.idle().filter(|resident| resident.live.freezer.is_frozen()).count();
        Stats {
            functions: placement.counts().into_iter().map(|(name, counts)| (name, of(counts))).collect(),
            frozen: u32::try_from(frozen).unwrap_or(u32::MAX),
            prestarted,
            pools,
            cold_starts: inner.cold_starts.load(Ordering::Relaxed),
            invocations: inner.invocations.load(Ordering::Relaxed),
            memory_reserved: ByteSize::bytes(placement.memory_configured()),
            memory_expected: ByteSize::bytes(placement.memory_charged()),
            memory_states: ByteSize::bytes(inner.states.held()),
        }
    }
}
