//! Whom the server runs as. Making sandboxes needs root; answering requests does not. Started as root, the server leaves
//! what needs root to a small process of its own (`warden::give_up_privileges`) and becomes a plain user before it opens
//! a socket or a file of the platform.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown, lchown};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use warden::{Launcher, User};

use crate::platform::warden_options;
use crate::settings::{Settings, as_root};

/// The user that packages make for Freehold.
const USER: &str = "freehold";
/// Whom the server becomes where that user doesn't exist: a number next to those of the sandboxes, which begin at
/// 200,000 and are nobody's either.
const UID: u32 = 199_999;
/// Root's own place within the data directory: the warden mounts and deletes there, so nobody else may steer it.
const WARDEN_DIR: &str = "warden";
/// Group-writable, with the sticky bit: the user makes files in it, but cannot rename or remove root's.
const DATA_MODE: u32 = 0o1770;

#[derive(Debug, thiserror::Error)]
pub enum PrivilegeError {
    #[error("there is no user '{0}' on this host")]
    NoSuchUser(String),
    #[error("only root can become another user; start as that user, or leave `user` out")]
    NotRoot,
    #[error(
        "the server is to run as user {uid}, who may not pass through {dir}: choose another data directory, allow it \
         (chmod o+x {dir}), or let the server stay root (--user root)"
    )]
    Unreachable { dir: String, uid: u32 },
    #[error(
        "{path} belongs to user {owner}, neither root nor the server's user {uid}: change its owner, or choose `user`"
    )]
    Foreign { path: String, owner: u32, uid: u32 },
    #[error("{path}: {problem}")]
    Path { path: String, problem: io::Error },
    #[error("root's rights can't be given up: {0}")]
    System(io::Error),
}

/// Becomes the user that the settings ask for; to be called before there are threads. `None`: nothing was given up,
/// because there was nothing or because that was asked for. `scratch`: the data directory is of no use afterwards.
pub fn separate(settings: &Settings, scratch: bool) -> Result<Option<Arc<Launcher>>, PrivilegeError> {
    let user = match (as_root(), settings.user.as_deref()) {
        (false, None) => return Ok(None),
        (false, Some(_)) => return Err(PrivilegeError::NotRoot),
        (true, Some(name)) => find(name)?,
        (true, None) => find(USER).unwrap_or(User { uid: UID, gid: UID }),
    };
    if user.uid == 0 {
        tracing::warn!("the server keeps root's rights, as it was told to (user = \"root\")");
        return Ok(None);
    }
    hand_over(&settings.data_dir, user)?;
    let data = settings.data_dir.canonicalize().map_err(|e| at(&settings.data_dir, e))?;
    reachable(&data, user)?;
    // Interpreters may be where only root can look, below its home; sandboxes are shown them by the warden.
    crate::commands::runtimes::discovered();
    let mut options = warden_options(settings, &data);
    options.scratch = scratch.then_some(data);
    let launcher = warden::give_up_privileges(&options, user).map_err(PrivilegeError::System)?;
    tracing::info!(uid = user.uid, gid = user.gid, "the server has given up root's rights");
    Ok(Some(Arc::new(launcher)))
}

/// By name or number, from `/etc/passwd`; a number need not be listed.
fn find(name: &str) -> Result<User, PrivilegeError> {
    let listed = fs::read_to_string("/etc/passwd").unwrap_or_default();
    listed_user(&listed, name).ok_or_else(|| PrivilegeError::NoSuchUser(name.into()))
}

fn listed_user(passwd: &str, name: &str) -> Option<User> {
    let found = passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (listed, _, uid, gid) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        (listed == name || uid == name).then_some(())?;
        Some(User { uid: uid.parse().ok()?, gid: gid.parse().ok()? })
    });
    found.or_else(|| name.parse().ok().map(|uid| User { uid, gid: uid }))
}

