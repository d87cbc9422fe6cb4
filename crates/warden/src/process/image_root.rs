//! The root of a sandbox that brings its own files: an unpacked image, read-only, with the few parts of ours that
//! every process expects mounted over it. Whoever unpacked it has made the places for them.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::devices::Devices;
use super::etc;
use crate::protocol::Failure;
use crate::sys::Step;
use crate::sys::mount::{self, NO_DEV, NO_EXEC, NO_SUID, READ_ONLY};
use crate::{Bind, IMAGE_DIRS, IMAGE_FILES};

/// Files of the image's `/etc` that ours are mounted over.
const ETC_FILES: [&str; 5] = ["passwd", "group", "hosts", "hostname", "resolv.conf"];
/// The image's user database is kept, with our user added; a larger one is replaced by ours.
const DATABASE_BYTES_MAX: u64 = 1 << 20;

/// The prepared roots of images, by the image's directory.
pub struct ImageRoots {
    prepared: BTreeMap<PathBuf, Prepared>,
    /// Names them.
    count: u64,
    devices: Devices,
}

struct Prepared {
    /// Device and inode: a directory made anew in the place of a removed one is another.
    identity: (u64, u64),
    root: PathBuf,
}

impl ImageRoots {
    pub fn new(devices: Devices) -> ImageRoots {
        ImageRoots { prepared: BTreeMap::new(), count: 0, devices }
    }

    /// The root for sandboxes of this image, below `dir`. Roots of images that are gone go, too: unlike runtimes,
    /// they come and go.
    pub fn with(&mut self, dir: &Path, image: &Path) -> Result<&Path, Failure> {
        let identity = |path: &Path| fs::metadata(path).map(|found| (found.dev(), found.ino()));
        let gone = |path: &PathBuf, prepared: &mut Prepared| {
            !identity(path).is_ok_and(|identity| identity == prepared.identity)
        };
        for (_, old) in self.prepared.extract_if(.., gone) {
            remove(&old.root);
        }
        if !self.prepared.contains_key(image) {
            let root = dir.join(format!("image{}", self.count));
            self.count += 1;
            if let Err(e) = prepare(&root, &parts(&root), image, self.devices) {
                remove(&root);
                return Err(e.into());
            }
            let identity = identity(image).step(|| format!("look at {}", image.display()))?;
            self.prepared.insert(image.to_owned(), Prepared { identity, root });
        }
        Ok(&self.prepared[image].root)
    }
}

/// Where the file system with what is mounted over an image's root is.
fn parts(root: &Path) -> PathBuf {
    root.with_extension("parts")
}

/// Sandboxes have copies of the mounts, so this takes nothing away from them.
fn remove(root: &Path) {
    for path in [root.to_owned(), parts(root)] {
        // An error means that there was nothing yet.
        let _ = mount::detach(&path);
        let _ = fs::remove_dir(&path);
    }
}

/// The bind that makes an image the root, if a sandbox is asked for with one: it must be the only one, because an
/// image brings everything else itself.
pub fn of(binds: &[Bind]) -> Result<Option<&Path>, Failure> {
    match binds {
        [image] if image.target == Path::new("/") => {
            check(&image.source).map(|()| Some(image.source.as_path()))
        }
        binds if binds.iter().any(|bind| bind.target == Path::new("/")) => {
            Err(Failure::Invalid("an image's root cannot be combined with other binds".into()))
        }
        _ => Ok(None),
    }
}

/// Mounting follows symbolic links, so there must be none: they would lead to the host's files.
fn check(image: &Path) -> Result<(), Failure> {
    let invalid = |path: &Path, what: &str| Failure::Invalid(format!("'{}' is no {what}", path.display()));
    let real = |path: &Path| fs::symlink_metadata(path).map(|found| found.file_type());
    if !image.is_absolute() || !image.is_dir() {
        return Err(invalid(image, "directory"));
    }
    for place in IMAGE_DIRS {
        let path = image.join(place);
        if !real(&path).is_ok_and(|kind| kind.is_dir()) {
            return Err(invalid(&path, "directory"));
        }
    }
    for file in IMAGE_FILES {
        let path = image.join(file);
        if !real(&path).is_ok_and(|kind| kind.is_file()) {
            return Err(invalid(&path, "file"));
        }
    }
    Ok(())
}

