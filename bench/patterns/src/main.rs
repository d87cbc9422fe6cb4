//! How long one event takes to find its rules among many, through the index and by walking all rules.
//! `cargo run --release -p bench-patterns [rules]`
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::time::Duration;

use base::{Clock, SystemClock};
use pattern::{Event, Index, Pattern};
use serde_json::{Value, json};

const EVENTS: usize = 2000;

fn main() {
    let rules: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let clock = SystemClock::new();
    let patterns: Vec<Pattern> = (0..rules).map(|number| parsed(&rule(number))).collect();

    let start = clock.monotonic();
    let mut index = Index::new();
    for (number, pattern) in patterns.iter().enumerate() {
        index.insert(number, pattern.clone());
    }
    let built = clock.monotonic() - start;

    let (mut parsing, mut through_index, mut walking) = (Vec::new(), Vec::new(), Vec::new());
    let mut matches = 0;
    for number in 0..EVENTS {
        let text = event(number, rules).to_string();
        let event = timed(&clock, &mut parsing, || Event::parse(&text).expect("the event is JSON"));
        let found = timed(&clock, &mut through_index, || index.matching(black_box(&event)).len());
        // The walk is slow, and the same for all events.
        if number % 20 == 0 {
            let walked = timed(&clock, &mut walking, || {
                patterns.iter().filter(|pattern| pattern.matches(black_box(&event))).count()
            });
            assert_eq!(found, walked, "the index finds what matches");
        }
        matches += found;
    }

    println!("{rules} rules, indexed in {built:?}; {:.1} match an event", matches as f64 / EVENTS as f64);
    report("event read", &mut parsing);
    let indexed = report("through the index", &mut through_index);
    let walked = report("walking all rules", &mut walking);
    println!("ratio of the medians: {:.0}", walked.as_secs_f64() / indexed.as_secs_f64());
}

fn timed<T>(clock: &SystemClock, into: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = clock.monotonic();
    let result = black_box(work());
    into.push(clock.monotonic() - start);
    result
}

fn report(name: &str, times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!("{name:18} median {:>10.2?}  p99 {:>10.2?}", at(0.5), at(0.99));
    at(0.5)
}

fn parsed(pattern: &Value) -> Pattern {
    Pattern::parse(&pattern.to_string()).expect("the benchmark's patterns are valid")
}

/// A tenth each of kinds that people write; sources repeat, so that no single field tells rules apart.
fn rule(number: usize) -> Value {
    let source = format!("app.service{}", number % 50);
    let tenant = format!("tenant-{}", number / 10);
    match number % 10 {
        0 => json!({ "source": [source], "detail-type": [format!("Kind{}", number % 97)] }),
        1 => json!({ "source": [source], "detail": { "tenant": [tenant], "state": ["on", "off"] } }),
        2 => json!({ "source": [source], "detail": { "key": [{ "prefix": format!("in/{number}/") }] } }),
        3 => json!({ "source": [source], "detail": { "key": [{ "suffix": format!("-{number}.png") }] } }),
        4 => json!({ "detail": { "tenant": [tenant], "price": [{ "numeric": [">", number % 100] }] } }),
        5 => json!({ "detail": { "tenant": [tenant], "state": [{ "anything-but": "off" }] } }),
        6 => json!({ "detail": { "key": [{ "wildcard": format!("in/{number}/*.csv") }] } }),
        7 => json!({ "source": [source], "$or": [{ "detail": { "tenant": [tenant] } },
                     { "detail": { "owner": [format!("o{number}")] } }] }),
        8 => json!({ "detail": { "owner": [{ "equals-ignore-case": format!("O{number}") }] } }),
        _ => json!({ "source": [source], "resources": [format!("arn:aws:s3:::bucket-{number}")] }),
    }
}

fn event(number: usize, rules: usize) -> Value {
    let of = number * 7919 % rules.max(1);
    json!({
        "version": "0",
        "id": format!("00000000-0000-4000-8000-{number:012}"),
        "source": format!("app.service{}", of % 50),
        "detail-type": format!("Kind{}", of % 97),
        "account": "000000000000",
        "time": "2026-11-24T12:00:00Z",
        "region": "us-east-1",
        "resources": [format!("arn:aws:s3:::bucket-{of}"), "arn:aws:s3:::other"],
        "detail": {
            "tenant": format!("tenant-{}", of / 10), "state": "on", "price": of % 150, "owner": format!("o{of}"),
            "key": format!("in/{of}/report-{of}.png"),
            "items": [{ "sku": "a", "count": 1 }, { "sku": "b", "count": 2 }],
        },
    })
}
