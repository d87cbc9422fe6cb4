//! The warden process: one thread, one loop. It must stay single-threaded, because it forks and lets the child run
//! on. Order of reading: `table` (the loop's state and requests), `pending` (what it looks at again and again), `lending`
//! and `answers` (what it says to the server), `sandbox` (one sandbox's life), `init` (PID 1, from fork to reaper), `root`
//! (the file system that sandboxes see), `assigning`, `disk`, `maker` (making one a function's, with its `/tmp`), `devices`
//! (their `/dev`), `binds` (mounts into a live sandbox), `zygote`, `family`, `forking`, `members`, `verify` (main processes that are forked
//! instead of executed), `router` (its way out), `further` (programs beside the main one), `gvisor` (a wall within).

mod answers;
mod assigning;
mod binds;
mod common;
mod devices;
mod disk;
mod etc;
mod family;
mod forking;
mod further;
mod gvisor;
mod image_root;
mod init;
mod lending;
mod maker;
mod members;
mod pending;
mod predecessor;
mod root;
mod router;
mod sandbox;
mod table;
mod template;
mod verify;
mod zygote;

use std::os::fd::{AsFd, OwnedFd};
use std::{fs, io};

use crate::cgroup::{self, Controller, Hierarchy, Layout, Version};
use crate::doctor;
use crate::egress::EgressMode;
use crate::protocol::{Hello, Welcome};
use crate::rootless::{self, Rootless, Weakness};
use crate::sys::{self, Step, fd, mount, process, socket};
use devices::Devices;
pub(crate) use gvisor::runsc;
pub(crate) use router::{FORWARDING, nft};
use table::Table;
pub(crate) use template::mkfs;

/// The argument by which [`process_main_if_asked`] knows that this process is to be a warden.
pub const PROCESS_ARGUMENT: &str = "warden-process";

/// Turns this process into a warden, and never returns, if its first argument says so. Every binary that starts a
/// warden calls this first thing in `main`, before any thread exists.
pub fn process_main_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|a| a == PROCESS_ARGUMENT) {
        process_main();
    }
}

fn process_main() -> ! {
    let mut stage = std::env::args().skip(2);
    let outcome = match (stage.next().as_deref(), stage.next()) {
        (Some(rootless::ENTER_ARGUMENT), identity) => rootless::enter_main(identity.as_deref()),
        (Some(rootless::PROBE_ARGUMENT), identity) => {
            rootless::probe_main(identity.as_deref());
            Ok(())
        }
        (_, _) => fd::adopt(0).and_then(serve),
    };
    let code = match outcome {
        Ok(()) => 0,
        Err(e) => {
            eprintln!("warden: {e}");
            1
        }
    };
    std::process::exit(code)
}

fn serve(server: OwnedFd) -> io::Result<()> {
    // No parent-death signal: it would fire when the *thread* that started us ends, and the server's threads come
    // and go. The socket's end of file says the same about the process, however it dies.
    // What is made for sandboxes is readable inside, however strict the server's own mask is; and no directory
    // is kept from being unmounted.
    process::set_umask(0o022);
    std::env::set_current_dir("/")?;
    // A service manager or a terminal may signal us together with the server, which then still needs its sandboxes
    // to finish what they are at. We end when it does.
    process::ignore_termination();
    // Copies of a zygote outlive it; somebody has to learn how they end.
    process::adopt_orphans()?;
    // Every sandbox costs a few descriptors. As many as we may have, then; sandboxes get limits of their own.
    process::limit(libc::RLIMIT_NOFILE, u64::MAX, u64::MAX)?;
    let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
    let Some((n, _)) = socket::receive(server.as_fd(), &mut buffer, 0)? else { return Ok(()) };
    let hello: Hello = serde_json::from_slice(&buffer[..n])?;
    // Without root, the server has looked, from where the host's files say whom they belong to.
    let checks = if hello.rootless.is_none() { doctor::checks_among(&family(&hello)) } else { Vec::new() };
    let prepared = if doctor::isolation_possible(&checks) {
        prepare(&hello).map_err(|e| Welcome::Failed(e.to_string()))
    } else {
        Err(Welcome::Impossible(checks))
    };
    let mut resolver = Vec::new();
    let (welcome, prepared) = match prepared {
        Ok(Prepared { lock, layout, roots, disk, router, runsc }) => {
            let no_disk = disk.as_ref().err().map(|e| {
                format!(
                    "/tmp is memory and counts against a function's memory, because it cannot be on disk: {e}"
                )
            });
            let (egress, mut router) = match router {
                Ok(router) => (Ok(()), Some(router)),
                Err(e) => (Err(e.to_string()), None),
            };
            resolver = router.as_mut().map(router::Router::take_resolver).unwrap_or_default();
            let notice = router.as_mut().and_then(|r| r.notice.take());
            let warnings = no_disk.into_iter().chain(notice).collect();
            let table = Table::new(hello, layout, roots, disk.ok(), router, runsc)?;
            (Welcome::Ready { warnings, egress }, Some((lock, table)))
        }
        Err(welcome) => (welcome, None),
    };
    let fds: Vec<_> = resolver.iter().map(AsFd::as_fd).collect();
    socket::send(server.as_fd(), &serde_json::to_vec(&welcome)?, &fds)?;
    // The server's alone from here on: PID 1 of every sandbox is a copy of this process.
    drop(resolver);
    let Some((lock, table)) = prepared else { return Ok(()) };
    let result = table.run(server);
    // Only now: all is removed, a successor may begin.
    drop(lock);
    result
}

