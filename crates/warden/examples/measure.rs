//! Measures what a sandbox costs: `cargo run --release --example measure -p warden [rounds [internet]]`, as root.
//! Prints median and 99th percentile per step, in microseconds.

#[path = "measure/fork.rs"]
mod fork;

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::net::UnixStream;

use base::{ByteSize, Clock, SystemClock};
use warden::{Assignment, Bind, Command, Listeners, Options, SandboxSpec, Warden};

#[derive(Default)]
pub struct Table(pub BTreeMap<&'static str, Vec<f64>>);

impl Table {
    pub fn print(mut self, title: &str) {
        println!("{title}");
        for (step, times) in &mut self.0 {
            times.sort_by(f64::total_cmp);
            let at = |q: f64| times[((times.len() - 1) as f64 * q) as usize];
            println!("  {step:<34} median {:>8.0}  p99 {:>8.0}  n {}", at(0.5), at(0.99), times.len());
        }
    }
}

fn main() {
    warden::process_main_if_asked();
    let rounds = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(300);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("a runtime can be built").block_on(measure(rounds));
}

async fn measure(rounds: usize) {
    let dir = std::env::temp_dir().join(format!("warden-measure-{}", std::process::id()));
    let code = dir.join("code");
    std::fs::create_dir_all(&code).expect("the scratch directory can be made");
    let mut options = Options::new(format!("measure-{}", std::process::id()), dir.join("warden"));
    options.uid_base = 600_000;
    let internet = std::env::args().nth(2).is_some_and(|a| a == "internet");
    if internet {
        options.egress.mode = warden::EgressMode::Required;
    }
    let warden = Warden::start(options).await.unwrap_or_else(|e| panic!("{e}"));
    let assignment = Assignment {
        binds: vec![Bind { source: code, target: "/var/task".into() }],
        tmp: ByteSize::mib(512),
        memory_max: ByteSize::mib(256),
        cpu_millis: 1000,
        pids_max: 1024,
        egress: if internet { warden::Egress::Internet } else { warden::Egress::None },
    };
    let spec = || SandboxSpec {
        runtime_dirs: vec![],
        binds: Vec::new(),
        listeners: Listeners { addresses: vec![([127, 0, 0, 1], 9001).into()] },
    };
    let command = Command {
        program: "/bin/sh".into(),
        args: vec!["-c".into(), "echo x >&3; read x <&3".into()],
        env: vec![],
        cwd: "/".into(),
    };
    let clock = SystemClock::new();
    let mut table = Table::default();
    for i in 0..rounds + 10 {
        let mut last = clock.monotonic();
        let mut laps = Vec::new();
        let mut lap = |step| {
            let now = clock.monotonic();
            laps.push((step, (now - last).as_secs_f64() * 1e6));
            last = now;
        };
        let sandbox = warden.create(spec()).await.expect("create");
        lap("1 create");
        sandbox.assign(assignment.clone()).await.expect("assign");
        lap("2 assign");
        let spawned = sandbox.spawn(command.clone()).await.expect("spawn");
        lap("3 spawn (fork and exec)");
        let mut control = UnixStream::from(spawned.control);
        control.set_nonblocking(false).expect("fcntl");
        control.read_exact(&mut [0; 1]).expect("the program answers");
        lap("4 spawned to first byte (sh)");
        sandbox.usage(true).await.expect("usage");
        lap("5 usage with reset");
        sandbox.freeze().await.expect("freeze");
        lap("6 freeze");
        sandbox.thaw().await.expect("thaw");
        lap("7 thaw");
        sandbox.destroy().await.expect("destroy");
        lap("8 destroy");
        // The first rounds prepare the shared root and warm the caches.
        if i >= 10 {
            laps.into_iter().for_each(|(step, time)| table.0.entry(step).or_default().push(time));
        }
    }
    table.print("one after the other:");

    let mut table = Table::default();
    for _ in 0..rounds / 10 {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let start = clock.monotonic();
        let sandbox = warden.create(spec()).await.expect("create");
        table.0.entry("create").or_default().push((clock.monotonic() - start).as_secs_f64() * 1e6);
        let start = clock.monotonic();
        sandbox.assign(assignment.clone()).await.expect("assign");
        table.0.entry("assign").or_default().push((clock.monotonic() - start).as_secs_f64() * 1e6);
        sandbox.destroy().await.expect("destroy");
    }
    table.print("after 200 ms of idleness:");

    let mut table = Table::default();
    for i in 0..rounds / 10 + 2 {
        let sandbox = warden.create(spec()).await.expect("create");
        let other = Assignment { tmp: ByteSize::mib(1024), ..assignment.clone() };
        let start = clock.monotonic();
        sandbox.assign(other).await.expect("assign");
        let assigned = clock.monotonic();
        // The first makes a template.
        if i >= 2 {
            table.0.entry("assign").or_default().push((assigned - start).as_secs_f64() * 1e6);
        }
        let write = ["-c".into(), "head -c 400000000 /dev/zero > /tmp/file".into()].into();
        let spawned = sandbox.spawn(Command { args: write, ..command.clone() }).await.expect("spawn");
        spawned.exit.await.expect("an exit");
        let written = clock.monotonic();
        table.0.entry("write 400 MB").or_default().push((written - assigned).as_secs_f64() * 1e6);
        let destroying = sandbox.destroy();
        let (done, other) = tokio::join!(destroying, async {
            let other = warden.create(spec()).await.expect("create");
            (clock.monotonic(), other)
        });
        done.expect("destroy");
        let step = "create another beside destroy";
        table.0.entry(step).or_default().push((other.0 - written).as_secs_f64() * 1e6);
        table.0.entry("destroy").or_default().push((clock.monotonic() - written).as_secs_f64() * 1e6);
        other.1.destroy().await.expect("destroy");
    }
    table.print("with 1 GiB of /tmp and 256 MiB of memory:");

    fork::measure(&warden, &assignment, rounds).await;

    let start = clock.monotonic();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..rounds {
        if waiting.len() >= 8 {
            waiting.join_next().await;
        }
        let (warden, spec) = (warden.clone(), spec());
        waiting.spawn(async move { warden.create(spec).await.expect("create").destroy().await });
    }
    while waiting.join_next().await.is_some() {}
    let rate = rounds as f64 / (clock.monotonic() - start).as_secs_f64();
    println!("create and destroy, 8 at a time: {rate:.0} per second");
    warden.shut_down().await;
    let _ = std::fs::remove_dir_all(dir);
}
