//! Where an invocation belongs: the pool of environments that can serve it, and the counters that limit it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A limit that may change while it is in force; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Quota(Arc<AtomicU32>);

impl Quota {
    pub fn new(limit: u32) -> Quota {
        Quota(Arc::new(AtomicU32::new(limit)))
    }

    /// What is under way beyond a lowered limit ends by itself; nothing new starts before that.
    pub fn set(&self, limit: u32) {
        self.0.store(limit, Ordering::Release);
    }

    pub fn get(&self) -> u32 {
        self.0.load(Ordering::Acquire)
    }
}

/// Which pool and counters an invocation or environment belongs to.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The function's state: [`FunctionSpec::key`](crate::FunctionSpec).
    pub key: String,
    /// The key, and the tenant where there is one: environments of two pools are never exchanged.
    pub pool: String,
    pub group: String,
    pub group_quota: Quota,
    pub function: String,
    pub function_limit: Option<u32>,
    /// Configured memory of one environment, in bytes.
    pub memory: u64,
}

impl Place {
    /// `tenant` is separated from the key by a byte that neither contains.
    pub fn pool_name(key: &str, tenant: Option<&str>) -> String {
        match tenant {
            Some(tenant) => format!("{key}\0{tenant}"),
            None => key.to_owned(),
        }
    }
}
