//! Finds, for each controller, the hierarchy that has it. Pure apart from reading the given files, so that fake
//! directory trees can stand for v1, hybrid and v2 hosts.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Hierarchy, Version};

/// What a sandbox needs a control group for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controller {
    Memory,
    Cpu,
    /// CPU time used; part of `Cpu` on v2.
    CpuTime,
    Pids,
    /// v1's freezer, or any v2 hierarchy.
    Freezer,
}

impl Controller {
    pub const ALL: [Controller; 5] =
        [Controller::Memory, Controller::Cpu, Controller::CpuTime, Controller::Pids, Controller::Freezer];

    pub fn name(self) -> &'static str {
        match self {
            Controller::Memory => "memory",
            Controller::Cpu => "cpu",
            Controller::CpuTime => "cpuacct",
            Controller::Pids => "pids",
            Controller::Freezer => "freezer",
        }
    }
}

/// The hierarchies in use, each once, and which of them serves what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub hierarchies: Vec<Hierarchy>,
    serves: [Option<usize>; 5],
    /// The v2 hierarchy, when there is one: it can kill a group at once and clone into it.
    pub unified: Option<usize>,
}

/// One mounted cgroup file system.
struct Mounted<'a> {
    version: Version,
    /// The path of the hierarchy that is visible at `point`; not `/` in some containers.
    root: &'a str,
    point: PathBuf,
    options: Vec<&'a str>,
}

/// Which groups may be used.
#[derive(Clone, Copy)]
pub enum Reach<'a> {
    /// All, as root; these process ids belong to us: a delegated v2 group is used only if nobody else lives in it.
    Root(&'a [i32]),
    /// Those that this process lives in, as far as the test says that they have been given to its user.
    Delegated(&'a dyn Fn(&Path) -> bool),
}

impl Layout {
    /// From `/proc/self/mountinfo` and `/proc/self/cgroup`, for sandboxes of `instance`.
    pub fn detect(mountinfo: &str, own_groups: &str, instance: &str, reach: Reach<'_>) -> Layout {
        let mounts: Vec<Mounted> = mountinfo.lines().filter_map(mounted).collect();
        let directory = format!("freehold-{instance}");
        let mut layout = Layout::default();
        let v2 = mounts.iter().find(|m| m.version == Version::V2);
        let mut controllers = String::new();
        let parent = v2.and_then(|v2| match reach {
            Reach::Root(ours) => Some(v2_parent(v2, own_groups, ours)),
            Reach::Delegated(ours) => Some(own_group(v2, v2_path(own_groups))).filter(|dir| ours(dir)),
        });
        if let Some(parent) = parent {
            controllers = fs::read_to_string(parent.join("cgroup.controllers")).unwrap_or_default();
            layout.unified = Some(0);
            layout.hierarchies.push(Hierarchy { version: Version::V2, dir: parent.join(&directory) });
        }
        for (i, controller) in Controller::ALL.into_iter().enumerate() {
            let name = match controller {
                Controller::CpuTime => "cpu",
                other => other.name(),
            };
            let on_v2 = layout.unified.is_some()
                && (controller == Controller::Freezer || controllers.split_whitespace().any(|c| c == name));
            layout.serves[i] = if on_v2 {
                layout.unified
            } else {
                let v1 =
                    |m: &&Mounted<'_>| m.version == Version::V1 && m.options.contains(&controller.name());
                let parent = mounts.iter().find(v1).and_then(|m| match reach {
                    // The mount's own root, not our group below it: v1 has no delegation to respect, and an
                    // instance that starts elsewhere must find what an earlier one left.
                    Reach::Root(_) => Some(m.point.clone()),
                    Reach::Delegated(ours) => {
                        Some(own_group(m, v1_path(own_groups, controller.name()))).filter(|dir| ours(dir))
                    }
                });
                let found = parent.map(|parent| {
                    layout.place(Hierarchy { version: Version::V1, dir: parent.join(&directory) })
                });
                // Every v2 group counts its CPU time, with or without a controller.
                found.or(layout.unified.filter(|_| controller == Controller::CpuTime))
            };
        }
        layout
    }

    fn place(&mut self, hierarchy: Hierarchy) -> usize {
        self.hierarchies.iter().position(|h| *h == hierarchy).unwrap_or_else(|| {
            self.hierarchies.push(hierarchy);
            self.hierarchies.len() - 1
        })
    }

    /// The hierarchy that serves a controller: an index into `hierarchies`.
    pub fn serving(&self, controller: Controller) -> Option<usize> {
        Controller::ALL.iter().position(|c| *c == controller).and_then(|i| self.serves[i])
    }

    /// Controllers that no hierarchy has.
    pub fn missing(&self) -> Vec<Controller> {
        Controller::ALL.into_iter().filter(|c| self.serving(*c).is_none()).collect()
    }

    /// In words, for `doctor`.
    pub fn describe(&self) -> String {
        let each = Controller::ALL.into_iter().map(|c| match self.serving(c) {
            Some(i) => format!("{}: {:?}", c.name(), self.hierarchies[i].version).to_lowercase(),
            None => format!("{}: missing", c.name()),
        });
        each.collect::<Vec<_>>().join(", ")
    }
}

/// The group under which ours go on v2. Groups with processes cannot have children with controllers ("no internal
/// processes"), except the real root. A service manager that delegates gives us a group of our own; otherwise (a
/// shell, a container, a service whose group lacks controllers because nothing was delegated to it) we use the topmost
/// group that we can see.
fn v2_parent(v2: &Mounted<'_>, own_groups: &str, ours: &[i32]) -> PathBuf {
    let dir = own_group(v2, v2_path(own_groups));
    let only_us = members(&dir).iter().all(|pid| ours.contains(pid));
    let fits = dir != v2.point && dir.is_dir() && only_us && offers_as_much(&dir, &v2.point);
    if fits { dir } else { v2.point.clone() }
}

/// The v2 group that this process was started in, in the hierarchy's own terms.
fn v2_path(own_groups: &str) -> &str {
    let own = own_groups.lines().find_map(|l| l.strip_prefix("0::")).unwrap_or("/");
    // Once started, we live in a leaf that we made ourselves; its parent is the delegated group.
    own.strip_suffix(LEAF).map_or(own, |parent| parent.trim_end_matches('/'))
}

/// The same of a v1 hierarchy.
fn v1_path<'a>(own_groups: &'a str, controller: &str) -> &'a str {
    let own = own_groups.lines().find_map(|line| {
        let mut fields = line.splitn(3, ':').skip(1);
        let (controllers, path) = (fields.next()?, fields.next()?);
        controllers.split(',').any(|c| c == controller).then_some(path)
    });
    own.unwrap_or("/")
}

