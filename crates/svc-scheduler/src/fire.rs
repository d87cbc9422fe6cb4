//! Due times: timers, and what happens when one comes.

use std::sync::{Arc, Weak};
use std::time::Duration;

use base::{AccountId, BoxFuture, Region, Timestamp};
use bytes::Bytes;
use courier::{Attempt, Backoff, Commit, Handler, NewDelivery, Outcome, Policy, Settlement, Verdict};
use schedule::flexible_delay;
use serde::{Deserialize, Serialize};
use store::{StoreError, Transaction};

use crate::model::Schedule;
use crate::scheduler::Scheduler;
use crate::{call, keys, names};

/// The kind of deliveries that are due times; their lane is the schedule.
pub(crate) const KIND: &str = "schedule";

/// What is stored of a timer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Tick {
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) id: u64,
    pub(crate) revision: u64,
    pub(crate) event: Event,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    /// It is due.
    Due(Timestamp),
    /// Its last call has ended; now it is to be deleted.
    Completed,
}

impl Tick {
    /// The delivery of this tick. It never ends before it has been handled: nothing but the store can fail.
    pub(crate) fn delivery(&self, account: AccountId, region: &Region) -> NewDelivery {
        let arn = names::schedule_arn(account, region, &self.group, &self.name);
        NewDelivery {
            kind: KIND,
            account,
            region: region.clone(),
            source: arn.clone(),
            target: arn,
            payload: Bytes::new(),
            context: serde_json::to_value(self).expect("it is plain data with text keys"),
            not_before: match self.event {
                Event::Due(due) => Some(due),
                Event::Completed => None,
            },
            policy: Policy {
                attempts_max: None,
                age_max: None,
                backoff: Backoff::Exponential { min: Duration::from_secs(1), max: Duration::from_secs(60) },
            },
        }
    }
}

impl Scheduler {
    /// Sets the timer of a schedule to its next due time, if it has one.
    pub(crate) fn set_timer(
        &self,
        tx: &Transaction,
        account: AccountId,
        region: &Region,
        schedule: &Schedule,
    ) {
        let Some(due) = schedule.next_due else { return };
        let tick = Tick {
            group: schedule.group.clone(),
            name: schedule.name.clone(),
            id: schedule.id,
            revision: schedule.revision,
            event: Event::Due(due),
        };
        self.courier.enqueue(tx, tick.delivery(account, region));
    }

    /// What a tick causes, in the transaction that removes it.
    async fn tick(
        &self,
        tx: &Transaction,
        account: AccountId,
        region: &Region,
        tick: &Tick,
    ) -> Result<(), StoreError> {
        let key = keys::schedule(account, region, &tick.group, &tick.name);
        let Some(mut schedule) = tx.get_record::<Schedule>(&key).await? else { return Ok(()) };
        if schedule.id != tick.id || schedule.revision != tick.revision {
            return Ok(());
        }
        let due = match tick.event {
            Event::Due(due) => due,
            Event::Completed => {
                if schedule.definition.delete_after && schedule.next_due.is_none() {
                    tx.delete(key);
                }
                return Ok(());
            }
        };
        // Due times that were missed altogether are dropped.
        schedule.next_due = schedule.due_after(due.max(self.clock.now()));
        let window = Duration::from_secs(60 * u64::from(schedule.definition.window_minutes.unwrap_or(0)));
        let delay = flexible_delay(schedule.id, due, window);
        self.courier.enqueue(tx, call::delivery(account, region, &schedule, due, delay));
        self.set_timer(tx, account, region, &schedule);
        tx.put_record(key, &schedule);
        Ok(())
    }
}

/// Handles due times.
pub(crate) struct Ticks(pub(crate) Weak<Scheduler>);

impl Handler for Ticks {
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            let delivery = &attempt.delivery;
            let Some(scheduler) = self.0.upgrade() else {
                // The service is ending.
                return Outcome::Throttled { after: None }.into();
            };
            let Ok(tick) = serde_json::from_value(delivery.context.clone()) else {
                return Outcome::Impossible { error: "the stored timer names no schedule".into() }.into();
            };
            let firing =
                Firing { scheduler, account: delivery.account, region: delivery.region.clone(), tick };
            Verdict { commit: Some(Box::new(firing) as Box<dyn Commit>), ..Outcome::Done.into() }
        })
    }
}

/// Removes the timer, and does what follows, in one transaction.
struct Firing {
    scheduler: Arc<Scheduler>,
    account: AccountId,
    region: Region,
    tick: Tick,
}

impl Commit for Firing {
    fn commit(self: Box<Self>, settlement: Settlement) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(async move {
            let (this, settlement) = (&*self, &settlement);
            let done = this.scheduler.store.transact(|tx| async move {
                if settlement.write(&tx).await? {
                    this.scheduler.tick(&tx, this.account, &this.region, &this.tick).await?;
                }
                Ok::<_, StoreError>(())
            });
            done.await
        })
    }
}
