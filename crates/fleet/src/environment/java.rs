//! How a Java virtual machine is started, for a function or ahead of one.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::{FunctionSpec, Runtime, RuntimeKind};
use base::ByteSize;

/// Of the function's memory, the heap gets this much, in hundredths; the rest is for classes, threads and native code.
const HEAP_PERCENT: u64 = 85;
/// The smallest functions need a larger share beside the heap.
const HEAP_PERCENT_SMALL: u64 = 80;
const SMALL_MIB: u64 = 128;
/// The heap begins with this part of the memory, as the virtual machine itself would decide in a container of that
/// size; a waiting one is in none yet.
const HEAP_BEGINS_WITH: u64 = 64;
const HEAP_KIB_MIN: u64 = 8 << 10;
/// The client within the directory of the clients.
const JAR: &str = "java/freehold-runtime.jar";
const ARCHIVES: &str = "java";
/// Variables that only count when a virtual machine starts.
pub const START_VARIABLES: [&str; 6] =
    ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_HOME", "LANG", "LC_"];
/// Those that can bring an archive of the function's own.
const OPTION_VARIABLES: [&str; 3] = ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"];

/// Arguments that a class-data archive and the virtual machines that use it must have in common.
pub fn common_arguments(runtime: &Runtime) -> Vec<String> {
    // What is read and written without saying how is UTF-8.
    let mut arguments = vec!["-Dfile.encoding=UTF-8".to_owned()];
    // Newer ones get it from the jar's manifest, with less.
    if runtime.name == "java11" {
        arguments.push("--add-opens=java.base/java.lang=ALL-UNNAMED".into());
    }
    arguments
}

/// The virtual machine's arguments. `clients`: the directory of the clients on the host; `inside`: where that is inside.
/// `env`: the process's environment.
pub fn arguments(
    runtime: &Runtime,
    (clients, inside): (&Path, &str),
    memory: ByteSize,
    env: &[(String, String)],
) -> Vec<String> {
    let memory_mib = memory.as_mib_ceil();
    let percent = if memory_mib <= SMALL_MIB { HEAP_PERCENT_SMALL } else { HEAP_PERCENT };
    let heap_kib = memory_mib * 1024 * percent / 100;
    let begin_kib = (memory_mib * 1024 / HEAP_BEGINS_WITH).max(HEAP_KIB_MIN);
    let mut arguments = vec![format!("-Xmx{heap_kib}k"), format!("-Xms{begin_kib}k")];
    arguments.extend(common_arguments(runtime));
    if locale(env).is_some() {
        arguments.extend(["-Duser.language=en".to_owned(), "-Duser.country=US".into()]);
    }
    arguments.extend(
        [
            // One collector thread and one compiler tier: functions are short, and share few processors.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // The memory is the function's alone; nobody reads a file of counters.
            "-XX:-UsePerfData",
        ]
        .map(str::to_owned),
    );
    arguments.extend(archive_arguments(runtime, clients, inside, env));
    arguments.extend(["-jar".to_owned(), format!("{inside}/{JAR}")]);
    arguments
}

/// A variable to start with beside `env`, which the client takes away again: names of files and variables are UTF-8
/// also on hosts that lack the locale that functions are told, of which the arguments then say the rest. `None` where
/// the function has a locale of its own, or a wrapper script, whose environment is kept.
pub fn locale(env: &[(String, String)]) -> Option<(String, String)> {
    let is_usual = |(name, value): &(String, String)| match name.as_str() {
        "LANG" => value == "en_US.UTF-8",
        name => !name.starts_with("LC_") && name != super::command::EXEC_WRAPPER,
    };
    env.iter().all(is_usual).then(|| ("LC_ALL".into(), "C.UTF-8".into()))
}

/// Use of the class-data archive, when it has been made and the function has none of its own.
fn archive_arguments(
    runtime: &Runtime,
    clients: &Path,
    inside: &str,
    env: &[(String, String)],
) -> Vec<String> {
    let has_own = env.iter().any(|(name, value)| {
        OPTION_VARIABLES.contains(&name.as_str())
            && ["SharedArchiveFile", "-Xshare", "AOT"].iter().any(|option| value.contains(option))
    });
    if has_own {
        return Vec::new();
    }
    let archive = archive(runtime, clients).filter(|archive| archive.is_file());
    let name = archive.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
    let Some(name) = name else { return vec!["-Xshare:auto".into()] };
    // One that turns out not to fit is not used, without a word in the function's log. What is said has another tag
    // in newer ones, which older ones don't know.
    let quiet: &[&str] = if runtime.name == "java25" { &["cds*", "aot*"] } else { &["cds*"] };
    let archive = format!("-XX:SharedArchiveFile={inside}/{ARCHIVES}/{name}");
    let quiet = quiet.iter().map(|tag| format!("-Xlog:{tag}=off"));
    ["-Xshare:auto".to_owned(), archive].into_iter().chain(quiet).collect()
}

