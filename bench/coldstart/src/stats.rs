//! Samples, and the table they end in.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::json;

/// Latencies of one contender in one setting.
#[derive(Clone, Default)]
pub struct Samples {
    values: Vec<Duration>,
}

impl Samples {
    pub fn push(&mut self, value: Duration) {
        self.values.push(value);
    }

    pub fn extend(&mut self, values: Vec<Duration>) {
        self.values.extend(values);
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The value below which `percent` of the samples lie.
    pub fn percentile(&self, percent: usize) -> Option<Duration> {
        let mut values = self.values.clone();
        values.sort_unstable();
        let last = values.len().checked_sub(1)?;
        Some(values[(values.len() * percent / 100).min(last)])
    }
}

/// One line of the report.
pub struct Row {
    pub setting: String,
    pub contender: String,
    pub samples: Samples,
}

/// Rows of one question; ratios are against the first row of the same setting.
pub struct Table {
    pub title: String,
    pub note: String,
    pub rows: Vec<Row>,
}

impl Table {
    pub fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.title, self.note);
        text.push_str(
            "| setting | contender | p50 ms | p99 ms | n | p50 / first |\n|---|---|---|---|---|---|\n",
        );
        for row in &self.rows {
            let ms = |row: &Row, percent| {
                row.samples.percentile(percent).map_or(f64::NAN, |value| value.as_secs_f64() * 1000.0)
            };
            let first = self.rows.iter().find(|other| other.setting == row.setting);
            let ratio = ms(row, 50) / first.map_or(f64::NAN, |first| ms(first, 50));
            let _ = writeln!(
                text,
                "| {} | {} | {:.2} | {:.2} | {} | {ratio:.2} |",
                row.setting,
                row.contender,
                ms(row, 50),
                ms(row, 99),
                row.samples.len(),
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
                "n": row.samples.len(),
            })
        });
        json!({ "title": self.title, "rows": rows.collect::<Vec<_>>() })
    }
}
