//! When which function is invoked, decided before anything runs: a slow server never delays what comes next.

use crate::random::Random;
use crate::trace::Row;

/// One invocation to be made.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Seconds after the start.
    pub at: f64,
    pub function: String,
    /// What the function itself takes, in milliseconds: processor time, then waiting.
    pub cpu_ms: f64,
    pub sleep_ms: f64,
}

/// The shape of the synthetic load: how long its functions compute.
pub const CPU_MS: f64 = 2.0;
/// On and off times of bursts, in seconds; while on, arrivals come at four times the mean rate.
const BURST_ON_S: f64 = 0.5;
const BURST_OFF_S: f64 = 1.5;

/// Independent arrivals at `rate` per second, evenly over the functions.
pub fn poisson(rate: f64, seconds: f64, functions: &[String], random: &mut Random) -> Vec<Arrival> {
    let mut arrivals = Vec::new();
    let mut at = random.exponential(rate);
    while at < seconds {
        arrivals.push(computing(at, functions, random));
        at += random.exponential(rate);
    }
    arrivals
}

/// The same number on average, in bursts of random length with silence between them.
pub fn bursty(rate: f64, seconds: f64, functions: &[String], random: &mut Random) -> Vec<Arrival> {
    let on_rate = rate * (BURST_ON_S + BURST_OFF_S) / BURST_ON_S;
    let mut arrivals = Vec::new();
    let mut begin = random.exponential(1.0 / BURST_OFF_S);
    while begin < seconds {
        let end = (begin + random.exponential(1.0 / BURST_ON_S)).min(seconds);
        let mut at = begin + random.exponential(on_rate);
        while at < end {
            arrivals.push(computing(at, functions, random));
            at += random.exponential(on_rate);
        }
        begin = end + random.exponential(1.0 / BURST_OFF_S);
    }
    arrivals
}

fn computing(at: f64, functions: &[String], random: &mut Random) -> Arrival {
    let function = functions[random.below(functions.len())].clone();
    Arrival { at, function, cpu_ms: CPU_MS, sleep_ms: 0.0 }
}

/// The trace, its time stretched so that it has `rate` arrivals per second, over and over. Its functions wait for as
/// long as it says.
pub fn replay(rows: &[Row], rate: f64, seconds: f64) -> Vec<Arrival> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let length_s = rows.len() as f64 / rate;
    let span_ms = (last.timestamp_ms - first.timestamp_ms).max(1.0);
    let mut arrivals = Vec::new();
    for round in 0.. {
        let begin = f64::from(round) * length_s;
        if begin >= seconds {
            break;
        }
        for row in rows {
            let at = begin + (row.timestamp_ms - first.timestamp_ms) / span_ms * length_s;
            if at < seconds {
                let function = row.function_name();
                arrivals.push(Arrival { at, function, cpu_ms: 0.0, sleep_ms: row.duration_ms });
            }
        }
    }
    arrivals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        vec!["a".into(), "b".into()]
    }

    #[test]
    fn rates_are_met_on_average() {
        for pattern in [poisson, bursty] {
            let arrivals = pattern(100.0, 1000.0, &names(), &mut Random::new(1));
            assert!((85_000..115_000).contains(&arrivals.len()), "{}", arrivals.len());
            assert!(arrivals.is_sorted_by(|a, b| a.at <= b.at));
        }
    }

    #[test]
    fn a_trace_is_stretched_and_repeated() {
        let row =
            |timestamp_ms| Row { timestamp_ms, function: "f".into(), duration_ms: 3.0, memory_mib: 128 };
        let arrivals = replay(&[row(0.0), row(10.0), row(1000.0)], 3.0, 2.0);
        assert_eq!(arrivals.iter().map(|it| it.at).collect::<Vec<_>>(), [0.0, 0.01, 1.0, 1.0, 1.01]);
        assert_eq!(arrivals[0].sleep_ms, 3.0);
    }
}
