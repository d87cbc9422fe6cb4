//! One sandbox's control groups: a directory in each hierarchy in use.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::detect::members;
use super::gauges::{GaugeFiles, field, number};
use super::{Controller, Layout, Version};
use crate::sys::fd::{read_file, write_file};
use crate::sys::{Step, process};

/// One CPU scheduling period. Short, so that a small share is spread evenly instead of as long stalls.
const CPU_PERIOD_US: u64 = 20_000;
/// The kernel refuses smaller quotas; smaller shares get a longer period instead.
const CPU_QUOTA_US_MIN: u64 = 1_000;
/// And longer periods.
const CPU_PERIOD_US_MAX: u64 = 1_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub memory_bytes: u64,
    pub cpu_millis: u32,
    pub pids: u32,
}

/// A reading of the counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub memory_peak: u64,
    pub memory_now: u64,
    pub cpu: Duration,
    pub cpu_throttled_periods: u64,
    pub out_of_memory_kills: u64,
}

#[derive(Debug)]
struct Place {
    version: Version,
    dir: PathBuf,
}

/// The directories of one sandbox; indexes are the layout's.
#[derive(Debug)]
pub struct Group {
    places: Vec<Place>,
    serves: [Option<usize>; 5],
    unified: Option<usize>,
    /// v2's `memory.peak`, kept open because a reset counts for this open file only; none on v1 and old kernels.
    peak: Option<Peak>,
    /// The highest value seen since the last reset, where the kernel cannot reset its own.
    peak_seen: u64,
    set: Set,
}

/// What has been written, which need not be written again.
#[derive(Debug, Default)]
struct Set {
    memory_bytes: Option<u64>,
    cpu_millis: Option<u32>,
    pids: Option<u32>,
}

#[derive(Debug)]
struct Peak {
    file: File,
    /// Kernel 6.12 and later.
    can_reset: bool,
    /// Where it can't: what it said when a reset was asked for. If it says more now, then that is of the time since.
    before: u64,
}

impl Peak {
    fn read(&mut self) -> io::Result<u64> {
        let mut text = String::new();
        self.file.rewind()?;
        self.file.read_to_string(&mut text)?;
        Ok(number(&text))
    }
}

impl Group {
    pub fn create(layout: &Layout, name: &str) -> io::Result<Group> {
        let mut group = Group {
            places: Vec::new(),
            serves: Controller::ALL.map(|c| layout.serving(c)),
            unified: layout.unified,
            peak: None,
            peak_seen: 0,
            set: Set::default(),
        };
        for hierarchy in &layout.hierarchies {
            let dir = hierarchy.dir.join(name);
            if let Err(e) = fs::create_dir(&dir).step(|| format!("make the control group {}", dir.display()))
            {
                let _ = group.remove();
                return Err(e);
            }
            group.places.push(Place { version: hierarchy.version, dir });
        }
        group.look_for_peak();
        Ok(group)
    }

    pub(super) fn look_for_peak(&mut self) {
        self.peak = self.memory_peak_file();
    }

    fn memory_peak_file(&self) -> Option<Peak> {
        let place = self.place(Controller::Memory).filter(|p| p.version == Version::V2)?;
        let path = place.dir.join("memory.peak");
        // Root can open anything for writing; whether there is something to write shows in the mode.
        let can_reset = fs::metadata(&path).ok()?.mode() & 0o200 != 0;
        let file = OpenOptions::new().read(true).write(can_reset).open(&path).ok()?;
        Some(Peak { file, can_reset, before: 0 })
    }

    fn place(&self, controller: Controller) -> Option<&Place> {
        let position = Controller::ALL.iter().position(|c| *c == controller)?;
        self.serves[position].and_then(|i| self.places.get(i))
    }

