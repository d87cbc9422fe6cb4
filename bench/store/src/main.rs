//! How many durable small transactions per second the store commits, beside a second engine under the same
//! group commit, and beside what the disk can sync at all. The contenders take turns within one run, so that
//! a busy machine slows all of them; trust the ratios more than the rates.
#![forbid(unsafe_code)]

mod disk;
mod freehold;
mod load;
mod redb_group;
mod report;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;

use crate::load::{Engine, Failure};
use crate::report::{Report, Round};

/// Measures durable small transactions per second and writes bench/results/store.md and store.json.
#[derive(Parser)]
struct Arguments {
    /// A short run, for trying the benchmark out; writes no results.
    #[arg(long)]
    quick: bool,
    /// Where to put the scratch data: on the disk that is to be measured.
    #[arg(long, default_value = ".")]
    dir: PathBuf,
}

const CLIENTS: [usize; 3] = [1, 8, 64];

fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    let (rounds, duration, rows) = if arguments.quick {
        (2, Duration::from_millis(500), 10_000)
    } else {
        (7, Duration::from_secs(3), 100_000)
    };
    let scratch = tempfile::Builder::new().prefix("bench-store-").tempdir_in(&arguments.dir)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let report = runtime.block_on(measure(scratch.path(), rounds, duration, rows))?;
    let table = report.markdown();
    println!("{table}");
    if !arguments.quick {
        let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("../results");
        std::fs::create_dir_all(&results)?;
        std::fs::write(results.join("store.md"), table)?;
        std::fs::write(results.join("store.json"), serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(())
}

async fn measure(scratch: &Path, rounds: usize, duration: Duration, rows: u64) -> Result<Report, Failure> {
    let mut report = Report { rounds, seconds_per_round: duration.as_secs_f64(), rows, ..Report::default() };
    {
        let freehold = freehold::Freehold::open(scratch)?;
        let redb = redb_group::RedbGroup::open(scratch)?;
        eprintln!("preparing {rows} rows");
        load::fill(&freehold, rows).await?;
        load::fill(&redb, rows).await?;
        for round in 0..rounds {
            eprintln!("round {} of {rounds}", round + 1);
            report.fdatasync.push(disk::sync_rate(scratch, duration / 3)?);
            for clients in CLIENTS {
                let ours = load::run(&freehold, clients, rows, duration).await?;
                let theirs = load::run(&redb, clients, rows, duration).await?;
                report.measured.push(Round { engine: freehold.name(), clients, sample: ours });
                report.measured.push(Round { engine: redb.name(), clients, sample: theirs });
            }
        }
    }
    report.reopen_ms.push((freehold::NAME, load::timed(|| freehold::Freehold::open(scratch))?));
    report.reopen_ms.push((redb_group::NAME, load::timed(|| redb_group::RedbGroup::open(scratch))?));
    Ok(report)
}
