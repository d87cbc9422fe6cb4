//! Whether a queue may have the dead-letter queue that it names.

use store::Transaction;
use wire::ApiError;

use crate::error::{self, Failure};
use crate::keys;
use crate::model::Queue;
use crate::names::QueueName;
use crate::receive::allows;

pub(crate) async fn check(tx: &Transaction, queue: &Queue) -> Result<(), Failure> {
    let Some(redrive) = &queue.settings.redrive else { return Ok(()) };
    let refused = |reason: String| -> ApiError {
        let value = format!(
            "{{\"deadLetterTargetArn\":\"{}\",\"maxReceiveCount\":{}}}",
            redrive.target_arn, redrive.receives_max
        );
        error::attribute_value(&value, "RedrivePolicy", &reason)
    };
    let missing = || refused("Dead letter target does not exist.".to_owned());
    let name = QueueName::from_arn(&redrive.target_arn).ok_or_else(missing)?;
    if name.region != queue.region || name.account != queue.account {
        let reason = "Dead-letter target must be in the account and the region of its source.";
        return Err(refused(reason.to_owned()).into());
    }
    if name == queue.full_name() {
        return Err(refused("A queue cannot be its own dead-letter target.".to_owned()).into());
    }
    let target = tx.get_record::<Queue>(&keys::queue(&name)).await?.ok_or_else(missing)?;
    if target.is_fifo() != queue.is_fifo() {
        let kind = if queue.is_fifo() { "FIFO" } else { "standard" };
        return Err(
            refused(format!("Dead-letter target must be same type of queue as the source: {kind}.")).into()
        );
    }
    if !allows(&target, &queue.arn()) {
        return Err(refused(
            "Dead-letter target's RedriveAllowPolicy does not allow this source.".to_owned(),
        )
        .into());
    }
    Ok(())
}
