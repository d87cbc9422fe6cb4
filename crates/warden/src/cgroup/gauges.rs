//! A sandbox's meters in the server's own hands: reading them is two system calls instead of a question to the warden,
//! which matters to every warm invocation.

use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileExt;
use std::time::Duration;

use base::ByteSize;
use serde::{Deserialize, Serialize};

/// Which interface the two files belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeFiles {
    pub memory_is_v1: bool,
    pub cpu_is_v1: bool,
}

/// What a sandbox used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// The highest since the last reading that restarted it.
    pub memory_peak: ByteSize,
    /// Total since creation.
    pub cpu: Duration,
}

#[derive(Debug)]
pub struct Gauges {
    files: GaugeFiles,
    peak: File,
    cpu: File,
}

/// Every file here is shorter.
const FILE_BYTES_MAX: usize = 4096;

impl Gauges {
    /// `None` when the descriptors are not the two that belong to it.
    pub fn new(files: GaugeFiles, fds: Vec<OwnedFd>) -> Option<Gauges> {
        let [peak, cpu]: [OwnedFd; 2] = fds.try_into().ok()?;
        Some(Gauges { files, peak: peak.into(), cpu: cpu.into() })
    }

    /// Reads both, and restarts the peak.
    ///
    /// # Errors
    /// When the control group is gone.
    pub fn read(&self) -> io::Result<Spent> {
        let mut buffer = [0; FILE_BYTES_MAX];
        let memory_peak = ByteSize::bytes(number(text(&self.peak, &mut buffer)?));
        self.peak.write_at(if self.files.memory_is_v1 { b"0" } else { b"reset\n" }, 0)?;
        let cpu = text(&self.cpu, &mut buffer)?;
        let cpu = match self.files.cpu_is_v1 {
            true => Duration::from_nanos(number(cpu)),
            false => Duration::from_micros(field(cpu, "usage_usec")),
        };
        Ok(Spent { memory_peak, cpu })
    }
}

fn text<'a>(file: &File, buffer: &'a mut [u8]) -> io::Result<&'a str> {
    let len = file.read_at(buffer, 0)?;
    std::str::from_utf8(&buffer[..len]).map_err(io::Error::other)
}

pub(super) fn number(text: &str) -> u64 {
    text.trim().parse().unwrap_or(0)
}

/// The value beside a name in a "name value" file; 0 when it isn't there.
pub(super) fn field(text: &str, name: &str) -> u64 {
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(key, _)| *key == name)
        .map_or(0, |(_, value)| number(value))
}
