//! Retention of a group, as two operations set it.

use wire::{ApiError, Context};

use crate::error;
use crate::keys;
use crate::logs::{Logs, group_in};

/// The periods that AWS allows, in days.
const DAYS: [u32; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

pub(crate) fn checked(days: i64) -> Result<u32, ApiError> {
    u32::try_from(days).ok().filter(|days| DAYS.contains(days)).ok_or_else(|| {
        error::invalid(format!(
            "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member \
             must satisfy enum value set: {DAYS:?}"
        ))
    })
}

pub(crate) async fn set(logs: &Logs, cx: &Context, name: &str, days: Option<u32>) -> Result<(), ApiError> {
    let (account, region) = (cx.account, &cx.region);
    logs.change(|tx| async move {
        let mut group = group_in(&tx, account, region, name).await?;
        group.retention_days = days;
        tx.put_record(keys::group(account, region, name), &group);
        Ok(())
    })
    .await
}