/// Where it is mounted.
fn own_group(mounted: &Mounted<'_>, path: &str) -> PathBuf {
    let relative = path.strip_prefix(mounted.root.trim_end_matches('/')).unwrap_or(path);
    match relative.trim_start_matches('/') {
        "" => mounted.point.clone(),
        relative => mounted.point.join(relative),
    }
}

/// Whether a group has all controllers that we need, as far as the topmost one has them.
fn offers_as_much(dir: &Path, topmost: &Path) -> bool {
    let offered = |dir: &Path| fs::read_to_string(dir.join("cgroup.controllers")).unwrap_or_default();
    let (own, all) = (offered(dir), offered(topmost));
    let has = |listed: &str, name| listed.split_whitespace().any(|word| word == name);
    Controller::ALL.into_iter().all(|c| has(&own, c.name()) || !has(&all, c.name()))
}

/// The leaf into which the server and the warden move, out of the group that is to have children.
pub const LEAF: &str = "freehold-server";

/// The processes of a group.
pub fn members(dir: &Path) -> Vec<i32> {
    fs::read_to_string(dir.join("cgroup.procs"))
        .unwrap_or_default()
        .lines()
        .filter_map(|l| l.parse().ok())
        .collect()
}

fn mounted(line: &str) -> Option<Mounted<'_>> {
    let (mount, file_system) = line.split_once(" - ")?;
    let mut mount = mount.split(' ').skip(3);
    let (root, point) = (mount.next()?, mount.next()?);
    let mut file_system = file_system.split(' ');
    let version = match file_system.next()? {
        "cgroup" => Version::V1,
        "cgroup2" => Version::V2,
        _ => return None,
    };
    let options = file_system.nth(1).unwrap_or("").split(',').collect();
    // Octal escapes of spaces do occur in mountinfo, but nobody mounts control groups at such a path.
    Some(Mounted { version, root, point: PathBuf::from(point), options })
}
