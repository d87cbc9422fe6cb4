//! Code compiled when it is deployed, so that cold starts need not: Python's bytecode beside its files, V8's caches in a
//! directory of their own. Made from a package's bytes alone, so everyone with the same package may use it; a package
//! works without.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use fleet::{Compiled, Runtime, RuntimeKind};

use super::{Code, blocking};
use crate::executor::Executor;
use crate::model::CodePackage;

/// How long a deployment waits; what takes longer is used by later cold starts.
const PATIENCE: Duration = Duration::from_secs(5);
/// Below so many bytes of source, compiling costs a cold start less than a millisecond or two.
const SOURCE_BYTES_MIN: u64 = 32 << 10;
/// Where V8's caches are, below what is mounted.
const V8_DIR: &str = "v8";

impl Code {
    /// Compiles a package that is unpacked, if it is worth it and has not been done.
    pub(crate) async fn compile(
        &self,
        package: &CodePackage,
        runtime: &Arc<Runtime>,
        executor: &Arc<dyn Executor>,
    ) {
        let (code, package) = (self.clone(), package.clone());
        let (runtime, executor) = (Arc::clone(runtime), Arc::clone(executor));
        let compiled = tokio::spawn(async move {
            if let Err(problem) = code.compile_now(&package, &runtime, &*executor).await {
                tracing::warn!(
                    problem,
                    digest = package.digest,
                    "a code package could not be compiled ahead"
                );
            }
        });
        let _ = tokio::time::timeout(PATIENCE, compiled).await;
    }

    async fn compile_now(
        &self,
        package: &CodePackage,
        runtime: &Arc<Runtime>,
        executor: &dyn Executor,
    ) -> Result<(), String> {
        // One at a time: deployments must not take the machine from invocations.
        let _turn = self.0.compiling.lock().await;
        let unpacked = self.0.dir.join(&package.digest);
        let caches = self.caches_dir(package, runtime);
        let (dir, kind) = (unpacked.clone(), runtime.kind.clone());
        let done = caches.clone();
        let is_due = blocking(move || is_due(&dir, &done, &kind)).await.map_err(|error| error.to_string())?;
        if !is_due {
            return Ok(());
        }
        let compiled = executor.compile(runtime, &unpacked).await?;
        // Nobody removes the package meanwhile.
        let _lock = self.lock(&package.digest).await;
        let is_beside = matches!(runtime.kind, RuntimeKind::Python { .. });
        let written = blocking(move || match is_beside {
            // The empty directory says that it was done.
            true => write_beside(&unpacked, &compiled).and_then(|()| fs::create_dir(&caches)),
            false => write_caches(&caches, &compiled),
        });
        written.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
    }

    /// What is to be mounted at `/var/lang` for this package, if something was compiled for exactly this runtime.
    pub(crate) fn caches(&self, package: &CodePackage, runtime: &Runtime) -> Option<PathBuf> {
        let dir = self.caches_dir(package, runtime);
        dir.join(V8_DIR).is_dir().then_some(dir)
    }

    fn caches_dir(&self, package: &CodePackage, runtime: &Runtime) -> PathBuf {
        self.0.dir.join(format!("{}.{}-{}", package.digest, runtime.name, runtime.version))
    }
}

/// The package that a directory beside the packages belongs to, by their names.
pub(super) fn owner_of(name: &str) -> &str {
    match name.split_once('.') {
        Some((digest, _)) if !digest.is_empty() => digest,
        _ => name,
    }
}

fn is_due(package: &Path, caches: &Path, kind: &RuntimeKind) -> bool {
    let (extensions, each): (&[&str], bool) = match kind {
        RuntimeKind::Python { .. } => (&["py"], false),
        RuntimeKind::Node { .. } => (&["js", "cjs"], true),
        _ => return false,
    };
    if !package.is_dir() || caches.exists() {
        return false;
    }
    let mut sum = 0;
    let mut waiting = vec![package.to_owned()];
    while let Some(dir) = waiting.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            let path = entry.path();
            let is_source = path.extension().is_some_and(|own| extensions.iter().any(|one| own == *one));
            if metadata.is_dir() {
                waiting.push(path);
            } else if metadata.is_file() && is_source {
                sum = if each { metadata.len() } else { sum + metadata.len() };
                if sum >= SOURCE_BYTES_MIN {
                    return true;
                }
            }
        }
    }
    false
}