/// The processes that belong to us: the warden, who started it, and the server.
fn family(hello: &Hello) -> Vec<i32> {
    [std::process::id() as i32, process::parent_pid()].into_iter().chain(hello.server).collect()
}

struct Prepared {
    lock: fs::File,
    layout: Layout,
    roots: root::Roots,
    /// The error says why there is none.
    disk: io::Result<disk::Disk>,
    router: io::Result<router::Router>,
    runsc: Option<gvisor::Runsc>,
}

/// Everything once per warden: own mount namespace, control groups, leftovers of a crashed predecessor.
fn prepare(hello: &Hello) -> io::Result<Prepared> {
    let runsc = hello.gvisor.then(gvisor::Runsc::find).transpose()?;
    fs::create_dir_all(&hello.state_dir).step(|| format!("make {}", hello.state_dir.display()))?;
    // First: until then a predecessor may still be removing what we are about to make.
    let lock = predecessor::wait(&hello.state_dir)?;
    let ours = family(hello);
    let layout = cgroup::detect(&hello.instance, hello.rootless.is_some(), &ours);
    if let Some(rootless) = &hello.rootless {
        agreed(&layout, rootless)?;
        // Its own, so that it may come back into it from a sandbox's. The host's is not ours to enter.
        process::unshare(libc::CLONE_NEWNET).step(|| "make the warden's network namespace".into())?;
    }
    for hierarchy in &layout.hierarchies {
        prepare_hierarchy(&layout, hierarchy, &ours)?;
    }
    process::unshare(libc::CLONE_NEWNS).step(|| "make the warden's mount namespace".into())?;
    // Slave, not private: a file system that the host mounts later (a data disk) can then be a bind's source.
    mount::propagation(libc::MS_SLAVE)?;
    let devices = if hello.rootless.is_some() { Devices::Shown } else { Devices::Made };
    let roots = root::Roots::new(&hello.state_dir, devices)?;
    let disk = match hello.rootless {
        None => disk::Disk::new(&hello.state_dir),
        Some(_) => Err(io::Error::other("loop devices are root's")),
    };
    let router = match hello.egress.mode {
        EgressMode::Off => Err(io::Error::other("turned off")),
        EgressMode::IfPossible if hello.rootless.is_some() => Err(io::Error::other(doctor::NO_EGRESS)),
        EgressMode::Required if hello.rootless.is_some() => {
            return Err(io::Error::other(format!(
                "functions cannot be given a way to the Internet: {}; start as root, or set egress = \"none\"",
                doctor::NO_EGRESS
            )));
        }
        EgressMode::IfPossible => router::Router::new(&hello.instance, &hello.egress),
        EgressMode::Required => Ok(router::Router::new(&hello.instance, &hello.egress)
            .step(|| "functions cannot be given a way to the Internet".into())?),
    };
    Ok(Prepared { lock, layout, roots, disk, router, runsc })
}

/// Nothing may be lacking that was not accepted: the warden sees control groups from another side than the server did
/// when it looked.
fn agreed(layout: &Layout, rootless: &Rootless) -> io::Result<()> {
    for controller in layout.missing() {
        let replaced = controller == Controller::Pids && doctor::process_limits_replace_groups();
        if !replaced && !rootless.accepted.contains(&Weakness::without(controller)) {
            return Err(io::Error::other(format!("no control group with {} can be used", controller.name())));
        }
    }
    Ok(())
}

fn prepare_hierarchy(layout: &Layout, hierarchy: &Hierarchy, ours: &[i32]) -> io::Result<()> {
    if hierarchy.dir.exists() {
        sweep(hierarchy)?;
    }
    let controllers: Vec<_> = [Controller::Memory, Controller::Cpu, Controller::Pids]
        .into_iter()
        .filter(|c| {
            hierarchy.version == Version::V2
                && layout.serving(*c).is_some_and(|i| layout.hierarchies[i] == *hierarchy)
        })
        .map(|c| format!("+{}", c.name()))
        .collect();
    if let Some(parent) = hierarchy.dir.parent().filter(|_| !controllers.is_empty()) {
        cgroup::make_room(parent, ours)?;
        fd::write_file(&parent.join("cgroup.subtree_control"), &controllers.join(" "))?;
    }
    match fs::create_dir(&hierarchy.dir) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
            return Err(e).step(|| format!("make the control group {}", hierarchy.dir.display()));
        }
        _ => {}
    }
    if !controllers.is_empty() {
        fd::write_file(&hierarchy.dir.join("cgroup.subtree_control"), &controllers.join(" "))?;
    }
    Ok(())
}

/// Removes what a crashed predecessor of the same instance left. Its processes die with it, but not at once.
fn sweep(hierarchy: &Hierarchy) -> io::Result<()> {
    for _ in 0..500 {
        match cgroup::remove_tree(&hierarchy.dir) {
            Ok(()) => return Ok(()),
            Err(e) if e.raw_os_error() == Some(libc::EBUSY) => sys::process::pause_ms(10),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e).step(|| format!("remove the old group {}", hierarchy.dir.display())),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::ResourceBusy,
        format!("processes in {} do not die", hierarchy.dir.display()),
    ))
}
