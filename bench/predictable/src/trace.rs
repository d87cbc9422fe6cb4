//! Traces of invocations as CSV (`timestamp_ms,function,duration_ms,memory_mib`), and a generator of ones that look like
//! production: few functions get most of the requests, durations are spread over orders of magnitude, and timers and
//! crowds come in bursts.

use std::fmt::Write as _;
use std::path::Path;

use crate::random::Random;
use bench_common::client::Failure;

const HEADER: &str = "timestamp_ms,function,duration_ms,memory_mib";

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub timestamp_ms: f64,
    pub function: String,
    pub duration_ms: f64,
    pub memory_mib: u64,
}

impl Row {
    /// A function of its own for each memory size: that belongs to the function, not to the request.
    pub fn function_name(&self) -> String {
        format!("{}-{}", self.function, self.memory_mib)
    }
}

/// Reads a trace, in order of time.
///
/// # Errors
/// When it can't be read, or a line is not as the header says.
pub fn read(path: &Path) -> Result<Vec<Row>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&text).map_err(|problem| format!("{}: {problem}", path.display()).into())
}

fn parse(text: &str) -> Result<Vec<Row>, String> {
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, line)| line.trim() != HEADER) {
        return Err(format!("the first line must be {HEADER}"));
    }
    let mut rows = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        rows.push(row(line).ok_or_else(|| format!("line {}: {line:?} is not {HEADER}", index + 1))?);
    }
    rows.sort_by(|a, b| a.timestamp_ms.total_cmp(&b.timestamp_ms));
    Ok(rows)
}

fn row(line: &str) -> Option<Row> {
    let mut fields = line.trim().split(',');
    let row = Row {
        timestamp_ms: fields.next()?.parse().ok().filter(|ms: &f64| ms.is_finite())?,
        function: fields.next().filter(|name| !name.is_empty())?.to_owned(),
        duration_ms: fields.next()?.parse().ok().filter(|ms: &f64| (0.0..=900_000.0).contains(ms))?,
        memory_mib: fields.next()?.parse().ok().filter(|mib| (128..=10_240).contains(mib))?,
    };
    fields.next().is_none().then_some(row)
}

/// A minute of `count` invocations or a few more.
pub fn generate(count: usize, seed: u64) -> String {
    const FUNCTIONS: usize = 12;
    const MINUTE_MS: f64 = 60_000.0;
    let mut random = Random::new(seed);
    // Zipf: the k-th most popular gets 1/k of what the first gets.
    let weights: Vec<f64> = (1..=FUNCTIONS).map(|rank| 1.0 / rank as f64).collect();
    let total: f64 = weights.iter().sum();
    let medians: Vec<f64> = (0..FUNCTIONS).map(|_| random.lognormal(15.0, 1.2).clamp(1.0, 400.0)).collect();
    let memories: Vec<u64> = (0..FUNCTIONS).map(|_| [128, 256, 512, 1024][random.below(4)]).collect();
    let mut rows = Vec::new();
    let mut add = |at: f64, function: usize, random: &mut Random| {
        let duration_ms = random.lognormal(medians[function], 0.5).min(3_000.0);
        rows.push(Row {
            timestamp_ms: at,
            function: format!("f{function:02}"),
            duration_ms,
            memory_mib: memories[function],
        });
    };
    for (function, weight) in weights.iter().enumerate() {
        let expected = count as f64 * weight / total;
        match function % 4 {
            // A timer: several at the same instant, again and again.
            3 => {
                let ticks = 6;
                for tick in 0..ticks {
                    for _ in 0..(expected / f64::from(ticks)).ceil() as usize {
                        add(MINUTE_MS * f64::from(tick) / f64::from(ticks), function, &mut random);
                    }
                }
            }
            // Crowds: most of the minute's requests within seconds.
            2 => {
                let begin = random.unit() * MINUTE_MS * 0.8;
                for _ in 0..expected.ceil() as usize {
                    add(begin + random.exponential(1.0 / 3_000.0), function, &mut random);
                }
            }
            _ => {
                let mut at = random.exponential(expected / MINUTE_MS);
                while at < MINUTE_MS {
                    add(at, function, &mut random);
                    at += random.exponential(expected / MINUTE_MS);
                }
            }
        }
    }
    rows.sort_by(|a, b| a.timestamp_ms.total_cmp(&b.timestamp_ms));
    let mut text = format!("{HEADER}\n");
    for Row { timestamp_ms, function, duration_ms, memory_mib } in rows {
        writeln!(text, "{timestamp_ms:.1},{function},{duration_ms:.1},{memory_mib}")
            .expect("writing to a string never fails");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_generated_can_be_read_and_is_repeatable() {
        let text = generate(500, 7);
        let rows = parse(&text).unwrap();
        assert!((400..700).contains(&rows.len()), "{}", rows.len());
        assert_eq!(text, generate(500, 7));
        assert_ne!(text, generate(500, 8));
    }

    #[test]
    fn the_sample_is_what_the_generator_makes() {
        assert_eq!(include_str!("../trace.csv"), generate(600, 1));
    }

    #[test]
    fn wrong_lines_are_named() {
        for (text, problem) in [
            ("", "the first line must be"),
            ("timestamp_ms,function,duration_ms,memory_mib\n1,f,2\n", "line 2"),
            ("timestamp_ms,function,duration_ms,memory_mib\n1,f,2,128\nx,f,2,128\n", "line 3"),
            ("timestamp_ms,function,duration_ms,memory_mib\n1,f,2,64\n", "line 2"),
        ] {
            assert!(parse(text).unwrap_err().contains(problem), "{text:?}");
        }
    }
}
