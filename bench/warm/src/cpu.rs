//! CPU time of a server and everything that it started, read from `/proc`.

use std::collections::HashMap;
use std::time::Duration;

/// Clock ticks per second in `/proc/<pid>/stat`: fixed by the kernel's interface on every architecture that we run on.
const TICKS_PER_SECOND: u64 = 100;

/// User and system time so far of a process and all its present descendants, those that they have waited for included.
pub fn of_tree(root: u32) -> Duration {
    let mut parents: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut ticks: HashMap<u32, u64> = HashMap::new();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    for pid in processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()) {
        // One that has just ended has no file any more.
        let Some((parent, used)) = read(pid) else { continue };
        parents.entry(parent).or_default().push(pid);
        ticks.insert(pid, used);
    }
    let mut total = 0;
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        total += ticks.get(&pid).copied().unwrap_or_default();
        open.extend(parents.get(&pid).into_iter().flatten());
    }
    Duration::from_millis(total * 1000 / TICKS_PER_SECOND)
}

/// Parent and ticks of one process.
fn read(pid: u32) -> Option<(u32, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may contain anything; the fields after it are counted from its end.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    let used = (11..15).filter_map(number).sum();
    Some((u32::try_from(number(1)?).ok()?, used))
}

/// One line on the machine, for the report.
pub fn machine() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("Machine: {}, {cores} cores, shared with the clients.", model.unwrap_or("unknown processor"))
}
