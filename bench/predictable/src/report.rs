//! Percentiles and slowdowns as tables, and the causes of what was slow.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::causes::Outlier;
use crate::open_loop::Sample;

/// What one run showed.
pub struct Run {
    pub pattern: &'static str,
    pub load_percent: u32,
    pub rate: f64,
    pub samples: Vec<Sample>,
    pub outliers: Vec<Outlier>,
    /// What the same arrivals would have met at an ideal server, in milliseconds.
    pub ideal: Vec<f64>,
}

/// The smallest value that at least this share of the values does not exceed; 0 for none.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let index = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(index.saturating_sub(1)).or(sorted.last()).copied().unwrap_or(0.0)
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

impl Run {
    fn answered(&self) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(|sample| sample.result.is_ok())
    }

    fn latencies(&self) -> Vec<f64> {
        sorted(self.answered().map(|sample| sample.latency_ms))
    }

    /// Latency over the function's own time, which counts as a millisecond at least.
    fn slowdowns(&self) -> Vec<f64> {
        sorted(self.answered().map(|sample| sample.latency_ms / sample.service_ms.max(1.0)))
    }

    fn failures(&self) -> BTreeMap<&str, usize> {
        let mut failures = BTreeMap::new();
        for problem in self.samples.iter().filter_map(|sample| sample.result.as_ref().err()) {
            *failures.entry(problem.as_str()).or_default() += 1;
        }
        failures
    }

    fn causes(&self) -> BTreeMap<&str, usize> {
        let mut causes = BTreeMap::new();
        for outlier in &self.outliers {
            *causes.entry(outlier.cause.as_str()).or_default() += 1;
        }
        causes
    }

    pub fn json(&self) -> Value {
        let (latencies, slowdowns) = (self.latencies(), self.slowdowns());
        let shares = |values: &[f64]| json!({ "p50": quantile(values, 0.5), "p99": quantile(values, 0.99), "p999": quantile(values, 0.999) });
        let outliers: Vec<Value> = self
            .outliers
            .iter()
            .map(|it| {
                let parts: BTreeMap<_, _> = it.parts.iter().copied().collect();
                json!({
                    "function": it.function, "latencyMs": it.latency_ms, "serviceMs": it.service_ms,
                    "cause": it.cause, "partsMs": parts,
                })
            })
            .collect();
        json!({
            "pattern": self.pattern, "loadPercent": self.load_percent, "ratePerSecond": self.rate,
            "invocations": self.samples.len(), "latencyMs": shares(&latencies), "slowdown": shares(&slowdowns),
            "idealMs": shares(&sorted(self.ideal.iter().copied())), "failures": self.failures(), "outliers": outliers,
        })
    }
}

pub fn markdown(runs: &[Run]) -> String {
    let mut text = String::from(
        "| arrivals | load | per second | n | p50 ms | p99 ms | p99.9 ms | ideal p50 ms | ideal p99 ms | p99 / ideal | slowdown p50 | p99 | p99.9 | not answered | \
         client lag p99 ms | causes of the slowest |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for run in runs {
        let (latencies, slowdowns) = (run.latencies(), run.slowdowns());
        let ideal = sorted(run.ideal.iter().copied());
        let lags = sorted(run.samples.iter().map(|sample| sample.lag_ms));
        let counted = |counts: BTreeMap<&str, usize>| {
            let items: Vec<String> = counts.iter().map(|(name, count)| format!("{name} × {count}")).collect();
            if items.is_empty() { "–".to_owned() } else { items.join(", ") }
        };
        writeln!(
            text,
            "| {} | {} % | {:.0} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.1} | {} | {:.2} | {} |",
            run.pattern,
            run.load_percent,
            run.rate,
            run.samples.len(),
            quantile(&latencies, 0.5),
            quantile(&latencies, 0.99),
            quantile(&latencies, 0.999),
            quantile(&ideal, 0.5),
            quantile(&ideal, 0.99),
            quantile(&latencies, 0.99) / quantile(&ideal, 0.99),
            quantile(&slowdowns, 0.5),
            quantile(&slowdowns, 0.99),
            quantile(&slowdowns, 0.999),
            counted(run.failures()),
            quantile(&lags, 0.99),
            counted(run.causes()),
        )
        .expect("writing to a string never fails");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_seen() {
        let values: Vec<f64> = (1..=1000).map(f64::from).collect();
        assert_eq!(
            [0.5, 0.99, 0.999, 1.0].map(|share| quantile(&values, share)),
            [500.0, 990.0, 999.0, 1000.0]
        );
        assert_eq!(quantile(&[], 0.5), 0.0);
        assert_eq!(quantile(&[3.0], 0.001), 3.0);
    }
}
