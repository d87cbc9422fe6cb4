//! What the server counts about operations, in Prometheus's text form. Counters are atomics that are registered
//! once at start, so measuring a request takes no lock and allocates nothing.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the latency buckets, in microseconds. The last bucket has none.
const BUCKETS_US: [u64; 14] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 10_000_000,
    60_000_000,
];

/// Counters of all operations; cheap to clone.
#[derive(Clone, Default)]
pub struct Metrics(Arc<Registry>);

#[derive(Default)]
struct Registry {
    operations: std::sync::Mutex<Vec<Arc<OperationMetrics>>>,
    /// Requests refused before an operation was known (bad signature, unknown operation, ...).
    unrecognised: AtomicU64,
    connections: AtomicU64,
    panics: AtomicU64,
}

/// One operation's counters.
pub(crate) struct OperationMetrics {
    service: &'static str,
    operation: &'static str,
    success: AtomicU64,
    client_errors: AtomicU64,
    server_errors: AtomicU64,
    in_flight: AtomicU64,
    latency_us_sum: AtomicU64,
    latency: [AtomicU64; BUCKETS_US.len() + 1],
}

impl Metrics {
    pub(crate) fn register(&self, service: &'static str, operation: &'static str) -> Arc<OperationMetrics> {
        // A service that speaks two protocols counts as one.
        let known = self
            .operations()
            .iter()
            .find(|known| (known.service, known.operation) == (service, operation))
            .cloned();
        if let Some(known) = known {
            return known;
        }
        let metrics = Arc::new(OperationMetrics {
            service,
            operation,
            success: AtomicU64::new(0),
            client_errors: AtomicU64::new(0),
            server_errors: AtomicU64::new(0),
            in_flight: AtomicU64::new(0),
            latency_us_sum: AtomicU64::new(0),
            latency: Default::default(),
        });
        self.operations().push(metrics.clone());
        metrics
    }

    pub(crate) fn unrecognised(&self) {
        self.0.unrecognised.fetch_add(1, Relaxed);
    }

    pub(crate) fn panicked(&self) {
        self.0.panics.fetch_add(1, Relaxed);
    }

    pub(crate) fn connected(&self) {
        self.0.connections.fetch_add(1, Relaxed);
    }

    pub(crate) fn disconnected(&self) {
        self.0.connections.fetch_sub(1, Relaxed);
    }

    /// Prometheus text exposition, version 0.0.4. Operations that were never called are left out.
    pub fn render(&self) -> String {
        let mut text = String::new();
        let operations = self.operations().clone();
        let called = || operations.iter().filter(|operation| operation.total() > 0);
        header(
            &mut text,
            "freehold_requests_total",
            "counter",
            "Answered requests by operation and outcome.",
        );
        for operation in called() {
            let outcomes = [
                ("success", &operation.success),
                ("client_error", &operation.client_errors),
                ("server_error", &operation.server_errors),
            ];
            for (outcome, count) in outcomes {
                let labels = operation.labels();
                line(
                    &mut text,
                    format_args!("freehold_requests_total{{{labels},outcome=\"{outcome}\"}}"),
                    count,
                );
            }
        }
        header(&mut text, "freehold_requests_in_flight", "gauge", "Requests being served.");
        for operation in called() {
            let labels = operation.labels();
            line(&mut text, format_args!("freehold_requests_in_flight{{{labels}}}"), &operation.in_flight);
        }
        header(
            &mut text,
            "freehold_request_duration_seconds",
            "histogram",
            "Time from the whole head to the answer.",
        );
        for operation in called() {
            operation.render_latency(&mut text);
        }
        for (name, kind, help, value) in [
            (
                "freehold_requests_unrecognised_total",
                "counter",
                "Refused before an operation was known.",
                &self.0.unrecognised,
            ),
            ("freehold_handler_panics_total", "counter", "Handlers that panicked.", &self.0.panics),
            ("freehold_connections", "gauge", "Open connections.", &self.0.connections),
        ] {
            header(&mut text, name, kind, help);
            line(&mut text, format_args!("{name}"), value);
        }
        text
    }

    fn operations(&self) -> std::sync::MutexGuard<'_, Vec<Arc<OperationMetrics>>> {
        self.0.operations.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl OperationMetrics {
    /// Counts a request as in flight until the guard is finished or dropped.
    pub(crate) fn start(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Relaxed);
        InFlight(self.clone())
    }

    fn total(&self) -> u64 {
        [&self.success, &self.client_errors, &self.server_errors, &self.in_flight]
            .iter()
            .map(|count| count.load(Relaxed))
            .sum()
    }

    fn labels(&self) -> String {
        format!("service=\"{}\",operation=\"{}\"", self.service, self.operation)
    }

    fn render_latency(&self, text: &mut String) {
        let labels = self.labels();
        let mut cumulative = 0;
        let bounds = BUCKETS_US.iter().map(|us| (*us as f64 / 1e6).to_string()).chain(["+Inf".to_owned()]);
        for (bound, count) in bounds.zip(&self.latency) {
            cumulative += count.load(Relaxed);
            let _ = writeln!(
                text,
                "freehold_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {cumulative}"
            );
        }
        let sum_s = self.latency_us_sum.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(text, "freehold_request_duration_seconds_sum{{{labels}}} {sum_s}");
        let _ = writeln!(text, "freehold_request_duration_seconds_count{{{labels}}} {cumulative}");
    }
}

/// A request being served.
pub(crate) struct InFlight(Arc<OperationMetrics>);

impl InFlight {
    pub(crate) fn finish(self, status: u16, took: Duration) {
        let metrics = &self.0;
        let outcome = match status {
            ..400 => &metrics.success,
            400..500 => &metrics.client_errors,
            500.. => &metrics.server_errors,
        };
        outcome.fetch_add(1, Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS_US.iter().position(|bound| us <= *bound).unwrap_or(BUCKETS_US.len());
        metrics.latency[bucket].fetch_add(1, Relaxed);
        metrics.latency_us_sum.fetch_add(us, Relaxed);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Relaxed);
    }
}

fn header(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
}

fn line(text: &mut String, name: std::fmt::Arguments<'_>, value: &AtomicU64) {
    let _ = writeln!(text, "{name} {}", value.load(Relaxed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_counts_and_cumulative_buckets() {
        let metrics = Metrics::default();
        let invoke = metrics.register("lambda", "Invoke");
        metrics.register("lambda", "NeverCalled");
        invoke.start().finish(200, Duration::from_micros(90));
        invoke.start().finish(429, Duration::from_micros(300));
        let _dropped_without_answer = invoke.start();
        let text = metrics.render();
        for expected in [
            "freehold_requests_total{service=\"lambda\",operation=\"Invoke\",outcome=\"success\"} 1\n",
            "freehold_requests_total{service=\"lambda\",operation=\"Invoke\",outcome=\"client_error\"} 1\n",
            "freehold_requests_in_flight{service=\"lambda\",operation=\"Invoke\"} 1\n",
            "operation=\"Invoke\",le=\"0.0001\"} 1\n",
            "operation=\"Invoke\",le=\"0.0005\"} 2\n",
            "operation=\"Invoke\",le=\"+Inf\"} 2\n",
            "freehold_request_duration_seconds_sum{service=\"lambda\",operation=\"Invoke\"} 0.00039\n",
        ] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        assert!(!text.contains("NeverCalled"));
    }
}