    fn file(&self, controller: Controller, v1: &str, v2: &str) -> io::Result<PathBuf> {
        let place = self.place(controller).ok_or_else(|| {
            io::Error::new(io::ErrorKind::Unsupported, format!("no {} controller", controller.name()))
        })?;
        Ok(place.dir.join(match place.version {
            Version::V1 => v1,
            Version::V2 => v2,
        }))
    }

    /// Whether there is a controller for it. What there is none for is neither limited nor measured: the warden does not
    /// start where that has not been accepted.
    fn has(&self, controller: Controller) -> bool {
        self.place(controller).is_some()
    }

    fn version(&self, controller: Controller) -> Option<Version> {
        self.place(controller).map(|p| p.version)
    }

    /// The v2 directory, into which a process can be cloned.
    pub fn unified_dir(&self) -> Option<&Path> {
        self.unified.and_then(|i| self.places.get(i)).map(|p| p.dir.as_path())
    }

    /// Where the first process must attach itself: all hierarchies, or all but the unified one.
    pub fn attach_files(&self, with_unified: bool) -> Vec<PathBuf> {
        let skip = if with_unified { None } else { self.unified };
        self.places
            .iter()
            .enumerate()
            .filter(|(i, _)| Some(*i) != skip)
            .map(|(_, p)| p.dir.join("cgroup.procs"))
            .collect()
    }

    pub fn set_pids(&mut self, pids: u32) -> io::Result<()> {
        if self.has(Controller::Pids) && self.set.pids != Some(pids) {
            write_file(&self.file(Controller::Pids, "pids.max", "pids.max")?, &pids.to_string())?;
            self.set.pids = Some(pids);
        }
        Ok(())
    }

    pub fn set_limits(&mut self, limits: Limits) -> io::Result<()> {
        self.set_memory(limits.memory_bytes)?;
        self.limit_cpu(limits.cpu_millis)?;
        self.set_pids(limits.pids)
    }

    fn set_memory(&mut self, bytes: u64) -> io::Result<()> {
        if !self.has(Controller::Memory) || self.set.memory_bytes == Some(bytes) {
            return Ok(());
        }
        // Unknown until all of it is written.
        let before = self.set.memory_bytes.take();
        let limit = self.file(Controller::Memory, "memory.limit_in_bytes", "memory.max")?;
        let text = bytes.to_string();
        if self.version(Controller::Memory) == Some(Version::V2) {
            // No swap: a function that does not fit must fail, not crawl. Not `memory.high`, for the same reason.
            write_if_there(&limit.with_file_name("memory.swap.max"), "0")?;
            // A kill takes the whole sandbox, never half of it.
            write_file(&limit.with_file_name("memory.oom.group"), "1")?;
            write_file(&limit, &text)?;
        } else {
            // Absent without swap accounting.
            let with_swap = limit.with_file_name("memory.memsw.limit_in_bytes");
            // Memory plus swap may never be below memory: lift it first, then lower it. A new group has no limit.
            if before.is_some() {
                write_if_there(&with_swap, "-1")?;
            }
            write_file(&limit, &text)?;
            write_if_there(&with_swap, &text)?;
        }
        self.set.memory_bytes = Some(bytes);
        Ok(())
    }

    pub fn limit_cpu(&mut self, millis: u32) -> io::Result<()> {
        // A new group may use all processors.
        let is_all = self.set.cpu_millis.is_none() && u64::from(millis) >= 1000 * processors();
        if !self.has(Controller::Cpu) || self.set.cpu_millis == Some(millis) || is_all {
            return Ok(());
        }
        let (quota, period) = cpu_quota(millis);
        let file = self.file(Controller::Cpu, "cpu.cfs_quota_us", "cpu.max")?;
        match self.version(Controller::Cpu) {
            Some(Version::V2) => write_file(&file, &format!("{quota} {period}"))?,
            _ => {
                if self.set.cpu_millis.is_none_or(|set| cpu_quota(set).1 != period) {
                    write_file(&file.with_file_name("cpu.cfs_period_us"), &period.to_string())?;
                }
                write_file(&file, &quota.to_string())?;
            }
        }
        self.set.cpu_millis = Some(millis);
        Ok(())
    }

