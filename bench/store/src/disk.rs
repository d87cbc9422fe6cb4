//! The bare disk: append one KiB, sync, repeat.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use base::{Clock, SystemClock};

use crate::load::Sample;

pub fn sync_rate(dir: &Path, duration: Duration) -> io::Result<Sample> {
    let path = dir.join("appended");
    let mut file = File::create(&path)?;
    let clock = SystemClock::new();
    let mut sample = Sample::default();
    while clock.monotonic() < duration {
        let start = clock.monotonic();
        file.write_all(&[7; 1024])?;
        file.sync_data()?;
        sample.latencies_us.push((clock.monotonic() - start).as_micros() as u32);
    }
    sample.seconds = clock.monotonic().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(sample)
}
