//! The background task of the pools: makes what is missing while no cold start needs the processor, and ends what is
//! too much.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use base::ByteSize;
use tokio::sync::Notify;

use super::shelves::Bounds;
use super::{BREATH, Item, Key, PoolContent, Shared};
use crate::environment::{Empty, boot_generic};
use crate::launcher::LaunchError;

/// Between two looks while something is kept: demand fades.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// While something that is wanted is held back.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// While there is nothing at all.
const LOOK_RARELY: Duration = Duration::from_secs(60);

/// Runs until the pool is closed or gone.
pub async fn keep(pool: Weak<Shared>, work: Arc<Notify>) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    loop {
        let Some(shared) = pool.upgrade() else { return };
        if shared.is_closed() {
            return;
        }
        let pause = act(&shared, cores);
        drop(shared);
        let mut patience = LOOK_AGAIN;
        // A call that comes before the wait is kept for it.
        let _ = tokio::time::timeout(pause, work.notified()).await;
        // Even looking costs a cold start time: it reads the host's memory and takes the lock.
        while let Some(shared) = pool.upgrade()
            && !shared.is_closed()
            && shared.is_cold(shared.context.clock.monotonic())
            && patience > Duration::ZERO
        {
            drop(shared);
            tokio::time::sleep(BREATH).await;
            patience = patience.saturating_sub(BREATH);
        }
    }
}

/// Decides and begins to act; returns how long nothing more will have to be done, unless something happens.
fn act(shared: &Arc<Shared>, cores: usize) -> Duration {
    let now = shared.context.clock.monotonic();
    let cold = shared.cold.load(Ordering::Relaxed);
    let (plan, is_empty) = {
        let mut shelves = shared.shelves();
        let ceiling = shared.ceiling(&shelves);
        let plan = shelves.plan(now, Bounds { ceiling, cores, cold });
        (plan, shelves.is_empty())
    };
    for item in plan.surplus {
        tokio::spawn(item.destroy());
    }
    for key in plan.make {
        tokio::spawn(refill(Arc::clone(shared), key));
    }
    match (plan.is_waiting, is_empty) {
        (true, _) => LOOK_AGAIN,
        (false, false) => LOOK_EVERY,
        (false, true) => LOOK_RARELY,
    }
}

async fn refill(shared: Arc<Shared>, key: Key) {
    let clock = &shared.context.clock;
    let began = clock.monotonic();
    let made = make(&shared, &key).await;
    let now = clock.monotonic();
    let took = now.saturating_sub(began);
    match made {
        Ok((item, weight)) => {
            let mut shelves = shared.shelves();
            // Closing has emptied the shelves; what comes later must not stay on them. Dropping it ends it.
            if !shared.is_closed() {
                shelves.made(&key, item, weight, took);
            }
        }
        Err(error) => {
            // The next cold start makes its own, and reports what is wrong.
            let runtime = key.runtime.name();
            tracing::warn!(%error, runtime, content = ?key.content, "nothing could be made ready ahead of demand");
            shared.shelves().failed(&key, now);
        }
    }
    tracing::debug!(runtime = key.runtime.name(), content = ?key.content, ?took, "refilled");
    shared.changed.notify_waiters();
    shared.work.notify_one();
}

/// With its memory in bytes, if that can be told.
async fn make(shared: &Shared, key: &Key) -> Result<(Item, Option<u64>), LaunchError> {
    let context = &shared.context;
    let runtime = key.runtime.runtime();
    Ok(match key.content {
        PoolContent::Worker => {
            let memory = ByteSize::mib(key.memory_mib);
            let booted = boot_generic(context, runtime, memory, None, true).await?;
            let weight = booted.memory().await;
            (Item::Worker(Box::new(booted)), weight)
        }
        // Its control group counts little of what it costs: most is the kernel's. The guess stands.
        PoolContent::Sandbox => {
            let empty = Empty::create(context, runtime).await?;
            empty.prepare().await?;
            (Item::Sandbox(Box::new(empty)), None)
        }
    })
}
