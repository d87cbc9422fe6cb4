//! Cold starts of every runtime on this host, one, eight and thirty-two at once, and a burst of a thousand functions
//! that were never used: inside the platform and over HTTP, beside their floors in the same run. Needs root. Prints
//! tables and writes them to `bench/results/`.
#![forbid(unsafe_code)]

mod floors;
mod inside;
mod outside;
mod stats;
mod subject;

use std::path::PathBuf;

use bench_common::client::Failure;
use clap::Parser;
use stats::{Row, Table};
use subject::Subject;

#[derive(Parser)]
struct Arguments {
    /// The release binary
    #[arg(long, default_value = "target/release/freehold")]
    binary: PathBuf,
    /// A compiled function for `provided.al2023` (conformance/rust-function); left out when absent
    #[arg(long, default_value = "target/conformance/cargo/debug/rust-function")]
    rust_function: PathBuf,
    /// Cold starts of each contender in each setting, at least
    #[arg(long, default_value_t = 100)]
    samples: usize,
    /// How many start at once
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 32])]
    concurrency: Vec<usize>,
    /// Functions of the burst; 0 leaves it out
    #[arg(long, default_value_t = 1000)]
    burst: usize,
    /// Of the subjects, only those whose setting contains this, or is this where it ends in `$`
    #[arg(long, default_value = "")]
    only: String,
    /// Without HTTP, the burst and the floors
    #[arg(long)]
    inside_only: bool,
    /// Where the reports go
    #[arg(long, default_value = "bench/results")]
    out: PathBuf,
}

/// What a started Node.js needs of the machine's memory, in MiB, so that a burst is no test of swapping.
const NODE_MIB: u64 = 40;

fn main() -> Result<(), Failure> {
    warden::process_main_if_asked();
    // RUST_LOG=fleet=debug shows where each cold start's time goes.
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(arguments))
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let scratch = tempfile::tempdir()?;
    let found = fleet::runtimes::discover(&fleet::Options::new(scratch.path()));
    let mut subjects = subject::subjects(&found, &arguments.rust_function);
    subjects.retain(|subject| match arguments.only.strip_suffix('$') {
        Some(setting) => subject.setting == setting,
        None => subject.setting.contains(&arguments.only),
    });

    let mut tables = vec![inside(&arguments, &subjects).await?];
    if !arguments.inside_only {
        tables.push(outside(&arguments, &subjects).await?);
        if arguments.burst > 0 {
            tables.push(burst(&arguments, &subjects).await?);
        }
    }
    let text: String = tables.iter().map(Table::markdown).collect();
    let text = format!("# Cold start\n\n{text}");
    print!("{text}");
    std::fs::create_dir_all(&arguments.out)?;
    std::fs::write(arguments.out.join("coldstart.md"), text)?;
    let json: Vec<_> = tables.iter().map(Table::json).collect();
    std::fs::write(arguments.out.join("coldstart.json"), serde_json::to_string_pretty(&json)? + "\n")?;
    Ok(())
}

async fn inside(arguments: &Arguments, subjects: &[Subject]) -> Result<Table, Failure> {
    let scratch = tempfile::tempdir()?;
    let warden = inside::warden(scratch.path()).await?;
    let with_pools = inside::Bench::new(&warden, true)?;
    let without = inside::Bench::new(&warden, false)?;
    let mut rows = Vec::new();
    for subject in subjects {
        let compiled = with_pools.compile(subject).await?;
        for &concurrency in &arguments.concurrency {
            let setting = format!("{}, {concurrency} at once", subject.setting);
            eprintln!("inside: {setting}");
            let mut put = |contender: &str, samples| {
                rows.push(Row { setting: setting.clone(), contender: contender.into(), samples });
            };
            let count = arguments.samples;
            put(
                "freehold, pool hit",
                with_pools.measure(subject, concurrency, count, true, &compiled).await?,
            );
            put("freehold, pool miss", without.measure(subject, concurrency, count, false, &compiled).await?);
            if !compiled.is_empty() && subject.plain.is_none() {
                let samples = with_pools.measure(subject, concurrency, count, true, &[]).await?;
                put("freehold, pool hit, nothing compiled at deployment", samples);
            }
            let Some(plain) = subject.plain.as_ref().filter(|_| !arguments.inside_only) else { continue };
            put(
                "plain interpreter in the same sandbox",
                floors::plain(&warden, subject, plain, concurrency, count).await?,
            );
            match floors::crun(subject, plain, concurrency, count).await {
                Ok(samples) => put("crun run, plain interpreter", samples),
                Err(problem) => eprintln!("skipped: crun: {problem}"),
            }
            if concurrency == 1
                && let Some(samples) = floors::fork(subject, count)?
            {
                put("bare fork of a warm interpreter, no isolation, no handler", samples);
            }
        }
    }
    with_pools.fleet.shutdown().await;
    without.fleet.shutdown().await;
    warden.shut_down().await;
    Ok(Table {
        title: "Inside the platform".into(),
        note: "From the decision to start to the whole answer of a function that was never used, with 128 MiB, through \
               the real warden; without HTTP and services. `pool hit`: a worker (custom runtime: a sandbox) was ready. \
               `pool miss`: pools turned off; sandbox and interpreter are made on request. Floors answer with one byte \
               and run no handler."
            .into(),
        rows,
    })
}

async fn outside(arguments: &Arguments, subjects: &[Subject]) -> Result<Table, Failure> {
    let server = outside::Server::start(&arguments.binary).await?;
    let mut rows = Vec::new();
    for subject in subjects {
        for &concurrency in &arguments.concurrency {
            let setting = format!("{}, {concurrency} at once", subject.setting);
            eprintln!("over HTTP: {setting}");
            let outside::Burst { samples, hits, misses } =
                server.measure(subject, concurrency, arguments.samples).await?;
            rows.push(Row { setting, contender: format!("freehold: {hits} hits, {misses} misses"), samples });
        }
    }
    Ok(Table {
        title: "Over HTTP".into(),
        note: "The first invocation of a function that has just been created, signed (SigV4), on an open connection, \
               from sending to the last byte. Pools are as full as demand has made them."
            .into(),
        rows,
    })
}

async fn burst(arguments: &Arguments, subjects: &[Subject]) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    // One subject per runtime: the small one.
    for subject in subjects.iter().filter(|subject| !subject.setting.contains(',')) {
        let is_node = matches!(subject.runtime.kind, fleet::RuntimeKind::Node { .. });
        let fitting = usize::try_from(available_mib() / NODE_MIB).unwrap_or(usize::MAX);
        let count = if is_node { arguments.burst.min(fitting) } else { arguments.burst };
        eprintln!("burst of {count}: {}", subject.setting);
        // A server of its own: its pools know of nothing but these deployments.
        let server = outside::Server::start(&arguments.binary).await?;
        let outside::Burst { samples, hits, misses } = server.burst(subject, count).await?;
        let contender = format!("freehold: {hits} hits, {misses} misses");
        rows.push(Row { setting: format!("{}, {count} at once", subject.setting), contender, samples });
    }
    Ok(Table {
        title: "A burst of functions that were never used".into(),
        note: format!(
            "Different functions of {} MiB, each invoked once, all at the same moment over HTTP. The server may promise \
             {} MiB to functions, far more than this machine has.",
            outside::MEMORY_MIB,
            outside::MEMORY_TOTAL_MIB
        ),
        rows,
    })
}

fn available_mib() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).unwrap_or(0) / 1024
}