    /// Whether the others come first while they want the processor.
    pub fn yield_cpu(&self, yields: bool) -> io::Result<()> {
        if !self.has(Controller::Cpu) {
            return Ok(());
        }
        let file = self.file(Controller::Cpu, "cpu.shares", "cpu.weight")?;
        let (usual, yielding) = match self.version(Controller::Cpu) {
            Some(Version::V2) => (100, 20),
            _ => (1024, 205),
        };
        write_file(&file, &if yields { yielding } else { usual }.to_string())
    }

    pub fn read(&mut self) -> io::Result<Reading> {
        let (memory_now, memory_peak) =
            if self.has(Controller::Memory) { self.read_memory()? } else { Default::default() };
        let cpu_throttled_periods = match self.has(Controller::Cpu) {
            true => field(&read_file(&self.file(Controller::Cpu, "cpu.stat", "cpu.stat")?)?, "nr_throttled"),
            false => 0,
        };
        Ok(Reading {
            // The counters are read one after the other, and the kernel batches them.
            memory_peak: memory_peak.max(memory_now),
            memory_now,
            cpu: self.cpu_time()?,
            cpu_throttled_periods,
            out_of_memory_kills: self.out_of_memory_kills()?,
        })
    }

    /// (now, peak).
    fn read_memory(&mut self) -> io::Result<(u64, u64)> {
        let now = self.file(Controller::Memory, "memory.usage_in_bytes", "memory.current")?;
        let memory_now = number(&read_file(&now)?);
        self.peak_seen = self.peak_seen.max(memory_now);
        let memory_peak = match (self.version(Controller::Memory), &mut self.peak) {
            (Some(Version::V1), _) => number(&read_file(&now.with_file_name("memory.max_usage_in_bytes"))?),
            (_, Some(peak)) => Some(peak.read()?).filter(|now| *now > peak.before).unwrap_or(self.peak_seen),
            _ => self.peak_seen,
        };
        Ok((memory_now, memory_peak))
    }

    /// Files from which peak memory and CPU time can be read, and the peak restarted, by whoever holds them open.
    /// `None` where the kernel cannot restart its peak: there only [`Group::read`] knows it.
    pub fn gauges(&self) -> io::Result<Option<(GaugeFiles, [File; 2])>> {
        if !(self.has(Controller::Memory) && self.has(Controller::CpuTime)) {
            return Ok(None);
        }
        let cpu = File::open(self.file(Controller::CpuTime, "cpuacct.usage", "cpu.stat")?)?;
        let cpu_is_v1 = self.version(Controller::CpuTime) == Some(Version::V1);
        let memory_is_v1 = self.version(Controller::Memory) == Some(Version::V1);
        let peak = match &self.peak {
            _ if memory_is_v1 => {
                let path = self.file(Controller::Memory, "memory.max_usage_in_bytes", "")?;
                OpenOptions::new().read(true).write(true).open(path)?
            }
            Some(peak) if peak.can_reset => peak.file.try_clone()?,
            _ => return Ok(None),
        };
        Ok(Some((GaugeFiles { memory_is_v1, cpu_is_v1 }, [peak, cpu])))
    }

    fn cpu_time(&self) -> io::Result<Duration> {
        if !self.has(Controller::CpuTime) {
            return Ok(Duration::ZERO);
        }
        let text = read_file(&self.file(Controller::CpuTime, "cpuacct.usage", "cpu.stat")?)?;
        Ok(match self.version(Controller::CpuTime) {
            Some(Version::V1) => Duration::from_nanos(number(&text)),
            _ => Duration::from_micros(field(&text, "usage_usec")),
        })
    }

    pub fn out_of_memory_kills(&self) -> io::Result<u64> {
        if !self.has(Controller::Memory) {
            return Ok(0);
        }
        let text = read_file(&self.file(Controller::Memory, "memory.oom_control", "memory.events")?)?;
        Ok(field(&text, "oom_kill"))
    }

