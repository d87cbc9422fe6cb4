//! Why an invocation took long, by its receipt: the largest part of what it took beyond the function's own time.

use http::Method;
use serde_json::Value;

use crate::open_loop::Sample;
use bench_common::client::{Client, Failure};

/// An invocation that took long, explained.
#[derive(Clone, Debug)]
pub struct Outlier {
    pub function: String,
    pub latency_ms: f64,
    pub service_ms: f64,
    pub cause: String,
    /// All parts, in milliseconds.
    pub parts: Vec<(&'static str, f64)>,
}

/// Explains the slowest `count`, and all that failed up to as many more.
///
/// # Errors
/// When the server doesn't tell its receipts.
pub async fn explain(client: &mut Client, samples: &[Sample], count: usize) -> Result<Vec<Outlier>, Failure> {
    let mut slowest: Vec<&Sample> = samples.iter().collect();
    // By what was added to the function's own time: a long function is no outlier.
    slowest.sort_by(|a, b| (b.latency_ms - b.service_ms).total_cmp(&(a.latency_ms - a.service_ms)));
    let failed = samples.iter().filter(|sample| sample.result.is_err()).take(count);
    let answered = slowest.into_iter().filter(|sample| sample.result.is_ok()).take(count);
    let mut outliers = Vec::new();
    for sample in failed.chain(answered) {
        let outlier = |cause: String, parts| Outlier {
            function: sample.function.clone(),
            latency_ms: sample.latency_ms,
            service_ms: sample.service_ms,
            cause,
            parts,
        };
        if let Err(failure) = &sample.result {
            outliers.push(outlier(failure.clone(), Vec::new()));
            continue;
        }
        let receipt = match &sample.request_id {
            Some(id) => receipt(client, id).await?,
            None => None,
        };
        let Some(receipt) = receipt else {
            outliers.push(outlier("no receipt".into(), Vec::new()));
            continue;
        };
        let parts = parts(sample, &receipt);
        let cause = parts.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or("platform", |part| part.0);
        outliers.push(outlier(cause.into(), parts));
    }
    Ok(outliers)
}

async fn receipt(client: &mut Client, id: &str) -> Result<Option<Value>, Failure> {
    let path = format!("/_freehold/receipts?request_id={id}");
    let answer = client.json("freehold", Method::GET, &path, &Value::Null).await?;
    Ok(answer["receipts"].get(0).cloned())
}

fn parts(sample: &Sample, receipt: &Value) -> Vec<(&'static str, f64)> {
    let ms = |name: &str| receipt[name].as_f64().unwrap_or(0.0) / 1000.0;
    let (init, queued, memory, duration) =
        (ms("initUs"), ms("queuedUs"), ms("memoryWaitUs"), ms("durationUs"));
    vec![
        // An init that ended before the invocation arrived is no part of its latency.
        ("cold start", init.min((sample.latency_ms - duration - queued).max(0.0))),
        ("memory wait", memory),
        ("queue wait", (queued - memory).max(0.0)),
        ("function", (duration - sample.service_ms).max(0.0)),
        ("client", sample.lag_ms),
        ("platform", (sample.latency_ms - sample.lag_ms - init - queued - duration).max(0.0)),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_largest_part_is_the_cause() {
        let sample = Sample {
            function: "f".into(),
            service_ms: 2.0,
            latency_ms: 100.0,
            lag_ms: 1.0,
            request_id: None,
            result: Ok(()),
        };
        let largest = |receipt: Value| {
            let parts = parts(&sample, &receipt);
            parts.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are parts").0
        };
        assert_eq!(largest(json!({ "initUs": 60_000, "durationUs": 2_000 })), "cold start");
        assert_eq!(
            largest(json!({ "queuedUs": 90_000, "memoryWaitUs": 70_000, "durationUs": 2_000 })),
            "memory wait"
        );
        assert_eq!(largest(json!({ "queuedUs": 90_000, "durationUs": 2_000 })), "queue wait");
        assert_eq!(largest(json!({ "durationUs": 95_000 })), "function");
        assert_eq!(largest(json!({ "durationUs": 2_000 })), "platform");
    }
}
