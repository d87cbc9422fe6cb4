//! Tail latency at given loads: invocations arrive at times that were decided before, whatever the server does
//! (independently, in bursts, and as a trace says), and each of the slowest is explained by its receipt. Prints a table
//! and writes it to `bench/results/`.
#![forbid(unsafe_code)]

mod arrivals;
mod causes;
mod ideal;
mod open_loop;
mod random;
mod report;
mod trace;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::Clock;
use bench_common::client::{Client, Failure, Target, package};
use bench_common::servers;
use clap::Parser;
use serde_json::Value;

use arrivals::Arrival;
use random::Random;
use report::Run;

#[derive(Parser)]
struct Arguments {
    /// The release binary
    #[arg(long, default_value = "target/release/freehold")]
    binary: PathBuf,
    /// Seconds of each run
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Loads, in per cent of the throughput that the server reaches at most
    #[arg(long, value_delimiter = ',', default_values_t = [30, 60, 90])]
    loads: Vec<u32>,
    /// A trace: timestamp_ms,function,duration_ms,memory_mib
    #[arg(long, default_value = "bench/predictable/trace.csv")]
    trace: PathBuf,
    /// Functions of the synthetic arrivals
    #[arg(long, default_value_t = 4)]
    functions: usize,
    /// Invocations of each run that are explained, the slowest first
    #[arg(long, default_value_t = 20)]
    outliers: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the reports go
    #[arg(long, default_value = "bench/results")]
    out: PathBuf,
    /// Only write a trace of about so many invocations to --trace
    #[arg(long, value_name = "COUNT")]
    generate: Option<usize>,
}

/// Computes and waits for as long as the event says.
const CODE: &[u8] = b"import time
def handler(event, context):
    end = time.thread_time() + event['cpu_ms'] / 1000
    while time.thread_time() < end:
        pass
    if event['sleep_ms']:
        time.sleep(event['sleep_ms'] / 1000)
";

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    if let Some(count) = arguments.generate {
        std::fs::write(&arguments.trace, trace::generate(count, arguments.seed))?;
        return Ok(());
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(arguments))
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let rows = trace::read(&arguments.trace)?;
    let server = servers::freehold(&arguments.binary, &[])?;
    let target = &server.target;
    let mut client = Client::connect(target).await?;
    let runtime = python(&arguments)?;
    let role = client.role().await?;
    let zip = package([("app.py", CODE)])?;
    let synthetic: Vec<String> = (0..arguments.functions.max(1)).map(|n| format!("synthetic{n}")).collect();
    let mut functions: BTreeMap<String, u64> =
        rows.iter().map(|row| (row.function_name(), row.memory_mib)).collect();
    // A whole core's worth, so that the limit at work is not what is measured.
    functions.extend(synthetic.iter().map(|name| (name.clone(), 1769)));
    for (name, memory) in &functions {
        client.create(name, &runtime, "app.handler", &role, &zip, *memory).await?;
    }

    let computing = capacity(target, |_| Arrival {
        at: 0.0,
        function: synthetic[0].clone(),
        cpu_ms: arrivals::CPU_MS,
        sleep_ms: 0.0,
    })
    .await?;
    // What waits takes no processor: what limits it is the platform's own work.
    let waiting_processors = capacity(target, |n| {
        let row = &rows[n % rows.len()];
        Arrival { at: 0.0, function: row.function_name(), cpu_ms: 0.0, sleep_ms: 0.0 }
    })
    .await?;
    // Who waits keeps an environment, though: a trace may not have more under way than an account may.
    let waiting = waiting_processors.min(rate_of_peak(&rows, UNDER_WAY_MAX));
    println!("at most {computing:.0} computing and {waiting:.0} waiting invocations per second");

    let seconds = arguments.seconds as f64;
    let mut random = Random::new(arguments.seed);
    let mut runs = Vec::new();
    for &load_percent in &arguments.loads {
        for pattern in ["poisson", "bursty", "trace"] {
            let share = f64::from(load_percent) / 100.0;
            let (rate, arrivals) = match pattern {
                "poisson" => {
                    let rate = computing * share;
                    (rate, arrivals::poisson(rate, seconds, &synthetic, &mut random))
                }
                "bursty" => {
                    let rate = computing * share;
                    (rate, arrivals::bursty(rate, seconds, &synthetic, &mut random))
                }
                _ => {
                    let rate = waiting * share;
                    (rate, arrivals::replay(&rows, rate, seconds))
                }
            };
            let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let highest = if pattern == "trace" { waiting_processors } else { computing };
            let ideal = ideal::latencies(&arrivals, processors, processors as f64 * 1000.0 / highest);
            let samples = open_loop::run(target, arrivals).await?;
            let outliers = causes::explain(&mut client, &samples, arguments.outliers).await?;
            runs.push(Run { pattern, load_percent, rate, samples, outliers, ideal });
        }
    }
    write(&arguments, &runs)
}