/// Python's: `pkg/__pycache__/m.cpython-313.pyc` beside `pkg/m.py`. The compiler had read hostile files, so its answer is
/// checked: nothing goes anywhere else, through links, or over something that the package brought.
fn write_beside(package: &Path, compiled: &[Compiled]) -> io::Result<()> {
    for file in compiled {
        let Some(target) = place_beside(package, &file.path) else {
            tracing::warn!(path = file.path, "the compiler named a file that it must not write");
            continue;
        };
        let dir = target.parent().unwrap_or(package);
        if !dir.exists() {
            fs::create_dir(dir)?;
            fs::set_permissions(dir, fs::Permissions::from_mode(0o755))?;
        }
        write_whole(&target, &file.data)?;
    }
    Ok(())
}

fn place_beside(package: &Path, path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let dir = path.parent().filter(|dir| dir.ends_with("__pycache__"))?;
    let name = path.file_name()?.to_str()?.strip_suffix(".pyc")?;
    let (stem, _) = name.rsplit_once('.')?;
    let source = real(package, &dir.parent()?.join(format!("{stem}.py")))?;
    let cache = source.with_file_name("__pycache__");
    let is_free = match fs::symlink_metadata(&cache) {
        Ok(metadata) => metadata.is_dir(),
        Err(_) => true,
    };
    let target = cache.join(path.file_name()?);
    (is_free && fs::symlink_metadata(&target).is_err()).then_some(target)
}

/// The file that a relative path leads to without any link on the way. Nobody changes a package, so this stays true.
fn real(package: &Path, path: &Path) -> Option<PathBuf> {
    let mut at = package.to_owned();
    let mut is_file = false;
    for component in path.components() {
        let Component::Normal(name) = component else { return None };
        at.push(name);
        let metadata = fs::symlink_metadata(&at).ok()?;
        if metadata.is_symlink() {
            return None;
        }
        is_file = metadata.is_file();
    }
    is_file.then_some(at)
}

/// V8's, into a new directory that appears whole, also when there is nothing in it.
fn write_caches(target: &Path, compiled: &[Compiled]) -> io::Result<()> {
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(target.file_name().unwrap_or_default());
    let scratch = target.with_file_name(hidden);
    let _ = fs::remove_dir_all(&scratch);
    let root = scratch.join(V8_DIR);
    make_dirs(&scratch, &root)?;
    for file in compiled {
        let path = Path::new(&file.path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) || file.path.is_empty() {
            tracing::warn!(path = file.path, "the compiler named a file that it must not write");
            continue;
        }
        let to = root.join(path);
        make_dirs(&root, to.parent().unwrap_or(&root))?;
        write_whole(&to, &file.data)?;
    }
    fs::rename(&scratch, target)
}

