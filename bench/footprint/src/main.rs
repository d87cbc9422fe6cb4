//! What Freehold costs before it does anything: binary size, time from `serve` to ready, memory of the idle server,
//! and (with `--build`) the time of a clean release build. Prints a table and writes `bench/results/footprint.md`.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base::{Clock, SystemClock};
use clap::Parser;

#[derive(Parser)]
struct Arguments {
    /// The release binary
    #[arg(long, default_value = "target/release/freehold")]
    binary: PathBuf,
    /// Starts to measure
    #[arg(long, default_value_t = 20)]
    starts: usize,
    /// Also time a clean release build, in a scratch directory
    #[arg(long)]
    build: bool,
    /// Where the report goes
    #[arg(long, default_value = "bench/results/footprint.md")]
    out: PathBuf,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let clock = SystemClock::new();
    let size = std::fs::metadata(&arguments.binary)?.len();
    let mut floors = Vec::new();
    let mut starts = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..arguments.starts {
        // The bare floor beside it: the same binary doing nothing but starting.
        let begin = clock.monotonic();
        Command::new(&arguments.binary).arg("--version").stdout(Stdio::null()).status()?;
        floors.push(clock.monotonic() - begin);

        let scratch = tempfile::tempdir()?;
        let begin = clock.monotonic();
        let mut server = serve(&arguments.binary, scratch.path())?;
        wait_until_ready(&mut server)?;
        starts.push(clock.monotonic() - begin);
        memory.push(resident_kib(server.id())?);
        // Terminated, not killed: it has sandboxes to take down.
        Command::new("kill").args(["-TERM", &server.id().to_string()]).status()?;
        server.wait()?;
    }
    let mut report = String::from("# Footprint\n\n| figure | median | p99 | n |\n|---|---|---|---|\n");
    let (start, floor) = (median(&starts), median(&floors));
    writeln!(report, "| binary size | {:.1} MiB | | 1 |", size as f64 / 1_048_576.0)?;
    writeln!(
        report,
        "| `serve` to ready | {:.1} ms | {:.1} ms | {} |",
        ms(start),
        ms(p99(&starts)),
        starts.len()
    )?;
    writeln!(
        report,
        "| floor: `--version` | {:.1} ms | {:.1} ms | {} |",
        ms(floor),
        ms(p99(&floors)),
        floors.len()
    )?;
    writeln!(report, "| ratio ready / floor | {:.1} | | |", start.as_secs_f64() / floor.as_secs_f64())?;
    for (name, at) in [("idle server", 0), ("its warden", 1), ("pre-started workers, PSS", 2)] {
        let mut values: Vec<u64> = memory.iter().map(|kib| kib[at]).collect();
        values.sort_unstable();
        let top = values[(values.len() * 99 / 100).min(values.len() - 1)];
        writeln!(
            report,
            "| memory, {name} | {:.1} MiB | {:.1} MiB | {} |",
            values[values.len() / 2] as f64 / 1024.0,
            top as f64 / 1024.0,
            values.len()
        )?;
    }
    if arguments.build {
        let scratch = tempfile::tempdir()?;
        let begin = clock.monotonic();
        let built = Command::new("cargo")
            .args(["build", "--release", "--target-dir"])
            .arg(scratch.path())
            .status()?;
        if !built.success() {
            return Err("the clean build failed".into());
        }
        writeln!(
            report,
            "| clean release build | {:.0} s | | 1 |",
            (clock.monotonic() - begin).as_secs_f64()
        )?;
    }
    print!("{report}");
    std::fs::write(&arguments.out, report)?;
    Ok(())
}

fn serve(binary: &Path, data_dir: &Path) -> Result<Child, Failure> {
    let mut command = Command::new(binary);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(data_dir);
    Ok(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?)
}

fn wait_until_ready(server: &mut Child) -> Result<(), Failure> {
    let out = server.stdout.take().ok_or("standard output was piped")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    if line.contains("ready") { Ok(()) } else { Err(format!("serve did not become ready: {line:?}").into()) }
}

/// Memory of the server, its warden, and everything below that, in KiB: proportional shares, so that what processes
/// share counts once.
fn resident_kib(server: u32) -> Result<[u64; 3], Failure> {
    let mut below = 0;
    let mut warden = 0;
    for child in children(server) {
        warden += proportional_kib(child)?;
        let mut waiting = children(child);
        while let Some(process) = waiting.pop() {
            // A process may end while we look.
            below += proportional_kib(process).unwrap_or(0);
            waiting.extend(children(process));
        }
    }
    Ok([proportional_kib(server)?, warden, below])
}

fn children(process: u32) -> Vec<u32> {
    let path = format!("/proc/{process}/task/{process}/children");
    let listed = std::fs::read_to_string(path).unwrap_or_default();
    listed.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

fn proportional_kib(process: u32) -> Result<u64, Failure> {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let line = text.lines().find(|line| line.starts_with("Pss:")).ok_or("the kernel reports no Pss")?;
    Ok(line.split_whitespace().nth(1).ok_or("Pss has a value")?.parse()?)
}

fn sorted(values: &[Duration]) -> Vec<Duration> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values
}

fn median(values: &[Duration]) -> Duration {
    sorted(values)[values.len() / 2]
}

fn p99(values: &[Duration]) -> Duration {
    sorted(values)[(values.len() * 99 / 100).min(values.len() - 1)]
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
