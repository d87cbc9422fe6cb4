//! The record of an attempt: one set of writes, made in one transaction, that ends a delivery or puts it off. Whatever
//! happens, a delivery's row is there before it and gone after it, so it takes effect once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base::{Entropy, Timestamp};
use bytes::Bytes;
use store::{StoreError, Transaction};

use crate::delivery::{Dead, Delivery, Ending, NewDelivery, Owner, encode};
use crate::handler::{Effects, Write};
use crate::keys;

/// The writes of one delivery's attempt.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changes {
    /// Where the delivery is now: deleted, and nothing happens when it is not there.
    pub row: Bytes,
    pub writes: Vec<Write>,
}

impl Changes {
    /// The delivery is over.
    pub(crate) fn end(
        row: Bytes,
        delivery: &Delivery,
        ending: Ending,
        effects: Effects,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Changes {
        let keep = effects.keep && ending != Ending::Done;
        let mut writes = follow(effects, now, entropy);
        if keep {
            let key = delivery.lane().dead(now, delivery.id);
            let dead = Dead { delivery: delivery.clone(), ending, ended_at: now };
            writes.push(Write::Put(key, encode(&dead)));
        } else if delivery.payload_len > 0 {
            writes.push(Write::Delete(keys::payload(delivery.id)));
        }
        Changes { row, writes }
    }

    /// The delivery, in its new state, waits for its `not_before`.
    pub(crate) fn put_off(
        row: Bytes,
        delivery: &Delivery,
        effects: Effects,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Changes {
        let mut writes = follow(effects, now, entropy);
        writes.push(Write::Put(delivery.lane().timer(delivery.not_before, delivery.id), encode(delivery)));
        Changes { row, writes }
    }
}

/// The writes that accept a delivery.
pub(crate) fn accept(new: NewDelivery, now: Timestamp, entropy: &dyn Entropy) -> (Delivery, Vec<Write>) {
    let (delivery, payload) = Delivery::new(new, now, entropy);
    let writes = placing(&delivery, payload, now);
    (delivery, writes)
}

/// A delivery's payload and its row.
pub(crate) fn placing(delivery: &Delivery, payload: Bytes, now: Timestamp) -> Vec<Write> {
    let row = placed(delivery, now);
    if payload.is_empty() { vec![row] } else { vec![Write::Put(keys::payload(delivery.id), payload), row] }
}

/// The row of a delivery: in its lane when it is due, otherwise among the timers.
pub(crate) fn placed(delivery: &Delivery, now: Timestamp) -> Write {
    let (lane, record) = (delivery.lane(), encode(delivery));
    if delivery.not_before > now {
        Write::Put(lane.timer(delivery.not_before, delivery.id), record)
    } else {
        Write::PutSequenced(lane.prefix(), record)
    }
}

fn follow(effects: Effects, now: Timestamp, entropy: &dyn Entropy) -> Vec<Write> {
    let mut writes = effects.writes;
    for new in effects.deliveries {
        writes.extend(accept(new, now, entropy).1);
    }
    writes
}

/// The record of an attempt, ready to be written in a transaction.
#[derive(Clone)]
pub struct Settlement {
    changes: Arc<Changes>,
    epoch: u64,
    owned: Arc<AtomicBool>,
}

impl Settlement {
    pub(crate) fn new(changes: Changes, epoch: u64, owned: Arc<AtomicBool>) -> Settlement {
        Settlement { changes: Arc::new(changes), epoch, owned }
    }

    /// Writes it; nothing (and `false`) when the delivery was settled before, or another server executes deliveries now.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn write(&self, tx: &Transaction) -> Result<bool, StoreError> {
        let owner = tx.get_record::<Owner>(&keys::owner()).await?;
        if owner.is_none_or(|owner| owner.epoch != self.epoch) {
            self.owned.store(false, Ordering::Release);
            return Ok(false);
        }
        if tx.get(&self.changes.row).await?.is_none() {
            return Ok(false);
        }
        tx.delete(self.changes.row.clone());
        for write in &self.changes.writes {
            write.apply(tx);
        }
        Ok(true)
    }
}