/// Makes `dir` and everything between it and `root`, for the sandbox's user to read.
fn make_dirs(root: &Path, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for one in dir.ancestors().take_while(|one| one.starts_with(root)) {
        fs::set_permissions(one, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

fn write_whole(path: &Path, data: &[u8]) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    fs::write(&partial, data)?;
    fs::set_permissions(&partial, fs::Permissions::from_mode(0o644))?;
    fs::rename(&partial, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn compiled(path: &str) -> Compiled {
        Compiled { path: path.into(), data: b"compiled".to_vec() }
    }

    #[test]
    fn bytecode_goes_beside_its_source_and_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        let (package, outside) = (dir.path().join("package"), dir.path().join("outside"));
        fs::create_dir_all(package.join("pkg/__pycache__")).unwrap();
        fs::create_dir_all(&outside).unwrap();
        for file in ["a.py", "pkg/m.py", "pkg/own.py", "pkg/__pycache__/own.cpython-313.pyc"] {
            fs::write(package.join(file), "theirs").unwrap();
        }
        fs::write(outside.join("x.py"), "").unwrap();
        symlink(&outside, package.join("linked")).unwrap();
        symlink(outside.join("x.py"), package.join("link.py")).unwrap();
        fs::create_dir(package.join("trap")).unwrap();
        fs::write(package.join("trap/t.py"), "").unwrap();
        symlink(&outside, package.join("trap/__pycache__")).unwrap();
        let answers = [
            "__pycache__/a.cpython-313.pyc",
            "pkg/__pycache__/m.cpython-313.pyc",
            "pkg/__pycache__/own.cpython-313.pyc",
            "pkg/__pycache__/missing.cpython-313.pyc",
            "linked/__pycache__/x.cpython-313.pyc",
            "__pycache__/link.cpython-313.pyc",
            "trap/__pycache__/t.cpython-313.pyc",
            "../outside/__pycache__/x.cpython-313.pyc",
            "/outside/__pycache__/x.cpython-313.pyc",
            "a.py",
            "pkg/m.cpython-313.pyc",
            "__pycache__/a.pyc",
            "",
        ];
        write_beside(&package, &answers.map(compiled)).unwrap();
        let read = |path: &str| fs::read_to_string(package.join(path)).ok();
        assert_eq!(read("__pycache__/a.cpython-313.pyc").as_deref(), Some("compiled"));
        assert_eq!(read("pkg/__pycache__/m.cpython-313.pyc").as_deref(), Some("compiled"));
        assert_eq!(read("pkg/__pycache__/own.cpython-313.pyc").as_deref(), Some("theirs"));
        assert_eq!(read("a.py").as_deref(), Some("theirs"));
        assert_eq!(fs::read_dir(package.join("__pycache__")).unwrap().count(), 1);
        assert_eq!(fs::read_dir(package.join("pkg/__pycache__")).unwrap().count(), 2);
        assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
    }

    #[test]
    fn caches_stay_in_their_directory() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("digest.nodejs20.x-20.1.2");
        let answers = ["index.js.v8", "lib/deep/a.js.v8", "../escape.v8", "/escape.v8", ""];
        write_caches(&target, &answers.map(compiled)).unwrap();
        assert_eq!(fs::read(target.join("v8/lib/deep/a.js.v8")).unwrap(), b"compiled");
        assert_eq!(fs::read_dir(target.join("v8")).unwrap().count(), 2);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        assert_eq!(owner_of("digest.nodejs20.x-20.1.2"), "digest");
        assert_eq!((owner_of(".digest.x"), owner_of("digest")), (".digest.x", "digest"));
    }

    #[test]
    fn small_packages_are_not_worth_it() {
        let dir = tempfile::tempdir().unwrap();
        let (package, caches) = (dir.path().join("package"), dir.path().join("caches"));
        fs::create_dir_all(package.join("pkg")).unwrap();
        let python = RuntimeKind::Python { interpreter: "/python".into() };
        let node = RuntimeKind::Node { interpreter: "/node".into() };
        let half = vec![b'#'; SOURCE_BYTES_MIN as usize / 2];
        for name in ["a.py", "a.js", "pkg/b.js"] {
            fs::write(package.join(name), &half).unwrap();
        }
        assert!(!is_due(&package, &caches, &python));
        fs::write(package.join("pkg/b.py"), &half).unwrap();
        assert!(is_due(&package, &caches, &python));
        // Only single files count: most of a large module tree is never loaded.
        assert!(!is_due(&package, &caches, &node));
        fs::write(package.join("pkg/c.cjs"), [half.as_slice(), &half].concat()).unwrap();
        assert!(is_due(&package, &caches, &node));
        assert!(!is_due(&package, &caches, &RuntimeKind::Custom));
        fs::create_dir(&caches).unwrap();
        assert!(!is_due(&package, &caches, &node));
    }
}
