//! How long idle environments are kept: as long as memory is ample, but not for ever.

use std::sync::Weak;
use std::time::Duration;

use super::Inner;

/// How often the host's memory is looked at while there are idle environments.
const LOOK: Duration = Duration::from_secs(1);
/// Nothing happens more often than this, whatever the clocks do.
const STEP: Duration = Duration::from_millis(50);

/// Removes environments that nobody has used for long, and the least useful ones when the host runs short of memory;
/// for as long as the fleet exists.
pub(super) async fn reap(fleet: Weak<Inner>) {
    loop {
        let Some(inner) = fleet.upgrade() else { return };
        let timeout = inner.context.options.idle_timeout;
        let now = inner.now();
        let host = inner.host();
        if let Some(host) = host {
            // States that nobody uses at the moment can be made again.
            let missing = inner.placement().overdraft(host);
            inner.end_states(missing, "");
        }
        let oldest = {
            let mut placement = inner.placement();
            let mut removed =
                now.checked_sub(timeout).map(|then| placement.expire(then, now)).unwrap_or_default();
            if let Some(host) = host {
                removed.extend(placement.relieve(host, now));
            }
            let oldest = placement.oldest_idle();
            drop(placement);
            inner.remove(removed);
            oldest
        };
        match oldest {
            Some(since) => {
                drop(inner);
                let due = (since + timeout).saturating_sub(now);
                tokio::time::sleep(due.clamp(STEP, LOOK)).await;
            }
            None if inner.snapshots.are_kept() => {
                drop(inner);
                tokio::time::sleep(LOOK).await;
            }
            None => {
                // Holding the fleet while waiting would keep it alive for ever; looking once a minute costs nothing.
                let idled = inner.idled.notified();
                let _ = tokio::time::timeout(Duration::from_secs(60), idled).await;
            }
        }
    }
}
