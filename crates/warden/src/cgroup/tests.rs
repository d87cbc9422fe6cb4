//! Fake directory trees for hosts with v1, hybrid and v2 control groups.

use std::fs;
use std::path::Path;

use super::group::{Reading, cpu_quota};
use super::*;

struct Host {
    dir: tempfile::TempDir,
    mountinfo: String,
}

impl Host {
    fn new() -> Host {
        Host { dir: tempfile::tempdir().unwrap(), mountinfo: "21 1 0:19 / /proc rw - proc proc rw\n".into() }
    }

    fn v1(mut self, name: &str, options: &str) -> Host {
        let point = self.dir.path().join(name);
        fs::create_dir_all(&point).unwrap();
        self.mountinfo +=
            &format!("30 21 0:30 / {} rw,relatime shared:9 - cgroup cgroup rw,{options}\n", point.display());
        self
    }

    fn v2(mut self, name: &str, controllers: &str) -> Host {
        let point = self.dir.path().join(name);
        self.mountinfo += &format!("40 21 0:40 / {} rw,relatime - cgroup2 cgroup2 rw\n", point.display());
        write(&point.join("cgroup.controllers"), controllers);
        self
    }

    fn layout(&self, own: &str) -> Layout {
        Layout::detect(&self.mountinfo, own, "test", Reach::Root(&[100, 101]))
    }

    fn relative(&self, layout: &Layout, controller: Controller) -> Option<String> {
        let hierarchy = &layout.hierarchies[layout.serving(controller)?];
        let path = hierarchy.dir.strip_prefix(self.dir.path()).unwrap();
        Some(format!("{:?} {}", hierarchy.version, path.display()))
    }

