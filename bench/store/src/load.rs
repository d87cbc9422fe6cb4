//! The load that every engine gets: closed-loop clients, each transaction reads one row and writes three.

use std::error::Error;
use std::time::Duration;

use base::{Clock, SystemClock};
use bytes::Bytes;

pub const KEY_LEN: usize = 100;
pub const VALUE_LEN: usize = 300;

/// Bulk loading commits this many rows at once.
const FILL_BATCH: u64 = 1000;

pub type Failure = Box<dyn Error + Send + Sync>;

pub trait Engine: Clone + Send + Sync + 'static {
    fn name(&self) -> &'static str;

    /// Reads `read` if there is one, writes `writes`, and returns when that is durable.
    fn transact(
        &self,
        read: Option<Bytes>,
        writes: Vec<(Bytes, Bytes)>,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// What one contender did in one turn.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Sample {
    pub seconds: f64,
    #[serde(skip)]
    pub latencies_us: Vec<u32>,
}

impl Sample {
    pub fn rate(&self) -> f64 {
        self.latencies_us.len() as f64 / self.seconds
    }
}

pub async fn fill(engine: &impl Engine, rows: u64) -> Result<(), Failure> {
    for start in (0..rows).step_by(FILL_BATCH as usize) {
        let writes = (start..(start + FILL_BATCH).min(rows)).map(|row| (key(row), value(row))).collect();
        engine.transact(None, writes).await?;
    }
    Ok(())
}

pub async fn run(
    engine: &impl Engine,
    clients: usize,
    rows: u64,
    duration: Duration,
) -> Result<Sample, Failure> {
    let clock = SystemClock::new();
    let mut tasks = tokio::task::JoinSet::new();
    for client in 0..clients {
        let engine = engine.clone();
        tasks.spawn(async move {
            let mut random = Random(client as u64 + 1);
            let mut latencies = Vec::new();
            while clock.monotonic() < duration {
                let start = clock.monotonic();
                let mut row = || random.next() % rows;
                let read = key(row());
                let writes = (0..3).map(|_| row()).map(|row| (key(row), value(row))).collect();
                engine.transact(Some(read), writes).await?;
                latencies.push((clock.monotonic() - start).as_micros() as u32);
            }
            Ok::<_, Failure>(latencies)
        });
    }
    let mut sample = Sample::default();
    for latencies in tasks.join_all().await {
        sample.latencies_us.extend(latencies?);
    }
    sample.seconds = clock.monotonic().as_secs_f64();
    Ok(sample)
}

/// Runs `work` and gives the milliseconds it took.
pub fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<f64, E> {
    let clock = SystemClock::new();
    work()?;
    Ok(clock.monotonic().as_secs_f64() * 1000.0)
}

fn key(row: u64) -> Bytes {
    // A byte that is a valid space, then spread over the keyspace, then padding.
    let spread = row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Bytes::from(format!("\u{1}{spread:016x}{row:0>width$}", width = KEY_LEN - 17))
}

fn value(row: u64) -> Bytes {
    let mut random = Random(row);
    let mut bytes = Vec::with_capacity(VALUE_LEN + 8);
    while bytes.len() < VALUE_LEN {
        bytes.extend(random.next().to_ne_bytes());
    }
    bytes.truncate(VALUE_LEN);
    Bytes::from(bytes)
}

/// SplitMix64: repeatable and cheap.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
