//! What an idle, pooled Python environment costs: thousands of them are made as the server's pools make them (a sandbox,
//! and in it a worker forked from the zygote that has rehearsed and waits), then counted. Needs root, and to be run from
//! the repository's root. Prints a table and writes `bench/results/density.md`.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{Clock, SystemClock};
use clap::Parser;
use warden::{Bind, ForkSpec, Listeners, Options, SandboxSpec, Warden};

#[derive(Parser)]
struct Arguments {
    /// Environments to make
    #[arg(long, default_value_t = 2000)]
    environments: usize,
    /// How many are made at the same time
    #[arg(long, default_value_t = 8)]
    at_once: usize,
    /// The interpreter, whose directory is shown inside
    #[arg(long, default_value = "/usr/bin/python3")]
    python: PathBuf,
    /// Where the report goes
    #[arg(long, default_value = "bench/results/density.md")]
    out: PathBuf,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    warden::process_main_if_asked();
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(measure(arguments))
}

async fn measure(arguments: Arguments) -> Result<(), Failure> {
    let scratch = tempfile::tempdir()?;
    let clock = SystemClock::new();
    let instance = format!("density-{}", std::process::id());
    let mut options = Options::new(instance, scratch.path().join("warden"));
    // Beside those of a server on this machine.
    options.uid_base = 500_000;
    let warden = Warden::start(options).await?;
    let prefix = arguments.python.parent().and_then(Path::parent).ok_or("the interpreter has a prefix")?;
    let spec = SandboxSpec {
        runtime_dirs: vec![prefix.to_owned()],
        binds: vec![Bind { source: std::fs::canonicalize("runtimes")?, target: "/var/runtime".into() }],
        listeners: Listeners::default(),
    };
    let zygote = ForkSpec {
        program: arguments.python.clone(),
        args: ["-u", "-s", "-B", "/var/runtime/python/zygote.py"].map(Into::into).to_vec(),
        env: vec![("LANG".into(), "C.UTF-8".into()), ("TZ".into(), ":UTC".into())],
        rehearse: true,
    };
    // The zygote's own start belongs to no environment.
    let sandbox = warden.create(spec.clone()).await?;
    let first = (sandbox.fork(zygote.clone()).await?, sandbox);

    let before = Kernel::now()?;
    let begin = clock.monotonic();
    let mut made = Vec::new();
    let mut times = Vec::new();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..arguments.environments {
        if waiting.len() >= arguments.at_once {
            take(waiting.join_next().await, &mut made, &mut times)?;
        }
        let (warden, spec, zygote, clock) = (warden.clone(), spec.clone(), zygote.clone(), clock);
        waiting.spawn(async move {
            let begin = clock.monotonic();
            let sandbox = warden.create(spec).await?;
            let worker = sandbox.fork(zygote).await?;
            Ok(((sandbox, worker), clock.monotonic() - begin))
        });
    }
    while let Some(done) = waiting.join_next().await {
        take(Some(done), &mut made, &mut times)?;
    }
    let elapsed = clock.monotonic() - begin;
    let after = Kernel::now()?;

    let family = Family::of(warden.pid());
    let begin = clock.monotonic();
    let (worker_kib, own_kib) = shares(&family.copies)?;
    let (init_kib, _) = shares(&family.inits)?;
    let looked = clock.monotonic() - begin;
    drop(first);
    drop(made);
    warden.shut_down().await;

    let n = arguments.environments as f64;
    let mut report = format!(
        "# Density\n\n{} idle Python environments ({}), each a sandbox with a worker that waits for a function.\n\n\
         | figure | median | p99 | n |\n|---|---|---|---|\n",
        arguments.environments,
        arguments.python.display()
    );
    let mut row = |name: &str, mut values: Vec<f64>, unit: &str| {
        values.sort_by(f64::total_cmp);
        let at = |q: f64| values[((values.len() - 1) as f64 * q) as usize];
        writeln!(report, "| {name} | {:.2} {unit} | {:.2} {unit} | {} |", at(0.5), at(0.99), values.len())
    };
    let mib = |kib: &[u64]| kib.iter().map(|kib| *kib as f64 / 1024.0).collect::<Vec<_>>();
    row("worker, proportional share (PSS)", mib(&worker_kib), "MiB")?;
    row("worker, memory of its own (USS)", mib(&own_kib), "MiB")?;
    row("sandbox's first process, PSS", mib(&init_kib), "MiB")?;
    row("time to make one", times.iter().map(|t| t.as_secs_f64() * 1e3).collect(), "ms")?;
    let grown = |after: u64, before: u64| (after as f64 - before as f64) / n;
    writeln!(report, "| kernel: slab | {:.0} KiB | | |", grown(after.slab, before.slab))?;
    writeln!(report, "| kernel: page tables | {:.0} KiB | | |", grown(after.tables, before.tables))?;
    writeln!(report, "| kernel: stacks | {:.0} KiB | | |", grown(after.stacks, before.stacks))?;
    writeln!(report, "| kernel: per CPU | {:.0} KiB | | |", grown(after.per_cpu, before.per_cpu))?;
    writeln!(
        report,
        "| host: less memory available, everything counted | {:.2} MiB | | |",
        (before.available as f64 - after.available as f64) / n / 1024.0
    )?;
    writeln!(
        report,
        "| made per second, {} at once | {:.0} | | |",
        arguments.at_once,
        n / elapsed.as_secs_f64()
    )?;
    print!("{report}");
    println!("(read in {looked:.1?})");
    std::fs::write(&arguments.out, report)?;
    Ok(())
}

