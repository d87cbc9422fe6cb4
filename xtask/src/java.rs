//! Builds `runtimes/java/freehold-runtime.jar`, which is part of the binary, from the sources beside it. Committed, so
//! that building Freehold needs no JDK. The jar records which sources it was made of; that is checked everywhere, and
//! its classes where the same compiler is at hand.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use crate::Outcome;
use crate::files::Mode;
use crate::run::{output, root, target_dir};

/// The oldest Java that runs the client.
const RELEASE: &str = "11";
const MANIFEST: &str = "META-INF/MANIFEST.MF";
const SOURCE_DIGEST: &str = "Source-Digest";
const COMPILER: &str = "Compiler";
const MAIN_CLASS: &str = "freehold.Worker";
/// Parts of the JDK that the client needs and that are not public: to adopt its inherited socket, and to change its
/// environment. In the manifest and not on the command line, which would keep the JDK from using its archived module
/// graph.
const OPENS: &str = "java.base/java.io";
const EXPORTS: &str = "java.base/jdk.internal.misc java.base/jdk.internal.\r\n loader";

/// Writes the jar, or compares it.
pub fn run(mode: Mode) -> Outcome {
    let sources = sources(&root().join("runtimes/java/src"))?;
    let jar = root().join("runtimes/java/freehold-runtime.jar");
    let digest = digest(&sources)?;
    let compiler = output("javac", &["-version"]).map(|text| text.trim().to_owned());
    if mode == Mode::Check {
        let committed = fs::read(&jar)?;
        let (made_of, made_by) = origin(&committed)?;
        if made_of != digest {
            return Err("runtimes/java/freehold-runtime.jar is stale: run `cargo xtask java`".into());
        }
        if compiler != Some(made_by) {
            // Other compilers write other, equally good bytes.
            return Ok(());
        }
        return match build(&sources, &digest, compiler.as_deref().unwrap_or_default())? == committed {
            true => Ok(()),
            false => Err("runtimes/java/freehold-runtime.jar does not come from its sources".into()),
        };
    }
    let compiler = compiler.ok_or("javac is not on PATH; install a JDK")?;
    fs::write(&jar, build(&sources, &digest, &compiler)?)?;
    println!("wrote {}", jar.display());
    Ok(())
}

/// All Java files, in a fixed order.
fn sources(dir: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(sources(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}

fn digest(sources: &[PathBuf]) -> Result<String, std::io::Error> {
    let mut hash = Sha256::new();
    for path in sources {
        hash.update(path.strip_prefix(root()).unwrap_or(path).as_os_str().as_encoded_bytes());
        hash.update([0]);
        hash.update(fs::read(path)?);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What a jar says it was made of, and by which compiler.
fn origin(jar: &[u8]) -> Result<(String, String), Box<dyn std::error::Error>> {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(jar))?.by_name(MANIFEST)?.read_to_string(&mut text)?;
    // Continued lines begin with a blank.
    let text = text.replace("\r\n ", "");
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.map(str::to_owned).unwrap_or_default()
    };
    Ok((field(SOURCE_DIGEST), field(COMPILER)))
}

fn build(sources: &[PathBuf], digest: &str, compiler: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let classes = target_dir().join("java-classes");
    if classes.exists() {
        fs::remove_dir_all(&classes)?;
    }
    // Concatenation by plain code: the other way, which the JDK sets up when it first runs, costs a start milliseconds.
    let status = Command::new("javac")
        .args([
            "--release",
            RELEASE,
            "-Xlint:all",
            "-Werror",
            "-g:source,lines",
            "-XDstringConcat=inline",
            "-d",
        ])
        .arg(&classes)
        .args(sources)
        .status()?;
    if !status.success() {
        return Err(format!("javac: {status}").into());
    }
    // The same bytes from the same classes: sorted, and without times.
    let options =
        SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(0o644);
    let mut jar = zip::ZipWriter::new(Cursor::new(Vec::new()));
    jar.start_file(MANIFEST, options)?;
    // A line holds 72 bytes at most.
    let (first, rest) = digest.split_at(50);
    write!(
        jar,
        "Manifest-Version: 1.0\r\n{COMPILER}: {compiler}\r\n{SOURCE_DIGEST}: {first}\r\n {rest}\r\n\
         Main-Class: {MAIN_CLASS}\r\nAdd-Opens: {OPENS}\r\nAdd-Exports: {EXPORTS}\r\n\r\n"
    )?;
    for path in self::sources(&classes)? {
        let name = path.strip_prefix(&classes)?.to_string_lossy().into_owned();
        jar.start_file(name, options)?;
        jar.write_all(&fs::read(&path)?)?;
    }
    Ok(jar.finish()?.into_inner())
}