    /// Starts a new measurement of the peak.
    pub fn reset_peak(&mut self) -> io::Result<()> {
        self.peak_seen = 0;
        if self.version(Controller::Memory) == Some(Version::V1) {
            return write_file(&self.file(Controller::Memory, "memory.max_usage_in_bytes", "")?, "0");
        }
        if let Some(peak) = &mut self.peak {
            if peak.can_reset {
                peak.file.rewind()?;
                peak.file.write_all(b"reset\n")?;
            } else {
                peak.before = peak.read()?;
            }
        }
        Ok(())
    }

    /// Begins to stop, or resumes, every process. Stopping is complete when [`Group::is_frozen`] says so: a process
    /// that is waiting for a core stops only when it gets one.
    pub fn freeze(&self, frozen: bool) -> io::Result<()> {
        let file = self.file(Controller::Freezer, "freezer.state", "cgroup.freeze")?;
        let text = match (self.version(Controller::Freezer), frozen) {
            (Some(Version::V2), true) => "1",
            (Some(Version::V2), false) => "0",
            (_, true) => "FROZEN",
            (_, false) => "THAWED",
        };
        write_file(&file, text)
    }

    pub fn is_frozen(&self) -> io::Result<bool> {
        let text = read_file(&self.file(Controller::Freezer, "freezer.state", "cgroup.events")?)?;
        Ok(match self.version(Controller::Freezer) {
            Some(Version::V2) => field(&text, "frozen") == 1,
            _ => text.trim() == "FROZEN",
        })
    }

    /// Kills everything inside; frozen processes too.
    pub fn kill(&self) -> io::Result<()> {
        if let Some(dir) = self.unified_dir() {
            let kill = dir.join("cgroup.kill");
            if kill.exists() {
                return write_file(&kill, "1");
            }
        }
        let place = self.place(Controller::Pids).or(self.places.first());
        if let Some(place) = place {
            kill_members(&place.dir)?;
        }
        if self.version(Controller::Freezer) == Some(Version::V1) {
            self.freeze(false)?;
        }
        Ok(())
    }

    /// Removes the directories that are still there. Fails with "busy" while something lives or dies inside.
    pub fn remove(&mut self) -> io::Result<()> {
        self.peak = None;
        while let Some(place) = self.places.last() {
            remove_dir(&place.dir)?;
            self.places.pop();
        }
        Ok(())
    }
}

/// For files that only some kernels have.
fn write_if_there(path: &Path, text: &str) -> io::Result<()> {
    match write_file(path, text) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Of the whole machine: at least as many as a sandbox can use.
fn processors() -> u64 {
    static COUNT: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    *COUNT.get_or_init(|| process::processors().max(1))
}

/// (quota, period) in microseconds for thousandths of a core.
pub(super) fn cpu_quota(millis: u32) -> (u64, u64) {
    let millis = u64::from(millis.max(1));
    let quota = CPU_PERIOD_US * millis / 1000;
    if quota >= CPU_QUOTA_US_MIN {
        (quota, CPU_PERIOD_US)
    } else {
        (CPU_QUOTA_US_MIN, (CPU_QUOTA_US_MIN * 1000 / millis).min(CPU_PERIOD_US_MAX))
    }
}

pub(super) fn remove_dir(dir: &Path) -> io::Result<()> {
    match fs::remove_dir(dir) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Kills every process of one directory, however frozen.
pub(super) fn kill_members(dir: &Path) -> io::Result<()> {
    let kill = dir.join("cgroup.kill");
    if kill.exists() {
        write_file(&kill, "1")?;
    } else {
        for pid in members(dir) {
            let _ = process::kill(pid);
        }
    }
    let freezer = dir.join("freezer.state");
    if freezer.exists() { write_file(&freezer, "THAWED") } else { Ok(()) }
}