    fn all(&self, own: &str) -> Vec<String> {
        let layout = self.layout(own);
        Controller::ALL
            .into_iter()
            .map(|c| self.relative(&layout, c).unwrap_or_else(|| "none".into()))
            .collect()
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn v1_controllers_are_found_also_when_mounted_together() {
    let host = Host::new()
        .v1("memory", "memory")
        .v1("cpu,cpuacct", "cpu,cpuacct")
        .v1("pids", "pids")
        .v1("freezer", "freezer")
        .v1("systemd", "xattr,name=systemd");
    assert_eq!(
        host.all("1:name=systemd:/\n"),
        [
            "V1 memory/freehold-test",
            "V1 cpu,cpuacct/freehold-test",
            "V1 cpu,cpuacct/freehold-test",
            "V1 pids/freehold-test",
            "V1 freezer/freehold-test"
        ]
    );
    let layout = host.layout("");
    assert_eq!((layout.hierarchies.len(), layout.unified), (4, None));
}

#[test]
fn hybrid_freezes_on_v2_and_limits_on_v1() {
    let host = Host::new()
        .v1("memory", "memory")
        .v1("cpu", "cpu")
        .v1("cpuacct", "cpuacct")
        .v1("pids", "pids")
        .v1("freezer", "freezer")
        .v2("unified", "");
    assert_eq!(
        host.all("0::/\n"),
        [
            "V1 memory/freehold-test",
            "V1 cpu/freehold-test",
            "V1 cpuacct/freehold-test",
            "V1 pids/freehold-test",
            "V2 unified/freehold-test"
        ]
    );
    assert_eq!(host.layout("0::/\n").unified, Some(0));
}

#[test]
fn v2_uses_a_delegated_group_only_when_alone_in_it() {
    let host = Host::new().v2("cgroup", "cpuset cpu io memory pids");
    let service = host.dir.path().join("cgroup/system.slice/freehold.service");
    write(&service.join("cgroup.controllers"), "cpu memory pids");
    let own = "0::/system.slice/freehold.service\n";
    write(&service.join("cgroup.procs"), "100\n101\n");
    assert_eq!(host.all(own), ["V2 cgroup/system.slice/freehold.service/freehold-test"; 5]);
    let moved = "0::/system.slice/freehold.service/freehold-server\n";
    assert_eq!(host.all(moved), ["V2 cgroup/system.slice/freehold.service/freehold-test"; 5]);
    // A shell lives there too: it isn't ours to move.
    write(&service.join("cgroup.procs"), "100\n101\n7\n");
    assert_eq!(host.all(own), ["V2 cgroup/freehold-test"; 5]);
    // A service to which nothing is delegated: systemd gives it what its limits need.
    write(&service.join("cgroup.procs"), "100\n101\n");
    write(&service.join("cgroup.controllers"), "memory pids");
    assert_eq!(host.all(own), ["V2 cgroup/freehold-test"; 5]);
}

#[test]
fn missing_controllers_are_named() {
    let host = Host::new().v2("cgroup", "cpu io");
    assert_eq!(host.layout("0::/\n").missing(), [Controller::Memory, Controller::Pids]);
    assert_eq!(Host::new().layout("").missing(), Controller::ALL);
}

#[test]
fn without_root_only_delegated_groups_are_used() {
    let own =
        "4:memory:/user/ada\n3:cpu,cpuacct:/user/ada\n2:pids:/elsewhere\n0::/user.slice/freehold.service\n";
    let host = Host::new()
        .v1("memory", "memory")
        .v1("cpu,cpuacct", "cpu,cpuacct")
        .v1("pids", "pids")
        .v1("freezer", "freezer")
        .v2("unified", "");
    let given = |path: &Path| path.ends_with("ada") || path.ends_with("freehold.service");
    let layout = Layout::detect(&host.mountinfo, own, "test", Reach::Delegated(&given));
    let all = Controller::ALL.map(|c| host.relative(&layout, c).unwrap_or_else(|| "none".into()));
    assert_eq!(
        all,
        [
            "V1 memory/user/ada/freehold-test",
            "V1 cpu,cpuacct/user/ada/freehold-test",
            "V1 cpu,cpuacct/user/ada/freehold-test",
            "none",
            "V2 unified/user.slice/freehold.service/freehold-test"
        ]
    );
    let nothing = Layout::detect(&host.mountinfo, own, "test", Reach::Delegated(&|_| false));
    assert_eq!((nothing.missing().len(), nothing.hierarchies.len()), (Controller::ALL.len(), 0));
}

#[test]
fn a_delegated_v2_group_has_what_its_user_was_given() {
    let host = Host::new().v2("cgroup", "cpuset cpu io memory pids");
    let service = host.dir.path().join("cgroup/user.slice/freehold.service");
    write(&service.join("cgroup.controllers"), "memory pids");
    let own = "0::/user.slice/freehold.service/freehold-server\n";
    let layout = Layout::detect(&host.mountinfo, own, "test", Reach::Delegated(&|path| path == service));
    // CPU time is counted all the same.
    assert_eq!(layout.missing(), [Controller::Cpu]);
    assert_eq!(layout.hierarchies[0].dir, service.join("freehold-test"));
}

#[test]
fn what_no_group_limits_is_left_alone() {
    let layout = Layout::default();
    let mut group = Group::create(&layout, "1").unwrap();
    group.set_limits(limits()).unwrap();
    group.kill().unwrap();
    assert_eq!(group.read().unwrap(), Reading::default());
    assert!(group.gauges().unwrap().is_none());
    assert!(group.freeze(true).unwrap_err().to_string().contains("freezer"));
    group.remove().unwrap();
}

fn limits() -> Limits {
    Limits { memory_bytes: 134_217_728, cpu_millis: 1500, pids: 99 }
}

#[test]
fn v2_limits_and_readings() {
    let host = Host::new().v2("cgroup", "cpu memory pids");
    let layout = host.layout("0::/\n");
    let parent = &layout.hierarchies[0].dir;
    fs::create_dir_all(parent).unwrap();
    let mut group = Group::create(&layout, "1").unwrap();
    let dir = parent.join("1");
    for file in ["memory.max", "memory.swap.max", "memory.oom.group", "cpu.max", "pids.max", "cgroup.freeze"]
    {
        write(&dir.join(file), "");
    }
    // Whatever the machine has: a share of all processors would be no limit, and not be written.
    group.limit_cpu(1).unwrap();
    write(&dir.join("cpu.max"), "");
    group.set_limits(limits()).unwrap();
    group.freeze(true).unwrap();
    for (file, text) in [
        ("memory.max", "134217728"),
        ("memory.swap.max", "0"),
        ("memory.oom.group", "1"),
        ("cpu.max", "30000 20000"),
        ("pids.max", "99"),
        ("cgroup.freeze", "1"),
    ] {
        assert_eq!(read(dir.join(file)), text, "{file}");
    }
    write(&dir.join("cpu.weight"), "");
    group.yield_cpu(true).unwrap();
    assert_eq!(read(dir.join("cpu.weight")), "20");
    group.yield_cpu(false).unwrap();
    assert_eq!(read(dir.join("cpu.weight")), "100");
    write(&dir.join("memory.current"), "1000\n");
    write(&dir.join("cpu.stat"), "usage_usec 1234\nuser_usec 1\nnr_throttled 5\n");
    write(&dir.join("memory.events"), "low 0\noom 3\noom_kill 2\noom_group_kill 1\n");
    // No memory.peak (kernel before 5.19): the highest sample counts, until reset.
    let reading = group.read().unwrap();
    assert_eq!(
        reading,
        Reading {
            memory_peak: 1000,
            memory_now: 1000,
            cpu: std::time::Duration::from_micros(1234),
            cpu_throttled_periods: 5,
            out_of_memory_kills: 2
        }
    );
    write(&dir.join("memory.current"), "400\n");
    assert_eq!(group.read().unwrap().memory_peak, 1000);
    group.reset_peak().unwrap();
    assert_eq!(group.read().unwrap().memory_peak, 400);
}

/// From 5.19 to 6.11, `memory.peak` can be read only: also by root, who can open it for writing all the same.
#[test]
fn a_peak_that_cannot_be_reset_still_counts() {
    use std::os::unix::fs::PermissionsExt;

    let host = Host::new().v2("cgroup", "cpu memory pids");
    let layout = host.layout("0::/\n");
    let dir = layout.hierarchies[0].dir.join("1");
    fs::create_dir_all(layout.hierarchies[0].dir.clone()).unwrap();
    let mut group = Group::create(&layout, "1").unwrap();
    for (file, text) in
        [("memory.current", "500\n"), ("cpu.stat", ""), ("memory.events", ""), ("memory.peak", "900\n")]
    {
        write(&dir.join(file), text);
    }
    fs::set_permissions(dir.join("memory.peak"), fs::Permissions::from_mode(0o444)).unwrap();
    group.look_for_peak();
    assert!(group.gauges().unwrap().is_none());
    assert_eq!(group.read().unwrap().memory_peak, 900);
    group.reset_peak().unwrap();
    assert_eq!(group.read().unwrap().memory_peak, 500);
    fs::set_permissions(dir.join("memory.peak"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(dir.join("memory.peak"), "950\n").unwrap();
    assert_eq!(group.read().unwrap().memory_peak, 950);
}

#[test]
fn v1_limits_and_readings() {
    let host = Host::new()
        .v1("memory", "memory")
        .v1("cpu", "cpu")
        .v1("cpuacct", "cpuacct")
        .v1("pids", "pids")
        .v1("freezer", "freezer");
    let layout = host.layout("");
    layout.hierarchies.iter().for_each(|h| fs::create_dir_all(&h.dir).unwrap());
    let mut group = Group::create(&layout, "1").unwrap();
    let dir = |name: &str| host.dir.path().join(name).join("freehold-test/1");
    for (at, file) in [
        ("memory", "memory.limit_in_bytes"),
        ("memory", "memory.max_usage_in_bytes"),
        ("cpu", "cpu.cfs_quota_us"),
        ("cpu", "cpu.cfs_period_us"),
        ("pids", "pids.max"),
        ("freezer", "freezer.state"),
    ] {
        write(&dir(at).join(file), "");
    }
    group.limit_cpu(1).unwrap();
    for file in ["cpu.cfs_quota_us", "cpu.cfs_period_us"] {
        write(&dir("cpu").join(file), "");
    }
    group.set_limits(limits()).unwrap();
    assert_eq!(read(dir("memory").join("memory.limit_in_bytes")), "134217728");
    assert!(
        !dir("memory").join("memory.memsw.limit_in_bytes").exists(),
        "made a file the kernel did not offer"
    );
    assert_eq!(read(dir("cpu").join("cpu.cfs_quota_us")), "30000");
    assert_eq!(read(dir("cpu").join("cpu.cfs_period_us")), "20000");
    assert_eq!(read(dir("pids").join("pids.max")), "99");
    group.freeze(true).unwrap();
    assert_eq!(read(dir("freezer").join("freezer.state")), "FROZEN");

    write(&dir("cpu").join("cpu.shares"), "");
    group.yield_cpu(true).unwrap();
    assert_eq!(read(dir("cpu").join("cpu.shares")), "205");
    group.yield_cpu(false).unwrap();
    assert_eq!(read(dir("cpu").join("cpu.shares")), "1024");

    write(&dir("memory").join("memory.memsw.limit_in_bytes"), "");
    write(&dir("pids").join("pids.max"), "");
    group.set_limits(Limits { memory_bytes: 268_435_456, ..limits() }).unwrap();
    // Lifted first, then as low as the other.
    assert_eq!(read(dir("memory").join("memory.memsw.limit_in_bytes")), "268435456");
    assert_eq!(read(dir("memory").join("memory.limit_in_bytes")), "268435456");
    assert_eq!(read(dir("pids").join("pids.max")), "", "what is so already is not written");

    write(&dir("memory").join("memory.usage_in_bytes"), "500\n");
    write(&dir("memory").join("memory.max_usage_in_bytes"), "900\n");
    write(&dir("memory").join("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
    write(&dir("cpuacct").join("cpuacct.usage"), "5000000\n");
    write(&dir("cpu").join("cpu.stat"), "nr_periods 9\nnr_throttled 3\nthrottled_time 77\n");
    assert_eq!(
        group.read().unwrap(),
        Reading {
            memory_peak: 900,
            memory_now: 500,
            cpu: std::time::Duration::from_millis(5),
            cpu_throttled_periods: 3,
            out_of_memory_kills: 4
        }
    );
    assert_eq!(group.attach_files(true).len(), 5);
}

#[test]
fn small_cpu_shares_get_a_longer_period() {
    assert_eq!(cpu_quota(1000), (20_000, 20_000));
    assert_eq!(cpu_quota(72), (1_440, 20_000));
    assert_eq!(cpu_quota(10), (1_000, 100_000));
    assert_eq!(cpu_quota(0), (1_000, 1_000_000));
    assert_eq!(cpu_quota(6000), (120_000, 20_000));
}

#[test]
fn a_v2_group_is_emptied_before_it_gets_children() {
    let dir = tempfile::tempdir().unwrap();
    let leaf_procs = dir.path().join("freehold-server/cgroup.procs");
    write(&leaf_procs, "");
    write(&dir.path().join("cgroup.procs"), "101\n");
    // The real root: stays as it is.
    make_room(dir.path(), &[101]).unwrap();
    assert_eq!(read(&leaf_procs), "");
    write(&dir.path().join("cgroup.type"), "domain\n");
    make_room(dir.path(), &[101]).unwrap();
    assert_eq!(read(&leaf_procs), "101");
}

#[test]
fn gauges_read_and_restart_v1_and_v2() {
    let dir = tempfile::tempdir().unwrap();
    for (is_v1, cpu, spent) in [(true, "1500\n", 1500), (false, "usage_usec 7\nuser_usec 3\n", 7000)] {
        let paths = ["peak", "cpu"].map(|name| dir.path().join(name));
        std::fs::write(&paths[0], "4096\n").unwrap();
        std::fs::write(&paths[1], cpu).unwrap();
        let open = |path| std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
        let files = super::GaugeFiles { memory_is_v1: is_v1, cpu_is_v1: is_v1 };
        let fds = paths.iter().map(|path| open(path).into()).collect();
        let gauges = super::Gauges::new(files, fds).unwrap();
        let read = gauges.read().unwrap();
        assert_eq!(read.memory_peak.as_bytes(), 4096);
        assert_eq!(u64::try_from(read.cpu.as_nanos()).unwrap(), spent);
        let reset = std::fs::read_to_string(&paths[0]).unwrap();
        assert!(reset.starts_with(if is_v1 { "0" } else { "reset" }), "{reset:?}");
    }
}
