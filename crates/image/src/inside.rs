//! Questions about an unpacked image, answered as a process inside would see it: links lead nowhere else.

use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{Dir, FileType, Mode, OFlags, ResolveFlags, fstat, openat2};
use rustix::io::Errno;

/// An unpacked root.
#[derive(Clone, Debug)]
pub struct Inside {
    root: PathBuf,
}

impl Inside {
    pub fn new(root: impl Into<PathBuf>) -> Inside {
        Inside { root: root.into() }
    }

    pub fn is_dir(&self, path: &Path) -> bool {
        self.kind(path).is_ok_and(|(kind, _)| kind == FileType::Directory)
    }

    /// The names of what is in a directory and is no directory itself, sorted; none where there is no such directory.
    pub fn files(&self, path: &Path) -> Vec<String> {
        let entries = self.open(path, OFlags::RDONLY | OFlags::DIRECTORY).and_then(Dir::new);
        let mut names: Vec<String> = entries
            .into_iter()
            .flatten()
            .flatten()
            // What a link leads to, only whoever follows it knows.
            .filter(|entry| entry.file_type() != FileType::Directory)
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Where `name` is found by a process with this `PATH` and working directory, as `execvp` does.
    ///
    /// # Errors
    /// The text that a shell's or Go's error would carry.
    pub fn find_program(&self, name: &str, search: &str, cwd: &Path) -> Result<PathBuf, String> {
        if name.contains('/') {
            let path = cwd.join(name);
            return match self.executable(&path) {
                Ok(()) => Ok(path),
                Err(reason) => Err(format!("fork/exec {name}: {reason}")),
            };
        }
        let mut reason = "executable file not found in $PATH";
        for dir in search.split(':') {
            let path = cwd.join(dir).join(name);
            match self.executable(&path) {
                Ok(()) => return Ok(path),
                Err("permission denied") => reason = "permission denied",
                Err(_) => {}
            }
        }
        Err(format!("exec: {name:?}: {reason}"))
    }

    fn executable(&self, path: &Path) -> Result<(), &'static str> {
        match self.kind(path) {
            // The process is neither the owner nor in the group of anything in an image.
            Ok((FileType::RegularFile, mode)) if mode & 0o001 != 0 => Ok(()),
            Ok(_) | Err(Errno::ACCESS) => Err("permission denied"),
            Err(Errno::NOTDIR) => Err("not a directory"),
            Err(Errno::LOOP) => Err("too many levels of symbolic links"),
            Err(_) => Err("no such file or directory"),
        }
    }

    fn kind(&self, path: &Path) -> Result<(FileType, u32), Errno> {
        let found = fstat(&self.open(path, OFlags::PATH)?)?;
        Ok((FileType::from_raw_mode(found.st_mode), found.st_mode))
    }

    fn open(&self, path: &Path, flags: OFlags) -> Result<OwnedFd, Errno> {
        let root: OwnedFd =
            rustix::fs::open(&self.root, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        let how = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
        openat2(&root, path, flags | OFlags::CLOEXEC, Mode::empty(), how)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn programs_are_found_inside_only() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for (path, mode) in [("usr/bin/tool", 0o755), ("usr/bin/data", 0o644), ("app/run", 0o755)] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), "").unwrap();
            fs::set_permissions(root.join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        // Inside, this is /usr/bin; outside it would be the host's.
        symlink("/usr/bin", root.join("bin")).unwrap();
        symlink("/etc", root.join("outside")).unwrap();
        let inside = Inside::new(root);
        assert_eq!(inside.files(Path::new("/bin")), ["data", "tool"]);
        assert_eq!(inside.files(Path::new("/")), ["bin", "outside"]);
        assert_eq!(inside.files(Path::new("/nowhere")), [""; 0]);
        let find = |name: &str, cwd: &str| {
            inside.find_program(name, "/bin:/nowhere", Path::new(cwd)).map(|path| path.display().to_string())
        };
        assert_eq!(find("tool", "/"), Ok("/bin/tool".into()));
        assert_eq!(find("./run", "/app"), Ok("/app/./run".into()));
        assert_eq!(find("/app/run", "/"), Ok("/app/run".into()));
        for (name, expected) in [
            ("data", r#"exec: "data": permission denied"#),
            ("sh", r#"exec: "sh": executable file not found in $PATH"#),
            ("/app/none", "fork/exec /app/none: no such file or directory"),
            ("/usr/bin/data", "fork/exec /usr/bin/data: permission denied"),
            ("/outside/passwd", "fork/exec /outside/passwd: no such file or directory"),
        ] {
            assert_eq!(find(name, "/"), Err(expected.into()));
        }
        assert!(inside.is_dir(Path::new("/bin")) && !inside.is_dir(Path::new("/outside")));
    }
}