type Environment = (warden::Sandbox, warden::Spawned);
type Made = Result<(Environment, Duration), warden::WardenError>;

fn take(
    done: Option<Result<Made, tokio::task::JoinError>>,
    made: &mut Vec<Environment>,
    times: &mut Vec<Duration>,
) -> Result<(), Failure> {
    let (environment, time) = done.ok_or("one was being made")???;
    made.push(environment);
    times.push(time);
    Ok(())
}

/// Figures of the kernel's own memory and what is left for programs, in KiB.
struct Kernel {
    slab: u64,
    tables: u64,
    stacks: u64,
    per_cpu: u64,
    available: u64,
}

impl Kernel {
    fn now() -> Result<Kernel, Failure> {
        let text = std::fs::read_to_string("/proc/meminfo")?;
        let field = |name: &str| field(&text, name);
        Ok(Kernel {
            slab: field("Slab:")?,
            tables: field("PageTables:")?,
            stacks: field("KernelStack:")?,
            per_cpu: field("Percpu:")?,
            available: field("MemAvailable:")?,
        })
    }
}

fn field(text: &str, name: &str) -> Result<u64, Failure> {
    let line = text.lines().find(|line| line.starts_with(name)).ok_or_else(|| format!("no {name}"))?;
    Ok(line.split_whitespace().nth(1).ok_or("a value")?.parse()?)
}

/// The warden's descendants: zygotes have copies as children, first processes of sandboxes have none.
struct Family {
    copies: Vec<u32>,
    inits: Vec<u32>,
}

impl Family {
    fn of(warden: u32) -> Family {
        let (mut copies, mut inits) = (Vec::new(), Vec::new());
        for child in children(warden) {
            let command = std::fs::read_to_string(format!("/proc/{child}/cmdline")).unwrap_or_default();
            if !command.contains("zygote.py") {
                inits.push(child);
                continue;
            }
            let below = children(child);
            // A copy whose zygote has been replaced is the warden's child.
            if below.is_empty() { copies.push(child) } else { copies.extend(below) }
        }
        Family { copies, inits }
    }
}

fn children(process: u32) -> Vec<u32> {
    let path = format!("/proc/{process}/task/{process}/children");
    let listed = std::fs::read_to_string(path).unwrap_or_default();
    listed.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

/// Proportional shares, and what nobody shares, in KiB.
fn shares(processes: &[u32]) -> Result<(Vec<u64>, Vec<u64>), Failure> {
    let (mut shared, mut own) = (Vec::new(), Vec::new());
    for process in processes {
        let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
        shared.push(field(&text, "Pss:")?);
        own.push(field(&text, "Private_Dirty:")? + field(&text, "Private_Clean:")?);
    }
    Ok((shared, own))
}
