//! The ledger on a real store.

use base::{AccountId, Timestamp};
use bytes::Bytes;
use fleet::{Measurements, Outcome};
use proptest::prelude::*;
use std::time::Duration;

use super::{ReceiptFilter, receipt};
use crate::harness::{Harness, NOW, Script, cold, region, version, warm};
use crate::keys;
use crate::model::{Receipt, ReceiptTotal};
use crate::outcome::Verdict;

fn sample(serial: u64, at: Timestamp) -> Receipt {
    Receipt {
        request_id: format!("00000000-0000-4000-8000-{serial:012x}").parse().unwrap(),
        account: AccountId::DEFAULT,
        region: region(),
        function: if serial.is_multiple_of(3) { "g" } else { "f" }.into(),
        version: "$LATEST".into(),
        at,
        cold: serial.is_multiple_of(5),
        outcome: if serial.is_multiple_of(7) { "error" } else { "success" }.into(),
        init_us: None,
        restore_us: None,
        billed_restore_us: None,
        duration_us: 1_000 * serial,
        billed_ms: serial,
        architecture: "x86_64".into(),
        memory_mib: 128,
        memory_peak_bytes: 0,
        cpu_us: 0,
        queued_us: 0,
        memory_wait_us: 0,
        isolation: "namespaces".into(),
        mib_ms: 128 * serial,
        cost_nano: 0,
    }
}

fn later(minutes: i64) -> Timestamp {
    Timestamp::from_millis(NOW.as_millis() + minutes * 60_000)
}

#[tokio::test]
async fn totals_are_the_sum_of_receipts_and_damage_is_found() {
    let harness = Harness::new(Script::always(Outcome::Success(Bytes::new()))).await;
    let lambda = &harness.lambda;
    // Over four hours, so that hours are kept apart.
    for serial in 0..200 {
        lambda.meter.record(&sample(serial, later(i64::try_from(serial).unwrap()))).await;
    }
    lambda.flush().await.unwrap();
    let all = NOW..later(1_000);
    assert_eq!(lambda.verify(all.clone()).await.unwrap(), []);
    let totals = lambda.totals(all.clone()).await.unwrap();
    assert_eq!(totals.len(), 8, "two functions in four hours");
    assert_eq!(totals.iter().map(|row| row.total.invocations).sum::<u64>(), 200);
    assert_eq!(totals.iter().map(|row| row.total.billed_ms).sum::<u64>(), 199 * 200 / 2);
    assert_eq!(totals.iter().map(|row| row.total.errors).sum::<u64>(), 29);
    let cost: u64 = totals.iter().map(|row| row.total.cost_nano).sum();
    let exact = 200.0 * 200.0 + 19_900.0 * 128.0 * 16_666.7 / 1_024_000.0;
    assert!((cost as f64 - exact).abs() < 8.0, "{cost} {exact}: less than one per total");

    let row = &totals[3];
    let key = keys::receipt_total(
        u64::try_from(row.hour.as_millis()).unwrap() / 3_600_000,
        row.account,
        &row.region,
        &row.function,
        &row.version,
    );
    harness.put(key, &ReceiptTotal { cost_nano: row.total.cost_nano + 1, ..row.total.clone() }).await;
    let wrong = lambda.verify(all).await.unwrap();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].total.as_ref().unwrap().hour, row.hour);
}

