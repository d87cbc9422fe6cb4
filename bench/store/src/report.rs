//! From samples to a table that a human can judge.

use std::fmt::Write;

use serde::Serialize;

use crate::load::{KEY_LEN, Sample, VALUE_LEN};
use crate::{CLIENTS, freehold, redb_group};

#[derive(Default)]
pub struct Report {
    pub rounds: usize,
    pub seconds_per_round: f64,
    pub rows: u64,
    pub fdatasync: Vec<Sample>,
    pub measured: Vec<Round>,
    pub reopen_ms: Vec<(&'static str, f64)>,
}

pub struct Round {
    pub engine: &'static str,
    pub clients: usize,
    pub sample: Sample,
}

/// One line of the table.
#[derive(Serialize)]
struct Line {
    contender: &'static str,
    clients: usize,
    /// Median over the rounds.
    per_second: f64,
    /// Slowest and fastest round.
    per_second_min: f64,
    per_second_max: f64,
    p50_ms: f64,
    p99_ms: f64,
    n: usize,
    /// Medians of the ratios within each round.
    over_fdatasync: f64,
    over_redb: Option<f64>,
}

impl Report {
    fn lines(&self) -> Vec<Line> {
        let disk: Vec<&Sample> = self.fdatasync.iter().collect();
        let mut lines = vec![line("append 1 KiB + fdatasync", 1, &disk, &disk, None)];
        for clients in CLIENTS {
            let redb = self.samples(redb_group::NAME, clients);
            let ours = self.samples(freehold::NAME, clients);
            lines.push(line(freehold::NAME, clients, &ours, &disk, Some(&redb)));
            lines.push(line(redb_group::NAME, clients, &redb, &disk, None));
        }
        lines
    }

    fn samples(&self, engine: &str, clients: usize) -> Vec<&Sample> {
        let rounds = self.measured.iter().filter(|round| round.engine == engine && round.clients == clients);
        rounds.map(|round| &round.sample).collect()
    }

    pub fn markdown(&self) -> String {
        let mut text = format!(
            "# Durable small transactions\n\n\
             `cargo run --release -p bench-store`. Each transaction reads one row and writes three \
             ({KEY_LEN}-byte keys, {VALUE_LEN}-byte values, {} rows) and returns when it is on disk. {} rounds of \
             {} s; the contenders take turns in every round. {} CPUs. Rates are medians over the rounds, \
             ratios are medians of the ratios within a round.\n\n\
             | contender | clients | per second (slowest–fastest round) | p50 ms | p99 ms | n | × fdatasync | × redb |\n\
             |---|---|---|---|---|---|---|---|\n",
            self.rows,
            self.rounds,
            self.seconds_per_round,
            std::thread::available_parallelism().map_or(0, usize::from),
        );
        for line in self.lines() {
            let redb = line.over_redb.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "| {} | {} | {:.0} ({:.0}–{:.0}) | {:.2} | {:.2} | {} | {:.2} | {redb} |",
                line.contender,
                line.clients,
                line.per_second,
                line.per_second_min,
                line.per_second_max,
                line.p50_ms,
                line.p99_ms,
                line.n,
                line.over_fdatasync,
            );
        }
        text.push_str("\nReopening after the run:");
        for (engine, ms) in &self.reopen_ms {
            let _ = write!(text, " {engine} {ms:.0} ms.");
        }
        text.push('\n');
        text
    }
}

impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::json!({
            "rounds": self.rounds,
            "seconds_per_round": self.seconds_per_round,
            "rows": self.rows,
            "lines": self.lines(),
            "reopen_ms": self.reopen_ms,
        })
        .serialize(serializer)
    }
}

fn line(
    contender: &'static str,
    clients: usize,
    samples: &[&Sample],
    disk: &[&Sample],
    redb: Option<&[&Sample]>,
) -> Line {
    let rates: Vec<f64> = samples.iter().map(|sample| sample.rate()).collect();
    let over = |other: &[&Sample]| {
        median(rates.iter().zip(other).map(|(rate, other)| rate / other.rate()).collect())
    };
    let mut latencies: Vec<u32> = samples.iter().flat_map(|sample| &sample.latencies_us).copied().collect();
    latencies.sort_unstable();
    let quantile = |share: f64| {
        let index = (latencies.len() as f64 * share) as usize;
        latencies.get(index).map_or(f64::NAN, |us| f64::from(*us) / 1000.0)
    };
    Line {
        contender,
        clients,
        per_second: median(rates.clone()),
        per_second_min: rates.iter().copied().fold(f64::INFINITY, f64::min),
        per_second_max: rates.iter().copied().fold(0.0, f64::max),
        p50_ms: quantile(0.5),
        p99_ms: quantile(0.99),
        n: latencies.len(),
        over_fdatasync: over(disk),
        over_redb: redb.map(over),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
