//! Whom environments run as without root: each as a host user of its own out of the range that `/etc/subuid` grants,
//! which takes `newuidmap`; or all as the user who started the server.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::sys::process;

/// Where the tools are: our environment is empty, so there is no search path.
const TOOL_PLACES: [&str; 4] = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin"];
/// Environments at once.
const ENVIRONMENTS_MAX: u32 = 10_000;
/// A range that does not even do for these is of no use.
const ENVIRONMENTS_MIN: u32 = 16;
/// The same range serves the user's containers, whose programs have low numbers, and `nobody` 65,534. Environments keep
/// away from both where there is room.
const OFFSET: u32 = 30_000;

/// The warden's and everybody's id where there is only one. Not 0: to the namespace's 0 the kernel gives the files in
/// `/proc` of processes that must not be looked into, such as each sandbox's first.
pub const SHARED: u32 = 1;

/// The identities inside the warden's user namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Identity {
    /// The warden is 0, and host ids from `uid` and from `gid`, `count` of each, are 1, 2, …
    Range { uid: u32, gid: u32, count: u32, newuidmap: PathBuf, newgidmap: PathBuf },
    /// There is only the user itself, as [`SHARED`].
    Shared,
}

impl Identity {
    /// The first environment's user inside the namespace, and how many there can be.
    pub fn environments(&self) -> (u32, u32) {
        match self {
            Identity::Shared => (SHARED, ENVIRONMENTS_MAX),
            Identity::Range { count, .. } => {
                let environments = ENVIRONMENTS_MAX.min(*count);
                (1 + OFFSET.min(count - environments), environments)
            }
        }
    }
}

/// Why environments cannot have users of their own, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRange {
    pub found: String,
    pub fix: String,
}

/// What this host grants the user who runs this process.
pub fn identity() -> Result<Identity, NoRange> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let tool =
        |name: &str| TOOL_PLACES.iter().map(|dir| Path::new(dir).join(name)).find(|path| path.is_file());
    let (uid, _) = process::own_ids();
    let name = name_of(&read("/etc/passwd"), uid);
    range(
        uid,
        name.as_deref(),
        (&read("/etc/subuid"), &read("/etc/subgid")),
        (tool("newuidmap"), tool("newgidmap")),
    )
}

fn name_of(passwd: &str, uid: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, _, listed) = (fields.next()?, fields.next()?, fields.next()?);
        (listed.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

fn range(
    uid: u32,
    name: Option<&str>,
    (subuid, subgid): (&str, &str),
    tools: (Option<PathBuf>, Option<PathBuf>),
) -> Result<Identity, NoRange> {
    let user = name.map_or_else(|| uid.to_string(), str::to_owned);
    let (uids, gids) = (largest(subuid, uid, name), largest(subgid, uid, name));
    let mut lacking = Vec::new();
    let mut fixes = Vec::new();
    if tools.0.is_none() || tools.1.is_none() {
        lacking.push("no newuidmap and newgidmap".to_owned());
        fixes.push("apt-get install uidmap (as root)".to_owned());
    }
    for (found, file, option) in
        [(uids, "/etc/subuid", "--add-subuids"), (gids, "/etc/subgid", "--add-subgids")]
    {
        if found.is_none_or(|(_, count)| count < ENVIRONMENTS_MIN) {
            lacking.push(format!("no range of ids for {user} in {file}"));
            fixes
                .push(format!("usermod {option} 300000-365535 {user} (as root; any range that is nobody's)"));
        }
    }
    match (uids, gids, tools) {
        (Some(uids), Some(gids), (Some(newuidmap), Some(newgidmap))) if lacking.is_empty() => {
            Ok(Identity::Range { uid: uids.0, gid: gids.0, count: uids.1.min(gids.1), newuidmap, newgidmap })
        }
        _ => Err(NoRange { found: lacking.join(", "), fix: fixes.join("; ") }),
    }
}

/// (first, count) of the largest range that a file grants the user.
fn largest(file: &str, uid: u32, name: Option<&str>) -> Option<(u32, u32)> {
    let granted = file.lines().filter_map(|line| {
        let mut fields = line.trim().split(':');
        let (owner, first, count) = (fields.next()?, fields.next()?, fields.next()?);
        (Some(owner) == name || owner.parse() == Ok(uid)).then_some(())?;
        let (first, count): (u32, u32) = (first.parse().ok()?, count.parse().ok()?);
        // 0 would be root, and beyond the numbers' end there is nothing.
        (first > 0 && first.checked_add(count).is_some()).then_some((first, count))
    });
    granted.max_by_key(|(_, count)| *count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools() -> (Option<PathBuf>, Option<PathBuf>) {
        (Some("/usr/bin/newuidmap".into()), Some("/usr/bin/newgidmap".into()))
    }

    #[test]
    fn the_largest_common_range_counts() {
        let subuid =
            "bob:100000:65536\nada:165536:1000\n1000:300000:65536\nada:0:90000\nada:4294967290:99999\n";
        let subgid = "ada:500000:40000\n";
        let found = range(1000, Some("ada"), (subuid, subgid), tools()).unwrap();
        let Identity::Range { uid, gid, count, .. } = &found else { panic!("{found:?}") };
        assert_eq!((*uid, *gid, *count), (300_000, 500_000, 40_000));
        assert_eq!(found.environments(), (30_001, 10_000));
    }

    #[test]
    fn environments_stay_within_the_range() {
        let of = |count| {
            let file = format!("7:1000:{count}\n");
            range(7, None, (&file, &file), tools()).unwrap().environments()
        };
        assert_eq!(of(65_536), (30_001, 10_000));
        assert_eq!(of(12_000), (2_001, 10_000));
        assert_eq!(of(16), (1, 16));
        assert_eq!(Identity::Shared.environments(), (1, 10_000));
    }

    #[test]
    fn all_that_lacks_is_named() {
        let none = range(1000, Some("ada"), ("bob:1:65536\n", "ada:1:3\n"), (None, None)).unwrap_err();
        for part in ["newuidmap", "/etc/subuid", "/etc/subgid"] {
            assert!(none.found.contains(part), "{none:?}");
        }
        for part in ["uidmap", "usermod --add-subuids", "usermod --add-subgids", "ada"] {
            assert!(none.fix.contains(part), "{none:?}");
        }
        let file = "ada:1000:65536\n";
        let no_tools = range(1000, Some("ada"), (file, file), (None, None)).unwrap_err();
        assert_eq!(no_tools.found, "no newuidmap and newgidmap");
    }

    #[test]
    fn users_have_names() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n";
        assert_eq!(name_of(passwd, 1000).as_deref(), Some("ada"));
        assert_eq!(name_of(passwd, 100), None);
    }
}