#[tokio::test]
async fn receipts_are_found_by_range_function_and_request() {
    let harness = Harness::new(Script::always(Outcome::Success(Bytes::new()))).await;
    let lambda = &harness.lambda;
    for serial in 0..2_500 {
        lambda.meter.record(&sample(serial, NOW)).await;
    }
    lambda.flush().await.unwrap();
    let hour = NOW..later(1);
    let none = ReceiptFilter::default();
    let all = lambda.receipts(hour.clone(), &none, usize::MAX).await.unwrap();
    let serials: Vec<u64> = all.iter().map(|receipt| receipt.billed_ms).collect();
    assert_eq!(serials, (0..2_500).rev().collect::<Vec<_>>(), "newest first, over several pages");
    assert_eq!(lambda.receipts(hour.clone(), &none, 7).await.unwrap(), all[..7]);
    assert_eq!(lambda.receipts(hour.clone(), &none, 0).await.unwrap(), []);
    assert_eq!(lambda.receipts(later(1)..later(2), &none, 7).await.unwrap(), []);
    let only_g = ReceiptFilter { function: Some("g".into()), ..none };
    assert_eq!(lambda.receipts(hour, &only_g, usize::MAX).await.unwrap().len(), 834);
    // From memory, and from disk when it has left memory.
    for serial in [2_499, 0] {
        let wanted = sample(serial, NOW);
        let found = lambda.receipt(wanted.request_id).await.unwrap().unwrap();
        assert_eq!(found.billed_ms, serial);
    }
    assert_eq!(lambda.receipt(sample(9_999, NOW).request_id).await.unwrap(), None);
}

#[tokio::test]
async fn concurrent_invocations_are_all_accounted() {
    let script = Script::always(Outcome::Success(Bytes::from_static(b"1")));
    let harness = Harness::new(script).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let meter = harness.lambda.meter.clone();
        tasks.spawn(async move {
            for serial in 0..50 {
                meter.settle(Some(&sample(serial, NOW)), None).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(harness.lambda.verify(NOW..later(1)).await.unwrap(), []);
    let totals = harness.lambda.totals(NOW..later(1)).await.unwrap();
    assert_eq!(totals.iter().map(|row| row.total.invocations).sum::<u64>(), 400);
}

/// The number after `name` in a REPORT line.
fn field(line: &str, name: &str) -> Option<f64> {
    let at = line.find(&format!("\t{name}: "))? + name.len() + 3;
    line[at..].split_whitespace().next()?.parse().ok()
}

proptest! {
    /// The same numbers in the receipt, in the text REPORT line and in the JSON record.
    #[test]
    fn the_report_agrees_with_the_receipt(
        init_us in prop::option::of(0u64..20_000_000),
        duration_us in 0u64..900_000_000,
        memory_mib in 128u32..10_240,
        peak in 0u64..(16 << 30),
    ) {
        let mut record = version(0);
        record.memory_mib = memory_mib;
        let measured = Measurements {
            init: init_us.map(Duration::from_micros),
            duration: Duration::from_micros(duration_us),
            memory_peak: base::ByteSize::bytes(peak),
            ..if init_us.is_some() { cold() } else { warm() }
        };
        let verdict = Verdict { payload: Bytes::new(), failure: None };
        let executable = crate::harness::executable(record);
        let id = crate::harness::REQUEST_ID.parse().unwrap();
        let receipt = receipt(&executable, id, NOW, &verdict, &measured, "gvisor");
        prop_assert_eq!(&receipt.isolation, "gvisor");
        prop_assert_eq!(receipt.billed_ms, (init_us.unwrap_or(0) + duration_us).div_ceil(1_000));
        prop_assert_eq!(receipt.mib_ms, receipt.billed_ms * u64::from(memory_mib));

        let line = crate::log::text::report(&receipt, None);
        prop_assert_eq!(field(&line, "Billed Duration"), Some(receipt.billed_ms as f64));
        prop_assert_eq!(field(&line, "Memory Size"), Some(f64::from(memory_mib)));
        let duration = field(&line, "Duration").unwrap();
        prop_assert!((duration - duration_us as f64 / 1e3).abs() <= 0.005_001, "{}", line);
        let init = field(&line, "Init Duration");
        prop_assert_eq!(init.is_some(), receipt.cold);
        if let (Some(init), Some(init_us)) = (init, init_us) {
            prop_assert!((init - init_us as f64 / 1e3).abs() <= 0.005_001, "{}", line);
        }

        let json = crate::log::json::report(NOW, &receipt, None, None).line;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let metrics = &json["record"]["metrics"];
        prop_assert_eq!(metrics["billedDurationMs"].as_u64(), Some(receipt.billed_ms));
        prop_assert_eq!((metrics["durationMs"].as_f64().unwrap() * 1e3).round() as u64, duration_us);
    }
}
