//! Finds the interpreters of this host that functions can run on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::{Options, Runtime, RuntimeKind};

/// Oldest Python minor version and Node.js major version that the clients run on.
const PYTHON_MINOR_MIN: u32 = 8;
const NODE_MAJOR_MIN: u32 = 18;
/// Runtimes that need no interpreter.
const PROVIDED: [&str; 2] = ["provided.al2", "provided.al2023"];

/// What was found, one per runtime name (the newest of each), by name. Runs every interpreter found once, to ask for
/// its version; takes tens of milliseconds each.
pub fn discover(options: &Options) -> Vec<Runtime> {
    let mut found: BTreeMap<String, ([u32; 3], Runtime)> = BTreeMap::new();
    let mut asked = std::collections::HashSet::new();
    for candidate in candidates(options) {
        // The real file: several names lead to the same interpreter, and shims of version managers are no binaries.
        let Ok(real) = candidate.canonicalize() else { continue };
        if !asked.insert(real.clone()) {
            continue;
        }
        let Some((version, runtime)) = ask(&real) else { continue };
        let is_newer = found.get(&runtime.name).is_none_or(|(existing, _)| *existing < version);
        if is_newer {
            found.insert(runtime.name.clone(), (version, runtime));
        }
    }
    let provided = PROVIDED.map(|name| Runtime {
        name: name.to_owned(),
        kind: RuntimeKind::Custom,
        version: name.trim_start_matches("provided.").to_owned(),
        dirs: Vec::new(),
    });
    found.into_values().map(|(_, runtime)| runtime).chain(provided).collect()
}

/// As [`discover`], by name.
pub fn index(runtimes: Vec<Runtime>) -> BTreeMap<String, Arc<Runtime>> {
    runtimes.into_iter().map(|runtime| (runtime.name.clone(), Arc::new(runtime))).collect()
}

/// Files that may be interpreters.
fn candidates(options: &Options) -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = options.search_path.clone();
    if let Some(home) = &options.home {
        for versions in [".pyenv/versions", ".local/share/uv/python", ".nvm/versions/node"] {
            dirs.extend(children(&home.join(versions)).into_iter().map(|dir| dir.join("bin")));
        }
    }
    dirs.iter().flat_map(|dir| children(dir)).filter(|path| is_interpreter_name(path)).collect()
}

/// `python3`, `python3.12`, `node`, `node20`, `nodejs`; not `python3-config` or `python3.12t`.
fn is_interpreter_name(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is_version = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    match name.strip_prefix("python3").or_else(|| name.strip_prefix("nodejs")) {
        Some(rest) => is_version(rest),
        None => name.strip_prefix("node").is_some_and(is_version),
    }
}

fn children(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Asks an interpreter for its version; `None` when it is not one, or too old.
fn ask(real: &Path) -> Option<([u32; 3], Runtime)> {
    let is_python = real.file_name()?.to_str()?.starts_with("python");
    // Scripts (shims, wrappers) would need more than themselves inside the sandbox.
    if !is_elf(real) {
        return None;
    }
    let mut command = Command::new(real);
    if is_python {
        // Where its library really is, also for one that was copied or linked elsewhere.
        let code =
            "import sys,os;print('%d.%d.%d'%sys.version_info[:3]);print(sys.base_prefix);print(os.__file__)";
        command.args(["-I", "-S", "-c", code]);
    } else {
        command.arg("--version");
    }
    command.env_clear().stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut lines = text.lines();
    let version = parse_version(lines.next()?)?;
    let (name, kind) = match is_python {
        true if version[0] == 3 && version[1] >= PYTHON_MINOR_MIN => {
            (format!("python3.{}", version[1]), RuntimeKind::Python { interpreter: real.to_owned() })
        }
        false if version[0] >= NODE_MAJOR_MIN => {
            (format!("nodejs{}.x", version[0]), RuntimeKind::Node { interpreter: real.to_owned() })
        }
        _ => return None,
    };
    let prefix = lines.next().map(PathBuf::from).or_else(|| Some(real.parent()?.parent()?.to_owned()))?;
    let library = lines.next().and_then(|file| Some(Path::new(file).parent()?.to_owned()));
    let dirs = visible(real, [Some(prefix), library].into_iter().flatten());
    let [major, minor, patch] = version;
    Some((version, Runtime { name, kind, version: format!("{major}.{minor}.{patch}"), dirs }))
}

/// The directories that must be shown inside, beside `/usr`, which always is: each as named and, when a link is on
/// the way, as it really is.
fn visible(interpreter: &Path, dirs: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let own = interpreter.parent().map(Path::to_owned);
    let mut shown: Vec<PathBuf> = Vec::new();
    for dir in dirs.chain(own) {
        let real = dir.canonicalize().unwrap_or_else(|_| dir.clone());
        for path in [dir, real] {
            let is_covered = ["/usr", "/lib", "/lib64", "/bin"].iter().any(|system| path.starts_with(system))
                || shown.iter().any(|other| path.starts_with(other));
            // A prefix of `/` would show everything.
            if !is_covered && path.parent().is_some() {
                shown.retain(|other| !other.starts_with(&path));
                shown.push(path);
            }
        }
    }
    shown
}

fn is_elf(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read =
        std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut magic));
    read.is_ok() && magic == *b"\x7fELF"
}

