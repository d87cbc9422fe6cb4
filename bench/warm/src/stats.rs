//! Samples and the table they end in.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::json;

/// Latencies of one contender in one setting.
#[derive(Clone, Default)]
pub struct Samples {
    values: Vec<Duration>,
    /// Wall time in which they were taken, for rates.
    pub elapsed: Duration,
    /// CPU time that the contender used for them.
    pub cpu: Option<Duration>,
}

impl Samples {
    pub fn push(&mut self, value: Duration) {
        self.values.push(value);
    }

    pub fn extend(&mut self, other: Samples) {
        self.values.extend(other.values);
        self.elapsed += other.elapsed;
        self.cpu = match (self.cpu, other.cpu) {
            (Some(ours), Some(theirs)) => Some(ours + theirs),
            (ours, theirs) => ours.or(theirs),
        };
    }

    /// The value below which `percent` of the samples lie.
    pub fn percentile(&self, percent: usize) -> Option<Duration> {
        let mut values = self.values.clone();
        values.sort_unstable();
        let last = values.len().checked_sub(1)?;
        Some(values[(values.len() * percent / 100).min(last)])
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Microseconds of CPU time per sample.
    fn cpu_us(&self) -> Option<f64> {
        let cpu = self.cpu?.as_secs_f64() * 1e6;
        (self.len() > 0).then(|| cpu / self.len() as f64)
    }

    fn rate(&self) -> Option<f64> {
        let seconds = self.elapsed.as_secs_f64();
        (seconds > 0.0).then(|| self.len() as f64 / seconds)
    }
}

/// One line of the report.
pub struct Row {
    pub setting: String,
    pub contender: String,
    pub samples: Samples,
}

/// Rows of one question; ratios are against the row that names the baseline in the same setting.
pub struct Table {
    pub title: String,
    pub note: String,
    pub baseline: &'static str,
    pub rows: Vec<Row>,
}

impl Table {
    pub fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.title, self.note);
        let _ = writeln!(
            text,
            "| setting | contender | p50 ms | p99 ms | p99/p50 | per second | CPU µs | n | p50 / {} |",
            self.baseline
        );
        text.push_str("|---|---|---|---|---|---|---|---|---|\n");
        for row in &self.rows {
            let ms = |percent| {
                row.samples.percentile(percent).map_or(f64::NAN, |value| value.as_secs_f64() * 1000.0)
            };
            let base = self
                .rows
                .iter()
                .find(|other| other.setting == row.setting && other.contender == self.baseline);
            let base = base
                .and_then(|base| base.samples.percentile(50))
                .map_or(f64::NAN, |value| value.as_secs_f64() * 1000.0);
            let rate = row.samples.rate().map_or("".to_owned(), |rate| format!("{rate:.0}"));
            let cpu = row.samples.cpu_us().map_or(String::new(), |cpu| format!("{cpu:.0}"));
            let _ = writeln!(
                text,
                "| {} | {} | {:.3} | {:.3} | {:.1} | {rate} | {cpu} | {} | {:.2} |",
                row.setting,
                row.contender,
                ms(50),
                ms(99),
                ms(99) / ms(50),
                row.samples.len(),
                ms(50) / base,
            );
        }
        text.push('\n');
        text
    }

    pub fn json(&self) -> serde_json::Value {
        let rows = self.rows.iter().map(|row| {
            let us = |percent| row.samples.percentile(percent).map(|value| value.as_micros() as u64);
            json!({
                "setting": row.setting, "contender": row.contender, "p50_us": us(50), "p99_us": us(99),
                "n": row.samples.len(), "per_second": row.samples.rate(), "cpu_us": row.samples.cpu_us(),
            })
        });
        json!({ "title": self.title, "baseline": self.baseline, "rows": rows.collect::<Vec<_>>() })
    }
}
