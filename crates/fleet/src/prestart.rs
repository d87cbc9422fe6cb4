//! Workers started ahead of demand: an interpreter's start is the dearest part of a cold start, and does not need to
//! know the function.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::environment::{Booted, Context, boot_generic};
use crate::{Runtime, RuntimeKind};

/// Ready workers by runtime.
pub struct Prestart {
    /// Per runtime.
    target: usize,
    pool: Arc<Mutex<Pool>>,
    /// Told whenever a worker has been started, or could not be.
    changed: Arc<Notify>,
}

#[derive(Default)]
struct Pool {
    shelves: HashMap<String, Shelf>,
    is_closed: bool,
}

#[derive(Default)]
struct Shelf {
    ready: Vec<Booted>,
    starting: usize,
}

impl Prestart {
    pub fn new(target: usize) -> Prestart {
        Prestart { target, pool: Arc::default(), changed: Arc::default() }
    }

    /// A ready worker, if there is one. Starting the next is left to the caller, who knows when it does not compete
    /// with the function's own start.
    pub fn take(&self, runtime: &Runtime) -> Option<Booted> {
        if self.target == 0 {
            return None;
        }
        let mut ready = {
            let mut pool = lock(&self.pool);
            pool.shelves.get_mut(&shelf_name(runtime)).and_then(|shelf| shelf.ready.pop())
        };
        ready.take_if(|booted| !booted.is_sound());
        ready
    }

    /// Sees to it that there are ready workers of this runtime.
    pub fn expect(&self, context: &Context, runtime: &Arc<Runtime>) {
        if runtime.kind == RuntimeKind::Custom {
            return;
        }
        let name = shelf_name(runtime);
        let missing = {
            let mut pool = lock(&self.pool);
            if pool.is_closed {
                return;
            }
            let shelf = pool.shelves.entry(name.clone()).or_default();
            let missing = self.target.saturating_sub(shelf.ready.len() + shelf.starting);
            shelf.starting += missing;
            missing
        };
        for _ in 0..missing {
            let (pool, changed) = (Arc::clone(&self.pool), Arc::clone(&self.changed));
            let refilled = refill(pool, context.clone(), Arc::clone(runtime), name.clone());
            tokio::spawn(async move {
                refilled.await;
                changed.notify_waiters();
            });
        }
    }

    /// Returns when no worker of this runtime is being started any more.
    pub async fn settled(&self, runtime: &Runtime) {
        let name = shelf_name(runtime);
        loop {
            let changed = self.changed.notified();
            let starting = lock(&self.pool).shelves.get(&name).map_or(0, |shelf| shelf.starting);
            if starting == 0 {
                return;
            }
            changed.await;
        }
    }

    /// Ends all of them, and starts no more.
    pub async fn close(&self) {
        let shelves = {
            let mut pool = lock(&self.pool);
            pool.is_closed = true;
            std::mem::take(&mut pool.shelves)
        };
        for booted in shelves.into_values().flat_map(|shelf| shelf.ready) {
            booted.destroy().await;
        }
    }

    /// How many are ready.
    pub fn ready(&self) -> usize {
        lock(&self.pool).shelves.values().map(|shelf| shelf.ready.len()).sum()
    }
}

fn shelf_name(runtime: &Runtime) -> String {
    format!("{} {}", runtime.name, runtime.version)
}

fn lock(pool: &Mutex<Pool>) -> MutexGuard<'_, Pool> {
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn refill(pool: Arc<Mutex<Pool>>, context: Context, runtime: Arc<Runtime>, name: String) {
    let booted = boot_generic(&context, &runtime).await;
    let mut pool = lock(&pool);
    let is_closed = pool.is_closed;
    let Some(shelf) = pool.shelves.get_mut(&name) else { return };
    shelf.starting -= 1;
    match booted {
        Ok(booted) if !is_closed => shelf.ready.push(booted),
        // Dropping it ends it.
        Ok(_) => {}
        // The next cold start starts its own worker, and reports what is wrong.
        Err(error) => tracing::warn!(%error, runtime = name, "a worker could not be started ahead of demand"),
    }
}