fn parse_version(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.trim().trim_start_matches('v').split('.').map(|part| part.parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

/// A Java runtime found on this host: (version, home). Freehold has no client for Java yet, so these are shown to the
/// user and not offered to functions.
pub fn java_homes(jvm: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(jvm).into_iter().flatten().flatten();
    let mut found: Vec<(String, PathBuf)> = entries
        // Links name a home a second time.
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| {
            let release = std::fs::read_to_string(entry.path().join("release")).ok()?;
            let line = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION="))?;
            Some((line.trim_matches('"').to_owned(), entry.path()))
        })
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_interpreters() {
        for (name, expected) in [
            ("python3", true),
            ("python3.12", true),
            ("node", true),
            ("node20", true),
            ("nodejs", true),
            ("python", false),
            ("python2.7", false),
            ("python3-config", false),
            ("python3.12-config", false),
            ("nodemon", false),
        ] {
            assert_eq!(is_interpreter_name(&Path::new("/usr/bin").join(name)), expected, "{name}");
        }
    }

    #[test]
    fn versions() {
        assert_eq!(parse_version("v20.20.2\n"), Some([20, 20, 2]));
        assert_eq!(parse_version("3.12.1"), Some([3, 12, 1]));
        assert_eq!(parse_version("3.13"), None);
        assert_eq!(parse_version("pypy"), None);
    }

    #[test]
    fn system_directories_need_not_be_shown() {
        let shown = |interpreter: &str, dirs: &[&str]| {
            visible(Path::new(interpreter), dirs.iter().map(PathBuf::from))
        };
        assert!(shown("/usr/bin/python3", &["/usr", "/usr/lib/python3"]).is_empty());
        let dir = "/nowhere/versions/3.12.1";
        assert_eq!(
            shown(&format!("{dir}/bin/python3.12"), &[dir, &format!("{dir}/lib/python3.12")]),
            [PathBuf::from(dir)]
        );
    }

    #[test]
    fn custom_runtimes_are_always_there() {
        let mut options = Options::new(Path::new("/nonexistent"));
        options.search_path.clear();
        options.home = None;
        let names: Vec<String> = discover(&options).into_iter().map(|runtime| runtime.name).collect();
        assert_eq!(names, PROVIDED);
    }

    #[test]
    fn java_is_found_by_its_release_file() {
        let jvm = tempfile::tempdir().unwrap();
        for name in ["java-17", "broken"] {
            std::fs::create_dir(jvm.path().join(name)).unwrap();
        }
        std::fs::write(jvm.path().join("java-17/release"), "IMPLEMENTOR=x\nJAVA_VERSION=\"17.0.15\"\n")
            .unwrap();
        std::os::unix::fs::symlink("java-17", jvm.path().join("default")).unwrap();
        assert_eq!(java_homes(jvm.path()), [("17.0.15".to_owned(), jvm.path().join("java-17"))]);
        assert_eq!(java_homes(&jvm.path().join("nowhere")), []);
    }
}
