//! Warm invocations: latency and throughput at 1, 16 and 64 clients, the contenders in turn within each round, so that
//! a machine whose speed drifts treats them alike.

use std::time::Duration;

use base::{Clock, SystemClock};

use crate::client::{Client, Failure, Target};
use crate::stats::{Row, Samples, Table};

pub const PAYLOAD: &[u8] = br#"{"name":"World"}"#;

pub async fn measure(
    targets: &[Target],
    function: &str,
    rounds: usize,
    seconds: u64,
) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for clients in [1, 16, 64] {
        let mut samples = vec![Samples::default(); targets.len()];
        for round in 0..=rounds {
            for (target, samples) in targets.iter().zip(&mut samples) {
                let taken = load(target, function, clients, Duration::from_secs(seconds)).await?;
                // The first round only warms up.
                if round > 0 {
                    samples.extend(taken);
                }
            }
        }
        for (target, samples) in targets.iter().zip(samples) {
            rows.push(Row { setting: format!("{clients} clients"), contender: target.name.into(), samples });
        }
    }
    Ok(Table {
        title: "Warm invoke".into(),
        note: "RequestResponse of a Python function that returns a greeting, over kept-alive HTTP/1.1 connections; the \
               clients share the machine's cores with the servers. `hyper echo` is the floor: the same HTTP, no function."
            .into(),
        baseline: "hyper echo",
        rows,
    })
}

async fn load(target: &Target, function: &str, clients: usize, time: Duration) -> Result<Samples, Failure> {
    let clock = SystemClock::new();
    let begin = clock.monotonic();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let mut client = Client::connect(target).await?;
        let function = function.to_owned();
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
    Ok(all)
}
