//! Warm invocations: latency and throughput per number of clients, the contenders in turn within each round, so that
//! a machine whose speed drifts treats them alike.

use std::time::Duration;

use base::{Clock, SystemClock};

use crate::cpu;
use crate::stats::{Row, Samples, Table};
use bench_common::client::{Client, Failure, Target};

const PAYLOAD: &[u8] = br#"{"name":"World"}"#;

/// A function on a server.
pub struct Contender {
    pub name: String,
    pub target: Target,
    pub function: String,
    /// The server's process, whose CPU time (with all descendants') is counted; none for the floor, which shares this
    /// process with the clients.
    pub process: Option<u32>,
}

/// Measures all of them.
///
/// # Errors
/// When a server fails a request: a failed invocation is never a sample.
pub async fn measure(
    contenders: &[Contender],
    clients: &[usize],
    rounds: usize,
    seconds: u64,
) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for &clients in clients {
        let mut samples = vec![Samples::default(); contenders.len()];
        for round in 0..=rounds {
            for (contender, samples) in contenders.iter().zip(&mut samples) {
                let taken = load(contender, clients, Duration::from_secs(seconds)).await?;
                // The first round only warms up.
                if round > 0 {
                    samples.extend(taken);
                }
            }
        }
        for (contender, samples) in contenders.iter().zip(samples) {
            rows.push(Row {
                setting: format!("{clients} clients"),
                contender: contender.name.clone(),
                samples,
            });
        }
    }
    Ok(Table {
        title: "Warm invoke".into(),
        note: "RequestResponse of a function that returns a greeting, over kept-alive HTTP/1.1 connections. `hyper echo` \
               is the floor: the same HTTP, no function, no signature, no log, no receipt. CPU: the server's and its \
               functions' user and system time per invocation."
            .into(),
        baseline: "hyper echo",
        rows,
    })
}

async fn load(contender: &Contender, clients: usize, time: Duration) -> Result<Samples, Failure> {
    let clock = SystemClock::new();
    let used = || contender.process.map(cpu::of_tree);
    let before = used();
    let begin = clock.monotonic();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let mut client = Client::connect(&contender.target).await?;
        let function = contender.function.clone();
        tasks.spawn(async move {
            let mut samples = Samples::default();
            while clock.monotonic() - begin < time {
                let request = client.invocation(&function, PAYLOAD)?;
                let sent = clock.monotonic();
                client.invoke(request).await?;
                samples.push(clock.monotonic() - sent);
            }
            Ok::<_, Failure>(samples)
        });
    }
    let mut all = Samples::default();
    while let Some(samples) = tasks.join_next().await {
        all.extend(samples??);
    }
    all.elapsed = clock.monotonic() - begin;
    all.cpu = before.zip(used()).map(|(before, after)| after.saturating_sub(before));
    Ok(all)
}
