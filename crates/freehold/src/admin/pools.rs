//! What is kept ready for cold starts, for metrics and for the console.

use base::BoxFuture;
use fleet::{PoolContent, PoolStats};
use serde_json::{Value, json};
use wire::{Body, HttpHandler, HttpRequest};

use super::answer;

/// `/_freehold/pools`: every pool of ready workers and sandboxes. Times are microseconds.
pub struct Pools(pub fleet::Fleet);

impl HttpHandler for Pools {
    fn handle(&self, _request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        Box::pin(async {
            let pools: Vec<Value> = self.0.stats().pools.iter().map(show).collect();
            answer(200, &json!({ "pools": pools }))
        })
    }
}

fn show(pool: &PoolStats) -> Value {
    json!({
        "runtime": pool.runtime, "memoryMb": pool.size.map(base::ByteSize::as_mib_ceil), "content": content(pool), "ready": pool.ready, "starting": pool.starting,
        "target": pool.target, "hits": pool.hits, "misses": pool.misses, "refills": pool.refills,
        "refillTimeUs": u64::try_from(pool.refill_time.as_micros()).unwrap_or(u64::MAX),
        "memoryBytes": pool.memory.as_bytes(),
    })
}

fn content(pool: &PoolStats) -> &'static str {
    match pool.content {
        PoolContent::Worker => "worker",
        PoolContent::Sandbox => "sandbox",
    }
}

/// Name, kind, help and value of one metric.
type Metric = (&'static str, &'static str, &'static str, fn(&PoolStats) -> String);

const METRICS: [Metric; 7] = [
    ("ready", "gauge", "Workers or empty sandboxes that wait for a cold start.", |pool| {
        pool.ready.to_string()
    }),
    ("target", "gauge", "How many should be ready, by the demand of late.", |pool| pool.target.to_string()),
    ("memory_bytes", "gauge", "Memory of what is ready or being made.", |pool| {
        pool.memory.as_bytes().to_string()
    }),
    ("hits_total", "counter", "Cold starts that found something ready.", |pool| pool.hits.to_string()),
    ("misses_total", "counter", "Cold starts that found nothing ready.", |pool| pool.misses.to_string()),
    ("refills_total", "counter", "Items made ready.", |pool| pool.refills.to_string()),
    ("refill_seconds_total", "counter", "Time that making them took.", |pool| {
        format!("{:.6}", pool.refill_time.as_secs_f64())
    }),
];

/// In Prometheus's text format.
pub fn metrics(pools: &[PoolStats]) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for (name, kind, help, value) in METRICS {
        // Writing to a string cannot fail.
        let _ = write!(text, "# HELP freehold_pool_{name} {help}\n# TYPE freehold_pool_{name} {kind}\n");
        for pool in pools {
            let (runtime, content) = (&pool.runtime, content(pool));
            let size =
                pool.size.map(|size| format!(",memory_mb=\"{}\"", size.as_mib_ceil())).unwrap_or_default();
            let _ = writeln!(
                text,
                "freehold_pool_{name}{{runtime=\"{runtime}\",content=\"{content}\"{size}}} {}",
                value(pool)
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn one_family_per_metric_and_one_line_per_pool() {
        let pool = |runtime: &str, content| PoolStats {
            runtime: runtime.into(),
            size: (runtime == "java17").then(|| base::ByteSize::mib(512)),
            content,
            ready: 2,
            starting: 1,
            target: 3,
            hits: 4,
            misses: 5,
            refills: 6,
            refill_time: Duration::from_millis(1500),
            memory: base::ByteSize::mib(1),
        };
        let pools = [
            pool("python3.12", PoolContent::Worker),
            pool("provided", PoolContent::Sandbox),
            pool("java17", PoolContent::Worker),
        ];
        let text = metrics(&pools);
        assert_eq!(text.matches("# TYPE ").count(), METRICS.len());
        assert!(
            text.contains("freehold_pool_hits_total{runtime=\"python3.12\",content=\"worker\"} 4\n"),
            "{text}"
        );
        let refill =
            "freehold_pool_refill_seconds_total{runtime=\"provided\",content=\"sandbox\"} 1.500000\n";
        assert!(text.contains(refill), "{text}");
        assert_eq!(show(&pools[0])["refillTimeUs"], 1_500_000);
        let sized = "freehold_pool_ready{runtime=\"java17\",content=\"worker\",memory_mb=\"512\"} 2\n";
        assert!(text.contains(sized), "{text}");
    }
}
