//! `freehold cost`: what invocations cost, from the ledger of receipts.

use base::{Clock, SystemClock};
use serde_json::Value;

use crate::cli::Cost;
use crate::client::{Api, encode};
use crate::commands::Outcome;

pub async fn run(arguments: Cost, json: bool) -> Outcome {
    let api = Api::connect(&arguments.connection)?;
    let back = i64::try_from(arguments.since.as_millis()).unwrap_or(i64::MAX);
    let since = SystemClock::new().now().as_millis().saturating_sub(back).max(0);
    let what = if arguments.receipts { "receipts" } else { "cost" };
    let mut path = format!("/_freehold/{what}?since={since}");
    if let Some(function) = &arguments.function {
        path.push_str(&format!("&function={}", encode(function)));
    }
    let report = api.admin(&path).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else if arguments.receipts {
        for receipt in report["receipts"].as_array().into_iter().flatten() {
            println!("{}", receipt_line(receipt));
        }
    } else {
        print!("{}", table(&report));
    }
    Ok(())
}

/// One line per function version, and their sum.
fn table(report: &Value) -> String {
    let currency = report["currency"].as_str().unwrap_or_default();
    let mut text = format!(
        "{:<32} {:>8} {:>12} {:>8} {:>6} {:>12} {:>14} {:>18}\n",
        "FUNCTION", "VERSION", "INVOCATIONS", "ERRORS", "COLD", "BILLED MS", "GB-SECONDS", currency
    );
    let rows = report["functions"].as_array().into_iter().flatten();
    for row in rows.chain([&report["total"]]) {
        let number = |name: &str| row[name].as_u64().unwrap_or_default();
        text.push_str(&format!(
            "{:<32} {:>8} {:>12} {:>8} {:>6} {:>12} {:>14} {:>18}\n",
            row["function"].as_str().unwrap_or("total"),
            row["version"].as_str().unwrap_or(""),
            number("invocations"),
            number("errors"),
            number("coldStarts"),
            number("billedMs"),
            format!("{:.6}", number("mibMs") as f64 / 1_024_000.0),
            money(number("costNano")),
        ));
    }
    text
}

/// A receipt as one readable line.
pub fn receipt_line(receipt: &Value) -> String {
    let number = |name: &str| receipt[name].as_u64().unwrap_or_default();
    let text = |name: &str| receipt[name].as_str().unwrap_or_default().to_owned();
    let start = match receipt["initUs"].as_u64() {
        Some(init) => format!("cold (init {:.2} ms)", init as f64 / 1000.0),
        None if receipt["cold"].as_bool() == Some(true) => "cold".into(),
        None => "warm".into(),
    };
    format!(
        "{} {}:{} {} {start}, duration {:.2} ms, billed {} ms, memory {} MB (peak {:.1} MB), CPU {:.2} ms, {:.9} GB-s, {} {}",
        text("requestId"),
        text("function"),
        text("version"),
        text("outcome"),
        number("durationUs") as f64 / 1000.0,
        number("billedMs"),
        number("memoryMib"),
        number("memoryPeakBytes") as f64 / 1_048_576.0,
        number("cpuUs") as f64 / 1000.0,
        number("mibMs") as f64 / 1_024_000.0,
        money(number("costNano")),
        text("currency"),
    )
}

/// Billionths as a decimal number, exact.
fn money(nano: u64) -> String {
    format!("{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact() {
        assert_eq!(money(0), "0.000000000");
        assert_eq!(money(1_234_567_890), "1.234567890");
    }
}