/// Mounts the image at `root`, an empty directory. `parts` is another, for what is mounted over it.
fn prepare(root: &Path, parts: &Path, image: &Path, devices: Devices) -> io::Result<()> {
    fs::create_dir_all(root)?;
    mount::bind(image, root, false, READ_ONLY | NO_SUID | NO_DEV)?;
    fs::create_dir_all(parts)?;
    mount::mount("tmpfs", parts, libc::MS_NOSUID, "mode=0755,size=8m")?;
    let etc = dir(parts, "etc")?;
    etc::identity(&etc)?;
    for name in ["passwd", "group"] {
        keep_users(&image.join("etc").join(name), &etc.join(name))?;
    }
    for name in ETC_FILES {
        let target = root.join("etc").join(name);
        mount::bind(&etc.join(name), &target, false, READ_ONLY | NO_SUID | NO_DEV | NO_EXEC)?;
    }
    let dev = dir(parts, "dev")?;
    dir(&dev, "shm")?;
    devices.fill(&dev)?;
    // With what may be mounted in it.
    mount::bind(&dev, &root.join("dev"), true, READ_ONLY | NO_SUID | NO_EXEC)
}

fn dir(parent: &Path, name: &str) -> io::Result<PathBuf> {
    let path = parent.join(name);
    fs::create_dir(&path)?;
    fs::set_permissions(&path, Permissions::from_mode(0o755))?;
    Ok(path)
}

/// The image's users before ours: programs look up their own names.
fn keep_users(image: &Path, ours: &Path) -> io::Result<()> {
    if fs::symlink_metadata(image)?.len() > DATABASE_BYTES_MAX {
        return Ok(());
    }
    let mut all = fs::read(image)?;
    let own = fs::read_to_string(ours)?;
    let theirs = all.clone();
    let names: Vec<_> =
        theirs.split(|byte| *byte == b'\n').filter_map(|line| line.split(|b| *b == b':').next()).collect();
    if !all.is_empty() && !all.ends_with(b"\n") {
        all.push(b'\n');
    }
    for line in own.lines() {
        if !names.contains(&line.split(':').next().unwrap_or_default().as_bytes()) {
            all.extend(line.as_bytes());
            all.push(b'\n');
        }
    }
    fs::write(ours, all)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn image() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for place in IMAGE_DIRS {
            fs::create_dir(dir.path().join(place)).unwrap();
        }
        for file in IMAGE_FILES {
            fs::write(dir.path().join(file), "").unwrap();
        }
        dir
    }

    fn bind(source: &Path, target: &str) -> Bind {
        Bind { source: source.to_owned(), target: target.into() }
    }

    #[test]
    fn links_where_we_mount_are_refused() {
        let good = image();
        assert!(of(&[bind(good.path(), "/")]).unwrap().is_some());
        assert!(of(&[bind(good.path(), "/var/task")]).unwrap().is_none());
        assert!(of(&[bind(good.path(), "/"), bind(good.path(), "/opt")]).is_err());
        for place in ["proc", "etc"] {
            let bad = image();
            fs::remove_dir_all(bad.path().join(place)).unwrap();
            symlink("/etc", bad.path().join(place)).unwrap();
            assert!(of(&[bind(bad.path(), "/")]).is_err(), "{place}");
        }
        let bad = image();
        fs::remove_file(bad.path().join("etc/hosts")).unwrap();
        symlink("/etc/passwd", bad.path().join("etc/hosts")).unwrap();
        assert!(of(&[bind(bad.path(), "/")]).is_err());
    }

    #[test]
    fn users_of_the_image_stay() {
        let dir = tempfile::tempdir().unwrap();
        let (theirs, ours) = (dir.path().join("theirs"), dir.path().join("ours"));
        fs::write(&theirs, "root:x:0:0::/root:/bin/sh\napp:x:10:10::/:/bin/sh").unwrap();
        fs::write(&ours, "root:x:0:0:root:/:/bin/false\nsbx:x:993:993::/tmp:/bin/sh\n").unwrap();
        keep_users(&theirs, &ours).unwrap();
        let expected = "root:x:0:0::/root:/bin/sh\napp:x:10:10::/:/bin/sh\nsbx:x:993:993::/tmp:/bin/sh\n";
        assert_eq!(fs::read_to_string(&ours).unwrap(), expected);
    }
}