/// Where the class-data archive of this Java belongs: beside the clients, which it depends on, under a name that says
/// of which Java it is. `None` for other runtimes, and for a Java that has no library to be identified by.
pub fn archive(runtime: &Runtime, clients: &Path) -> Option<PathBuf> {
    let RuntimeKind::Java { launcher } = &runtime.kind else { return None };
    let home = launcher.parent()?.parent()?;
    let library = home.join("lib/server/libjvm.so").metadata().ok()?;
    let modules = home.join("lib/modules").metadata().ok()?;
    let mut identity = launcher.as_os_str().as_encoded_bytes().to_vec();
    identity.extend(runtime.version.bytes());
    for file in [library, modules] {
        identity.extend(file.size().to_be_bytes());
        identity.extend(file.mtime().to_be_bytes());
        identity.extend(file.mtime_nsec().to_be_bytes());
    }
    let digest = crate::clients::digest(identity.into_iter());
    Some(clients.join(ARCHIVES).join(format!("{}-{digest}.jsa", runtime.name)))
}

/// Whether the function brings native libraries where the loader looks for them when a virtual machine starts.
pub fn has_libraries(dir: &Path) -> bool {
    let files = std::fs::read_dir(dir.join("lib")).into_iter().flatten().flatten();
    files.map(|file| file.file_name()).any(|name| name.to_string_lossy().contains(".so"))
}

/// Whether this function's virtual machine must be started for it alone.
pub fn needs_own_process(function: &FunctionSpec) -> bool {
    let sets = |name: &str| START_VARIABLES.iter().any(|prefix| name.starts_with(prefix));
    function.environment.iter().any(|(name, _)| sets(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runtime(home: &Path) -> Runtime {
        Runtime {
            name: "java17".into(),
            kind: RuntimeKind::Java { launcher: home.join("bin/java") },
            version: "17.0.15".into(),
            dirs: Vec::new(),
        }
    }

    fn started(clients: &Path, memory_mib: u64, env: &[(&str, &str)]) -> Vec<String> {
        let env: Vec<_> = env.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        arguments(&runtime(&clients.join("jdk")), (clients, "/inside"), ByteSize::mib(memory_mib), &env)
    }

    #[test]
    fn the_heap_is_a_share_of_the_memory() {
        let heap = |mib| started(Path::new("/nowhere"), mib, &[])[..2].join(" ");
        assert_eq!(heap(128), "-Xmx104857k -Xms8192k");
        assert_eq!(heap(512), "-Xmx445644k -Xms8192k");
        assert_eq!(heap(1536), "-Xmx1336934k -Xms24576k");
    }

    #[test]
    fn an_archive_is_used_when_there_is_one_and_the_function_has_none() {
        let dir = tempfile::tempdir().unwrap();
        let uses = |env: &[(&str, &str)]| {
            let arguments = started(dir.path(), 128, env);
            arguments.iter().find(|argument| argument.starts_with("-XX:SharedArchiveFile=")).cloned()
        };
        assert_eq!(uses(&[]), None);
        let jdk = dir.path().join("jdk");
        for file in ["lib/server/libjvm.so", "lib/modules"] {
            std::fs::create_dir_all(jdk.join(file).parent().unwrap()).unwrap();
            std::fs::write(jdk.join(file), "x").unwrap();
        }
        assert_eq!(uses(&[]), None, "it has not been made yet");
        let archive = archive(&runtime(&jdk), dir.path()).unwrap();
        std::fs::create_dir_all(archive.parent().unwrap()).unwrap();
        std::fs::write(&archive, "x").unwrap();
        let name = archive.file_name().unwrap().to_str().unwrap();
        assert_eq!(uses(&[]), Some(format!("-XX:SharedArchiveFile=/inside/java/{name}")));
        assert!(uses(&[("JAVA_TOOL_OPTIONS", "-javaagent:x.jar")]).is_some());
        assert_eq!(uses(&[("JAVA_TOOL_OPTIONS", "-XX:SharedArchiveFile=/opt/mine.jsa")]), None);
        // Another Java in the same place needs another archive.
        std::fs::write(jdk.join("lib/modules"), "another").unwrap();
        assert_eq!(uses(&[]), None);
    }

    #[test]
    fn a_function_may_have_a_locale_of_its_own() {
        let has = |name: &str, value: &str| locale(&[(name.into(), value.into())]).is_none();
        assert!(!has("LANG", "en_US.UTF-8") && !has("MINE", "1"));
        assert!(
            has("LANG", "de_DE.UTF-8") && has("LC_TIME", "C") && has("AWS_LAMBDA_EXEC_WRAPPER", "/opt/x")
        );
    }

    #[test]
    fn jars_are_no_native_libraries() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!has_libraries(dir.path()));
        std::fs::create_dir(dir.path().join("lib")).unwrap();
        std::fs::write(dir.path().join("lib/a.jar"), "").unwrap();
        assert!(!has_libraries(dir.path()));
        std::fs::write(dir.path().join("lib/libx.so.1"), "").unwrap();
        assert!(has_libraries(dir.path()));
    }
}
