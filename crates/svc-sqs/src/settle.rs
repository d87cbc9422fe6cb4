//! What consumers do with messages that they received: delete them, or change when they become visible again.

use std::time::Duration;

use wire::ApiError;

use crate::error;
use crate::keys;
use crate::model::{Head, Queue, State};
use crate::names::QueueName;
use crate::queues::Queues;
use crate::receipt::Receipt;
use crate::receive;

/// The longest time from a receive until the message is visible again.
const VISIBILITY_S_MAX: i64 = 43_200;

impl Queues {
    /// Deletes received messages in one transaction; an answer for each, in their order.
    pub async fn delete(
        &self,
        name: &QueueName,
        receipt_handles: &[&str],
    ) -> Result<Vec<Result<(), ApiError>>, ApiError> {
        let queue = &self.queue(name).await?;
        let now = self.clock.now();
        let receipts: Vec<_> = receipt_handles.iter().map(|text| receipt(queue, text)).collect();
        let deleted = self
            .change(|tx| {
                let receipts = receipts.clone();
                async move {
                    let mut out = Vec::with_capacity(receipts.len());
                    for (receipt, text) in receipts.into_iter().zip(receipt_handles) {
                        // Deleting what is gone, or by an older receipt, succeeds without doing anything.
                        let decided = match receipt {
                            Err(error) => Err(error),
                            Ok(receipt) if receipt.place != queue.place => Ok(None),
                            Ok(receipt) => {
                                let key = keys::state(receipt.place, receipt.at);
                                match tx.get_record::<State>(&key).await? {
                                    Some(state) if state.nonce != receipt.nonce => Ok(None),
                                    Some(state) if queue.is_fifo() && state.visible_at <= now => {
                                        Err(error::expired_receipt(text))
                                    }
                                    Some(_) => Ok(Some(receipt.at)),
                                    None => Ok(None),
                                }
                            }
                        };
                        if let Ok(Some(at)) = &decided {
                            receive::delete(&tx, queue.place, *at);
                        }
                        out.push(decided);
                    }
                    Ok(out)
                }
            })
            .await?;
        let active = self.active_if_used(queue.place);
        Ok(deleted
            .into_iter()
            .map(|decided| {
                decided.map(|at| {
                    if let (Some(active), Some(at)) = (&active, at) {
                        active.remove(at);
                    }
                })
            })
            .collect())
    }

    /// The message becomes visible again after `timeout_s` seconds from now: 0 to 43,200.
    pub async fn change_visibility(
        &self,
        name: &QueueName,
        receipt_handle: &str,
        timeout_s: i64,
    ) -> Result<(), ApiError> {
        let queue = &self.queue(name).await?;
        let receipt = receipt(queue, receipt_handle)?;
        if !(0..=VISIBILITY_S_MAX).contains(&timeout_s) {
            return Err(error::invalid(
                &timeout_s.to_string(),
                "VisibilityTimeout",
                &format!("Must be between 0 and {VISIBILITY_S_MAX}, if provided."),
            ));
        }
        let now = self.clock.now();
        let visible_at = now.saturating_add(Duration::from_secs(timeout_s.unsigned_abs()));
        let gone = || error::not_available(receipt_handle);
        let ((), commit) = self
            .change_seq(|tx| async move {
                let head = tx.get_record::<Head>(&keys::message(receipt.place, receipt.at)).await?;
                let key = keys::state(receipt.place, receipt.at);
                let state = tx.get_record::<State>(&key).await?;
                let (Some(_), Some(mut state)) = (head.filter(|_| receipt.place == queue.place), state) else {
                    return Err(gone().into());
                };
                if state.nonce != receipt.nonce {
                    return Err(gone().into());
                }
                if state.visible_at <= now {
                    return Err(error::not_in_flight().into());
                }
                let total = visible_at.duration_since(state.received_at);
                if total > Duration::from_secs(VISIBILITY_S_MAX.unsigned_abs()) {
                    let reason = format!(
                        "Total VisibilityTimeout for the message is beyond the limit [{VISIBILITY_S_MAX} seconds]"
                    );
                    return Err(error::invalid(&timeout_s.to_string(), "VisibilityTimeout", &reason).into());
                }
                state.visible_at = visible_at;
                tx.put_record(key, &state);
                Ok(())
            })
            .await?;
        if let Some(active) = self.active_if_used(queue.place) {
            active.settle(receipt.at, visible_at.as_millis(), commit.0);
        }
        Ok(())
    }
}

fn receipt(queue: &Queue, text: &str) -> Result<Receipt, ApiError> {
    let receipt = Receipt::parse(text).filter(|receipt| receipt.queue == queue.id);
    receipt.ok_or_else(|| error::bad_receipt(text))
}