/// Makes the data directory, and makes it the user's: also what an earlier version, or `--user root`, left to root.
fn hand_over(data: &Path, user: User) -> Result<(), PrivilegeError> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(|e| at(data, e))?;
    let owner = fs::metadata(data).map_err(|e| at(data, e))?.uid();
    if owner != 0 && owner != user.uid {
        return Err(PrivilegeError::Foreign { path: data.display().to_string(), owner, uid: user.uid });
    }
    // Root's from here on: what is found in it below can't be exchanged any more.
    chown(data, Some(0), Some(user.gid)).map_err(|e| at(data, e))?;
    fs::set_permissions(data, Permissions::from_mode(DATA_MODE)).map_err(|e| at(data, e))?;
    for entry in fs::read_dir(data).map_err(|e| at(data, e))? {
        let path = entry.map_err(|e| at(data, e))?.path();
        if path.file_name().is_some_and(|name| name == WARDEN_DIR) {
            continue;
        }
        let owner = fs::symlink_metadata(&path).map_err(|e| at(&path, e))?.uid();
        match owner {
            0 => give(&path, user)?,
            owner if owner == user.uid => {}
            owner => {
                return Err(PrivilegeError::Foreign {
                    path: path.display().to_string(),
                    owner,
                    uid: user.uid,
                });
            }
        }
    }
    let warden = data.join(WARDEN_DIR);
    match fs::DirBuilder::new().mode(0o700).create(&warden) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(at(&warden, e)),
        _ => {}
    }
    let found = fs::symlink_metadata(&warden).map_err(|e| at(&warden, e))?;
    if !found.is_dir() || found.uid() != 0 {
        let path = warden.display().to_string();
        return Err(PrivilegeError::Foreign { path, owner: found.uid(), uid: 0 });
    }
    Ok(())
}

/// A whole tree; links themselves, not what they point to.
fn give(path: &Path, user: User) -> Result<(), PrivilegeError> {
    let found = fs::symlink_metadata(path).map_err(|e| at(path, e))?;
    if found.is_dir() {
        for entry in fs::read_dir(path).map_err(|e| at(path, e))? {
            give(&entry.map_err(|e| at(path, e))?.path(), user)?;
        }
    }
    // The directory after what is in it: until then, it stays root's and nobody else can change it.
    lchown(path, Some(user.uid), Some(user.gid)).map_err(|e| at(path, e))
}

/// Every directory on the way lets the user pass.
fn reachable(data: &Path, user: User) -> Result<(), PrivilegeError> {
    for dir in data.ancestors() {
        let found = fs::metadata(dir).map_err(|e| at(dir, e))?;
        let bit = if found.uid() == user.uid {
            0o100
        } else if found.gid() == user.gid {
            0o010
        } else {
            0o001
        };
        if found.mode() & bit == 0 {
            return Err(PrivilegeError::Unreachable { dir: dir.display().to_string(), uid: user.uid });
        }
    }
    Ok(())
}

fn at(path: &Path, problem: io::Error) -> PrivilegeError {
    PrivilegeError::Path { path: PathBuf::from(path).display().to_string(), problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_by_name_and_number() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nfreehold:x:987:986::/:/usr/sbin/nologin\n";
        let user = |uid, gid| Some(User { uid, gid });
        assert_eq!(listed_user(passwd, "freehold"), user(987, 986));
        assert_eq!(listed_user(passwd, "987"), user(987, 986));
        assert_eq!(listed_user(passwd, "4000"), user(4000, 4000));
        assert_eq!(listed_user(passwd, "root"), user(0, 0));
        assert_eq!(listed_user(passwd, "nobody"), None);
    }

    #[test]
    fn what_root_left_becomes_the_users() {
        if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
            println!("skipped: not root");
            return;
        }
        let scratch = tempfile::tempdir().unwrap();
        let data = scratch.path().join("data");
        fs::create_dir_all(data.join("store/deep")).unwrap();
        fs::create_dir_all(data.join("warden/roots")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", data.join("store/link")).unwrap();
        let user = User { uid: 4001, gid: 4002 };
        hand_over(&data, user).unwrap();
        let owner = |path: &str| {
            let found = fs::symlink_metadata(data.join(path)).unwrap();
            (found.uid(), found.gid())
        };
        assert_eq!(owner("store/deep"), (4001, 4002));
        assert_eq!(owner("store/link"), (4001, 4002));
        assert_eq!(owner("warden/roots"), (0, 0));
        assert_eq!(fs::metadata("/etc/hostname").unwrap().uid(), 0, "links are not followed");
        assert_eq!(fs::metadata(&data).unwrap().mode() & 0o7777, DATA_MODE);
        // Again, with nothing to do; then for somebody else, who does not get it.
        hand_over(&data, user).unwrap();
        let other = hand_over(&data, User { uid: 4003, gid: 4003 });
        assert!(matches!(other, Err(PrivilegeError::Foreign { owner: 4001, .. })), "{other:?}");
        hand_over(&data, user).unwrap();
        // The scratch directory's parent lets nobody pass.
        fs::set_permissions(scratch.path(), Permissions::from_mode(0o700)).unwrap();
        assert!(matches!(reachable(&data, user), Err(PrivilegeError::Unreachable { .. })));
        fs::set_permissions(scratch.path(), Permissions::from_mode(0o711)).unwrap();
        reachable(&data, user).unwrap();
    }
}
