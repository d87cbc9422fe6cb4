//! One batch to its function: invoked synchronously, again while the function has no room, and what that means for each
//! item. The same for every kind of source.

use std::time::Duration;

use base::BoxFuture;
use bytes::Bytes;
use tokio::time::Instant;

use super::batch::{self, Item};
use super::response;

/// First wait after the function had no room; doubles each time.
const THROTTLED_MIN: Duration = Duration::from_secs(1);
const THROTTLED_MAX: Duration = Duration::from_secs(30);

/// What a mapping has to know of its function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TargetFacts {
    pub role: String,
    pub timeout: Duration,
}

/// How an invocation went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Invoked {
    Answered(Bytes),
    /// It ran and failed.
    Failed,
    /// It did not run for want of concurrency.
    Throttled,
    /// It could not run.
    Impossible(String),
}

/// The function of a mapping.
pub(crate) trait Target: Send + Sync + 'static {
    /// # Errors
    /// Why it cannot be invoked now.
    fn describe(&self) -> BoxFuture<'_, Result<TargetFacts, String>>;
    fn invoke(&self, payload: Bytes) -> BoxFuture<'_, Invoked>;
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    /// For each item.
    pub failed: Vec<bool>,
    pub end: End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The function ran to its end; items may have failed.
    Answered,
    Failed,
    Throttled,
    Impossible(String),
}

/// Delivers a batch that fits into one payload. `reports_failures`: the answer says which items have failed. While the function has no room, it
/// is tried again, but no attempt begins after `retry_until`.
pub(crate) async fn deliver(
    target: &dyn Target,
    items: &[&Item],
    reports_failures: bool,
    retry_until: Instant,
) -> Delivery {
    let all = |failed: bool, end: End| Delivery { failed: vec![failed; items.len()], end };
    let Some(payload) = batch::payload(items.iter().copied()) else {
        return all(true, End::Impossible("an item is larger than an invocation's payload may be".into()));
    };
    let mut wait = THROTTLED_MIN;
    loop {
        match target.invoke(payload.clone()).await {
            Invoked::Answered(answer) if reports_failures => {
                return Delivery { failed: response::failed(items, &answer), end: End::Answered };
            }
            Invoked::Answered(_) => return all(false, End::Answered),
            Invoked::Failed => return all(true, End::Failed),
            Invoked::Impossible(why) => return all(true, End::Impossible(why)),
            Invoked::Throttled => {
                let next = Instant::now() + wait;
                if next > retry_until {
                    return all(true, End::Throttled);
                }
                tokio::time::sleep_until(next).await;
                wait = (wait * 2).min(THROTTLED_MAX);
            }
        }
    }
}