fn write(arguments: &Arguments, runs: &[Run]) -> Result<(), Failure> {
    let text = format!(
        "# Predictable\n\nOpen loop: arrivals are decided beforehand, and latency counts from when each was due. Load: share \
         of the highest throughput, measured just before; a trace's share is of the rate at which nine tenths of an account's \
         concurrent executions would be in use at its peak, if that is less. Ideal: the same arrivals, served in order by \
         this machine's processors, at the cost per invocation that the highest throughput implies (`ideal.rs`). Bursts come \
         at four times the mean rate, so that above 25 % load they are more than any server can serve at once. Slowdown: latency over the function's own time. Each run lasts \
         {} s; of each, the {} invocations that took longest beyond their function's own time are explained by their \
         receipts.\n\n{}",
        arguments.seconds,
        arguments.outliers,
        report::markdown(runs)
    );
    print!("{text}");
    std::fs::create_dir_all(&arguments.out)?;
    std::fs::write(arguments.out.join("predictable.md"), text)?;
    let json = Value::Array(runs.iter().map(Run::json).collect());
    std::fs::write(arguments.out.join("predictable.json"), serde_json::to_string_pretty(&json)? + "\n")?;
    Ok(())
}

/// Nine tenths of an account's concurrent executions.
const UNDER_WAY_MAX: usize = 900;

/// At how many per second the trace has at most so many under way.
fn rate_of_peak(rows: &[trace::Row], most: usize) -> f64 {
    let (mut low, mut high) = (1.0, 100_000.0);
    while high / low > 1.01 {
        let rate = f64::sqrt(low * high);
        // Twice through it, so that its end meets its beginning.
        let arrivals = arrivals::replay(rows, rate, 2.0 * rows.len() as f64 / rate);
        if ideal::peak(&arrivals) > most { high = rate } else { low = rate }
    }
    low
}

/// Invocations per second when as many are under way as keep the processors busy.
async fn capacity(target: &Target, arrival: impl Fn(usize) -> Arrival) -> Result<f64, Failure> {
    const TIME: Duration = Duration::from_secs(3);
    let clients = 4 * std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let samples: Arc<[Arrival]> = (0..1000).map(arrival).collect();
    let connections = open_loop::Connections::new(target);
    let clock = Arc::clone(&connections.clock);
    let mut throughput = 0.0;
    // Twice: the first time starts environments.
    for _ in 0..2 {
        let begin = clock.monotonic();
        let mut tasks = tokio::task::JoinSet::new();
        for client in 0..clients {
            let (connections, samples, clock) =
                (connections.clone(), Arc::clone(&samples), Arc::clone(&clock));
            tasks.spawn(async move {
                let mut answered = 0_u32;
                for arrival in samples.iter().cycle().skip(client * 97) {
                    let now = clock.monotonic();
                    if now.saturating_sub(begin) >= TIME {
                        break;
                    }
                    let sample = connections.invoke(arrival.clone(), now).await?;
                    answered += u32::from(sample.result.is_ok());
                }
                Ok::<_, Failure>(answered)
            });
        }
        let mut answered = 0;
        while let Some(done) = tasks.join_next().await {
            answered += done??;
        }
        throughput = f64::from(answered) / clock.monotonic().saturating_sub(begin).as_secs_f64();
    }
    Ok(throughput)
}

fn python(arguments: &Arguments) -> Result<String, Failure> {
    let listed = std::process::Command::new(&arguments.binary).args(["runtimes", "--json"]).output()?;
    let listed: Value = serde_json::from_slice(&listed.stdout)?;
    let names = listed.as_array().into_iter().flatten().filter_map(|runtime| runtime["name"].as_str());
    let minor = |name: &str| name.trim_start_matches("python3.").parse::<u32>().unwrap_or(0);
    let newest = names.filter(|name| name.starts_with("python3.")).max_by_key(|name| minor(name));
    Ok(newest.ok_or("no Python on this host")?.to_owned())
}
