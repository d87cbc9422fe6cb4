//! What the host has left now: the readings that admission and starts look at, behind a seam.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Clock, SystemClock};

use crate::placement::HostReading;

/// Reads the host's state.
pub trait Host: Send + Sync + 'static {
    /// Its memory. `None` when it can't be read: then only the budget counts.
    fn read(&self) -> Option<HostReading>;
    /// Whether a processor has nothing to do at this instant; when that can't be read, as if it were so.
    fn is_idle(&self) -> bool;
}

/// This machine, by `/proc`.
pub struct ProcHost {
    clock: SystemClock,
    /// Counted once: the standard library reads control groups for it.
    processors: usize,
    last: Mutex<Option<(Duration, HostReading)>>,
}

impl Default for ProcHost {
    fn default() -> ProcHost {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        ProcHost { clock: SystemClock::new(), processors, last: Mutex::default() }
    }
}

/// A reading counts for so long: the kernel sums up all processors for each, and in a burst of starts each start asks.
const READING_AGE_MAX: Duration = Duration::from_millis(5);

impl Host for ProcHost {
    fn read(&self) -> Option<HostReading> {
        let now = self.clock.monotonic();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, reading)) = *last
            && now.saturating_sub(at) < READING_AGE_MAX
        {
            return Some(reading);
        }
        let reading = read_memory()?;
        *last = Some((now, reading));
        Some(reading)
    }

    fn is_idle(&self) -> bool {
        let mut buffer = [0; 128];
        let runnable = read("/proc/loadavg", &mut buffer).and_then(runnable);
        // The thread that asks is one of them.
        runnable.is_none_or(|runnable| runnable <= self.processors)
    }
}

fn read_memory() -> Option<HostReading> {
    let mut buffer = [0; 4096];
    let available = available(read("/proc/meminfo", &mut buffer)?)?;
    // Kernels without pressure information have no such file: nobody is known to wait then.
    let stalled = read("/proc/pressure/memory", &mut buffer).and_then(stalled).unwrap_or(0.0);
    Some(HostReading { available, stalled })
}

fn read<'a>(path: &str, buffer: &'a mut [u8]) -> Option<&'a str> {
    let len = File::open(Path::new(path)).ok()?.read(buffer).ok()?;
    std::str::from_utf8(&buffer[..len]).ok()
}

fn available(meminfo: &str) -> Option<u64> {
    value(meminfo, "MemAvailable:")
}

/// Bytes of one line of `/proc/meminfo`.
fn value(meminfo: &str, name: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim_end().parse().ok()?;
    Some(kib * 1024)
}

fn stalled(pressure: &str) -> Option<f32> {
    let some = pressure.lines().find_map(|line| line.strip_prefix("some "))?;
    some.split(' ').find_map(|field| field.strip_prefix("avg10="))?.parse().ok()
}

/// Asks the host not more often than its answers change.
pub struct SampledHost {
    host: Arc<dyn Host>,
    /// When it was last asked, in microseconds; the lowest bit is the answer.
    sampled: AtomicU64,
}

/// An answer is used for this long.
const SAMPLE: Duration = Duration::from_millis(5);

impl SampledHost {
    pub fn new(host: Arc<dyn Host>) -> SampledHost {
        SampledHost { host, sampled: AtomicU64::new(1) }
    }

    pub fn read(&self) -> Option<HostReading> {
        self.host.read()
    }

    pub fn is_idle(&self, now: Duration) -> bool {
        let now = u64::try_from(now.as_micros()).unwrap_or(u64::MAX) & !1;
        let last = self.sampled.load(Relaxed);
        if last > 1 && now.saturating_sub(last) < SAMPLE.as_micros() as u64 {
            return last & 1 == 1;
        }
        let is_idle = self.host.is_idle();
        self.sampled.store(now | u64::from(is_idle), Relaxed);
        is_idle
    }
}

/// Threads that run or could, in the fourth field of `/proc/loadavg`.
fn runnable(loadavg: &str) -> Option<usize> {
    loadavg.split(' ').nth(3)?.split('/').next()?.parse().ok()
}

/// Bytes that this process and its children may use: the machine's memory, or what a control group allows.
pub fn memory_total() -> Option<u64> {
    let text = |path: &str| std::fs::read_to_string(path).ok();
    let machine = value(&text("/proc/meminfo")?, "MemTotal:")?;
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    // "max", or a number beyond everything, is no limit.
    let limits = limits.into_iter().filter_map(|path| text(path)?.trim().parse::<u64>().ok());
    Some(limits.fold(machine, u64::min))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_files_are_understood() {
        let meminfo = "MemTotal:       24683844 kB\nMemFree:        20000 kB\nMemAvailable:    2048 kB\n";
        assert_eq!(available(meminfo), Some(2 << 20));
        assert_eq!(value(meminfo, "MemTotal:"), Some(24_683_844 << 10));
        assert_eq!(available("MemTotal: 1 kB\n"), None);
        let pressure =
            "some avg10=12.34 avg60=0.10 avg300=0.00 total=123\nfull avg10=1.00 avg60=0.0 total=1\n";
        assert_eq!(stalled(pressure), Some(12.34));
        assert_eq!(stalled(""), None);
        assert_eq!(runnable("0.52 1.24 4.85 3/412 9917\n"), Some(3));
        assert_eq!(runnable(""), None);
    }

    #[test]
    fn this_host_can_be_read() {
        let reading = ProcHost::default().read().expect("/proc/meminfo is there on every Linux");
        assert!(reading.available > 0 && reading.available <= memory_total().unwrap());
    }
}
