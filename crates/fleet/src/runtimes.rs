//! Finds the interpreters of this host that functions can run on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::{Options, Runtime, RuntimeKind};

/// Oldest Python minor version, Node.js major version and Ruby 3 minor version that functions can have.
const PYTHON_MINOR_MIN: u32 = 8;
const NODE_MAJOR_MIN: u32 = 18;
const RUBY_MINOR_MIN: u32 = 2;
/// Where Ruby's installers put one directory per version.
const RUBIES: &str = "/opt/rubies";
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
    for home in java_homes(options) {
        let Some((version, runtime)) = java(&home) else { continue };
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
        for versions in [".pyenv/versions", ".local/share/uv/python", ".nvm/versions/node", ".rbenv/versions"]
        {
            dirs.extend(children(&home.join(versions)).into_iter().map(|dir| dir.join("bin")));
        }
    }
    dirs.extend(children(Path::new(RUBIES)).into_iter().map(|dir| dir.join("bin")));
    dirs.iter().flat_map(|dir| children(dir)).filter(|path| is_interpreter_name(path)).collect()
}

/// `python3`, `python3.12`, `node`, `node20`, `nodejs`, `ruby`, `ruby3.3`; not `python3-config` or `python3.12t`.
fn is_interpreter_name(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is_version = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    match ["python3", "nodejs", "ruby"].iter().find_map(|prefix| name.strip_prefix(prefix)) {
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
    let file = real.file_name()?.to_str()?;
    let (is_python, is_ruby) = (file.starts_with("python"), file.starts_with("ruby"));
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
    } else if is_ruby {
        let code = "puts RUBY_VERSION, RbConfig::CONFIG['prefix'], RbConfig::CONFIG['rubylibdir'] + '/.'";
        command.args(["--disable=gems", "-rrbconfig", "-e", code]);
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
        false if is_ruby && version[0] == 3 && version[1] >= RUBY_MINOR_MIN => {
            (format!("ruby3.{}", version[1]), RuntimeKind::Ruby { interpreter: real.to_owned() })
        }
        false if !is_ruby && version[0] >= NODE_MAJOR_MIN => {
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

/// Java feature releases that AWS has runtimes for; others are found and not offered.
const JAVA_RELEASES: [u32; 4] = [11, 17, 21, 25];
/// Where distributions put Java, and where its users do.
const JAVA_PLACES: [&str; 3] = ["/usr/lib/jvm", "/opt/java", "/opt/jdk"];

/// The homes of Java on this host, below the usual places, `JAVA_HOME` and what `search_path` leads to.
fn java_homes(options: &Options) -> Vec<PathBuf> {
    let mut homes: Vec<PathBuf> = JAVA_PLACES.iter().flat_map(|place| children(Path::new(place))).collect();
    if let Some(home) = &options.home {
        homes.extend(children(&home.join(".sdkman/candidates/java")));
        homes.extend(children(&home.join(".jdks")));
    }
    homes.extend(options.java_home.clone());
    let programs = options.search_path.iter().filter_map(|dir| dir.join("java").canonicalize().ok());
    homes.extend(programs.filter_map(|program| Some(program.parent()?.parent()?.to_owned())));
    homes.sort();
    homes
}

/// Reads a home's `release` file; `None` when it is none, or of a release that AWS has no runtime for.
fn java(home: &Path) -> Option<([u32; 3], Runtime)> {
    let home = home.canonicalize().ok()?;
    let launcher = home.join("bin/java");
    if !is_elf(&launcher) {
        return None;
    }
    let release = std::fs::read_to_string(home.join("release")).ok()?;
    let line = release.lines().find_map(|line| line.strip_prefix("JAVA_VERSION="))?;
    let text = line.trim().trim_matches('"');
    let mut numbers = text.split(['.', '_', '-', '+']).map(|part| part.parse::<u32>().unwrap_or(0));
    let version = [numbers.next()?, numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)];
    let feature = version[0];
    let dirs = visible(&launcher, std::iter::once(home.clone()));
    let kind = RuntimeKind::Java { launcher };
    let runtime = Runtime { name: format!("java{feature}"), kind, version: text.to_owned(), dirs };
    JAVA_RELEASES.contains(&feature).then_some((version, runtime))
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
            ("ruby", true),
            ("ruby3.3", true),
            ("rubygems", false),
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
        options.java_home = None;
        let names: Vec<String> = discover(&options).into_iter().map(|runtime| runtime.name).collect();
        // Those are also looked for in places of the system.
        let is_elsewhere = |name: &str| name.starts_with("java") || name.starts_with("ruby");
        let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !is_elsewhere(name)).collect();
        assert_eq!(names, PROVIDED);
    }

    #[test]
    fn java_is_found_by_its_release_file() {
        let jvm = tempfile::tempdir().unwrap();
        let home = |name: &str, version: &str| {
            let home = jvm.path().join(name);
            std::fs::create_dir_all(home.join("bin")).unwrap();
            std::fs::write(home.join("bin/java"), b"\x7fELF").unwrap();
            let release = format!("IMPLEMENTOR=x\nJAVA_VERSION=\"{version}\"\n");
            std::fs::write(home.join("release"), release).unwrap();
            home.canonicalize().unwrap()
        };
        let (version, runtime) = java(&home("17", "17.0.15")).unwrap();
        assert_eq!(version, [17, 0, 15]);
        assert_eq!((runtime.name.as_str(), runtime.version.as_str()), ("java17", "17.0.15"));
        assert_eq!(runtime.dirs, [home("17", "17.0.15")]);
        assert_eq!(java(&home("25", "25")).unwrap().1.name, "java25");
        assert_eq!(java(&home("8", "1.8.0_412")), None);
        assert_eq!(java(&home("18", "18.0.2")), None);
        assert_eq!(java(&jvm.path().join("nowhere")), None);
    }
}
