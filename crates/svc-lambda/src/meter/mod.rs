//! Receipts: what each invocation used and cost, and their hourly sums. A receipt is made of the same numbers as the
//! REPORT line, so the two agree.

mod ledger;
mod price;
mod query;
#[cfg(test)]
mod tests;

pub use ledger::LedgerError;
#[cfg(test)]
pub(crate) use ledger::encode;
pub(crate) use ledger::{Meter, decode};
pub use price::Carry;
pub use query::{Discrepancy, ReceiptFilter, TotalRow};

use base::{RequestId, Timestamp};
use fleet::Measurements;

use crate::model::Receipt;
use crate::outcome::Verdict;
use crate::resolve::Executable;
use crate::run::micros;

/// The receipt of an invocation that ended at `at`. Its cost is filled in by the ledger, which carries fractions.
pub(crate) fn receipt(
    executable: &Executable,
    request_id: RequestId,
    at: Timestamp,
    verdict: &Verdict,
    measured: &Measurements,
    isolation: &str,
) -> Receipt {
    let version = &executable.version;
    let init_us = measured.init.map(micros);
    let duration_us = micros(measured.duration);
    let restore_us = measured.restore.map(|restore| micros(restore.duration));
    let billed_restore_us = measured.restore.map(|restore| micros(restore.function));
    let billed_ms = price::billed_ms(init_us.or(billed_restore_us), duration_us);
    Receipt {
        request_id,
        account: executable.function.account,
        region: executable.function.region.clone(),
        function: executable.function.name.clone(),
        version: executable.version_text.clone(),
        at,
        cold: init_us.is_some() || restore_us.is_some(),
        outcome: verdict.name().to_owned(),
        init_us,
        restore_us,
        billed_restore_us,
        duration_us,
        billed_ms,
        architecture: version.architecture.clone(),
        memory_mib: version.memory_mib,
        memory_peak_bytes: measured.memory_peak.as_bytes(),
        cpu_us: micros(measured.cpu),
        queued_us: micros(measured.queued),
        memory_wait_us: micros(measured.memory_wait),
        isolation: isolation.to_owned(),
        mib_ms: billed_ms.saturating_mul(u64::from(version.memory_mib)),
        cost_nano: 0,
    }
}
