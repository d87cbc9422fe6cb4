//! How a Java virtual machine is started for a function.

use base::ByteSize;

/// Of the function's memory, the heap gets this much, in hundredths; the rest is for classes, threads and native code.
const HEAP_PERCENT: u64 = 85;
/// The smallest functions need a larger share beside the heap.
const HEAP_PERCENT_SMALL: u64 = 80;
const SMALL_MIB: u64 = 128;
/// When the function is unknown.
const MEMORY_DEFAULT: ByteSize = ByteSize::mib(512);

/// The virtual machine's arguments.
pub fn arguments(jar: &str, memory: Option<ByteSize>) -> Vec<String> {
    let memory_mib = memory.unwrap_or(MEMORY_DEFAULT).as_mib_ceil();
    let percent = if memory_mib <= SMALL_MIB { HEAP_PERCENT_SMALL } else { HEAP_PERCENT };
    let heap_kib = memory_mib * 1024 * percent / 100;
    [
        &format!("-Xmx{heap_kib}k"),
        // One collector thread and one compiler tier: functions are short, and share few processors.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        // The memory is the function's alone; nobody reads a file of counters.
        "-XX:-UsePerfData",
        // For the inherited socket: the JDK has no public way to adopt it.
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "-cp",
        jar,
        "freehold.Worker",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heap_is_a_share_of_the_memory() {
        let heap = |mib| arguments("x.jar", Some(ByteSize::mib(mib)))[0].clone();
        assert_eq!(heap(128), "-Xmx104857k");
        assert_eq!(heap(512), "-Xmx445644k");
        assert_eq!(heap(1536), "-Xmx1336934k");
    }
}
