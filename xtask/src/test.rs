//! `cargo xtask test`: everything that must hold before a change lands, on a machine that has git, a Rust
//! toolchain and Python 3. What is missing beside those is installed under `target/`, or named.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{cargo, output, root, run, target_dir};
use crate::{codegen, compat, files, java, rules};

/// One named stage. A stage that fails stops the run; one that can't run here says why.
struct Stage {
    name: &'static str,
    run: fn() -> Result<Verdict, String>,
}

enum Verdict {
    Passed,
    Skipped(String),
}

const STAGES: &[Stage] = &[
    Stage { name: "tools", run: tools },
    Stage { name: "format", run: format },
    Stage { name: "repository rules", run: repository_rules },
    Stage { name: "generated files fresh", run: generated },
    Stage { name: "dependency policy", run: dependency_policy },
    Stage { name: "clippy", run: clippy },
    Stage { name: "unit and integration tests", run: rust_tests },
    Stage { name: "conformance: functions and extensions built with Rust", run: rust_function },
    Stage { name: "conformance: AWS CLI and boto3", run: python_conformance },
    Stage { name: "conformance: JavaScript SDK v3", run: javascript_conformance },
    Stage { name: "conformance: Rust SDK", run: rust_conformance },
];

/// Stages that take too long for every run: only those that are named run.
const ON_REQUEST: &[Stage] = &[Stage { name: "virtual machine", run: virtual_machine }];

/// The exit code by which `conformance/vm/run.py` says that this machine can't do it.
const VM_CANNOT: i32 = 77;

/// The version that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// Runs every stage but those on request, or only those whose name contains `only`.
pub fn test(only: Option<&str>) -> Result<(), String> {
    let mut passed = 0;
    let mut skipped = Vec::new();
    let chosen: Vec<&Stage> = match only {
        None => STAGES.iter().collect(),
        Some(only) => STAGES.iter().chain(ON_REQUEST).filter(|stage| stage.name.contains(only)).collect(),
    };
    if let (Some(only), true) = (only, chosen.is_empty()) {
        return Err(format!("no stage has {only:?} in its name"));
    }
    if only.is_none() {
        let named =
            |stage: &Stage| format!("{0}: takes long; run it by `cargo xtask test \"{0}\"`", stage.name);
        skipped.extend(ON_REQUEST.iter().map(named));
    }
    for stage in chosen {
        eprintln!("\n\x1b[1m== {}\x1b[0m", stage.name);
        match (stage.run)() {
            Ok(Verdict::Passed) => passed += 1,
            Ok(Verdict::Skipped(reason)) => {
                eprintln!("skipped: {reason}");
                skipped.push(format!("{}: {reason}", stage.name));
            }
            Err(error) => {
                eprintln!("\x1b[1;31mfailed\x1b[0m: {}: {error}", stage.name);
                println!("stages: {passed} passed, 1 failed, {} skipped", skipped.len());
                return Err(error);
            }
        }
    }
    for line in &skipped {
        eprintln!("skipped: {line}");
    }
    println!("stages: {passed} passed, 0 failed, {} skipped", skipped.len());
    Ok(())
}

fn tools() -> Result<Verdict, String> {
    let mut missing = Vec::new();
    for (program, why) in
        [("python3", "the AWS CLI and boto3 drive the conformance tests"), ("cc", "some crates build C")]
    {
        if output(program, &["--version"]).is_none() {
            missing.push((program, why));
        }
    }
    if output("python3", &["-c", "import venv, ensurepip"]).is_none() {
        missing.push(("python3-venv", "the Python packages are installed in a virtual environment"));
    }
    let packages: Vec<&str> = missing
        .iter()
        .map(|(program, _)| match *program {
            "cc" => "gcc",
            "python3" => "python3-venv",
            other => other,
        })
        .collect();
    if !packages.is_empty() {
        let as_root = output("id", &["-u"]).as_deref() == Some("0");
        if !as_root || output("apt-get", &["--version"]).is_none() {
            let named: Vec<_> = missing.iter().map(|(program, why)| format!("{program} ({why})")).collect();
            return Err(format!(
                "missing: {}. Install with: apt-get install {}",
                named.join(", "),
                packages.join(" ")
            ));
        }
        run(Command::new("apt-get").arg("update"))?;
        run(Command::new("apt-get").args(["install", "-y", "--no-install-recommends"]).args(packages))?;
    }
    python_environment()?;
    Ok(Verdict::Passed)
}

/// A virtual environment under `target/` with what `conformance/python/requirements.txt` pins.
fn python_environment() -> Result<PathBuf, String> {
    let home = target_dir().join("conformance/venv");
    let requirements = root().join("conformance/python/requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)
        .map_err(|error| format!("{}: {error}", requirements.display()))?;
    let stamp = home.join("installed-requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(home);
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    let pip = home.join("bin/pip");
    run(Command::new(pip)
        .args(["install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(&requirements))?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(home)
}

fn format() -> Result<Verdict, String> {
    run(cargo().args(["fmt", "--all", "--check"])).map(|()| Verdict::Passed)
}

fn repository_rules() -> Result<Verdict, String> {
    rules::check().map(|()| Verdict::Passed)
}

fn generated() -> Result<Verdict, String> {
    let told = |error: Box<dyn std::error::Error>| error.to_string();
    codegen::run(files::Mode::Check).map_err(told)?;
    compat::run(files::Mode::Check).map_err(told)?;
    java::run(files::Mode::Check).map_err(told)?;
    Ok(Verdict::Passed)
}

fn dependency_policy() -> Result<Verdict, String> {
    let tools = target_dir().join("tools");
    let mut deny = tools.join("bin/cargo-deny");
    if output("cargo-deny", &["--version"]).is_some() {
        deny = "cargo-deny".into();
    } else if !deny.exists() {
        run(cargo()
            .args(["install", "--quiet", "--locked", "cargo-deny", "--version", CARGO_DENY, "--root"])
            .arg(&tools))?;
    }
    // It looks at other platforms' dependencies as well, which no build here has downloaded.
    run(cargo().args(["fetch", "--locked"]))?;
    // What is known about vulnerabilities changes daily and needs a network: a job of its own, not a test.
    run(Command::new(deny).args([
        "--offline",
        "--log-level",
        "error",
        "check",
        "bans",
        "licenses",
        "sources",
    ]))
    .map(|()| Verdict::Passed)
}

fn clippy() -> Result<Verdict, String> {
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
        .map(|()| Verdict::Passed)
}

fn rust_tests() -> Result<Verdict, String> {
    run(cargo().args(["test", "--workspace", "--quiet", "--no-fail-fast"])).map(|()| Verdict::Passed)
}

/// The server under test, and functions and extensions that need compiling, built in the profile that the tests already
/// used.
fn rust_function() -> Result<Verdict, String> {
    run(cargo().args(["build", "--package", "freehold"]))?;
    for package in ["rust-function", "rust-extension"] {
        let manifest = root().join("conformance").join(package).join("Cargo.toml");
        run(cargo()
            .args(["build", "--quiet", "--manifest-path"])
            .arg(manifest)
            .arg("--target-dir")
            .arg(own_target()))?;
    }
    Ok(Verdict::Passed)
}

/// Why functions can't run on this machine, if they can't.
fn no_isolation() -> Option<String> {
    let server = target_dir().join("debug/freehold");
    let found = Command::new(server).arg("doctor").output();
    match found {
        Ok(found) if found.status.success() => None,
        Ok(found) => {
            let text = String::from_utf8_lossy(&found.stdout);
            let missing: Vec<_> = text.lines().filter(|line| line.starts_with("MISSING")).collect();
            Some(format!("functions can't be isolated on this machine: {}", missing.join("; ")))
        }
        Err(error) => Some(format!("`freehold doctor` can't be run: {error}")),
    }
}

fn python_conformance() -> Result<Verdict, String> {
    if let Some(reason) = no_isolation() {
        return Ok(Verdict::Skipped(reason));
    }
    let home = python_environment()?;
    run(with_environment(Command::new(home.join("bin/python")).args([
        "-m",
        "pytest",
        "-q",
        "conformance/python",
    ])))
    .map(|()| Verdict::Passed)
}

fn javascript_conformance() -> Result<Verdict, String> {
    if let Some(reason) = no_isolation() {
        return Ok(Verdict::Skipped(reason));
    }
    if output("node", &["--version"]).is_none() || output("npm", &["--version"]).is_none() {
        return Ok(Verdict::Skipped(
            "Node.js 18 or newer with npm isn't installed (`apt-get install nodejs npm`)".into(),
        ));
    }
    let here = root().join("conformance/javascript");
    let wanted =
        std::fs::read_to_string(here.join("package-lock.json")).map_err(|error| error.to_string())?;
    let stamp = here.join("node_modules/.installed-lock.json");
    if std::fs::read_to_string(&stamp).map_or(true, |installed| installed != wanted) {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&here))?;
        std::fs::write(&stamp, wanted).map_err(|error| error.to_string())?;
    }
    run(with_environment(Command::new("node").args(["--test", "."]).current_dir(&here)))
        .map(|()| Verdict::Passed)
}

fn rust_conformance() -> Result<Verdict, String> {
    if let Some(reason) = no_isolation() {
        return Ok(Verdict::Skipped(reason));
    }
    let manifest = root().join("conformance/rust-sdk/Cargo.toml");
    run(with_environment(
        cargo()
            .args(["test", "--quiet", "--manifest-path"])
            .arg(manifest)
            .arg("--target-dir")
            .arg(own_target()),
    ))
    .map(|()| Verdict::Passed)
}

/// Freehold installed on a Debian of its own: systemd, nothing but cgroup v2, nftables.
fn virtual_machine() -> Result<Verdict, String> {
    python_environment()?;
    rust_function()?;
    let mut script = Command::new(root().join("conformance/vm/run.py"));
    let command = with_environment(&mut script);
    match command.status() {
        Ok(status) if status.success() => Ok(Verdict::Passed),
        Ok(status) if status.code() == Some(VM_CANNOT) => {
            Ok(Verdict::Skipped("this machine can't make or run a virtual machine: see above".into()))
        }
        Ok(status) => Err(format!("conformance/vm/run.py failed: {status}")),
        Err(error) => Err(format!("conformance/vm/run.py could not be started: {error}")),
    }
}

/// Packages outside the workspace share one build directory of their own.
fn own_target() -> PathBuf {
    target_dir().join("conformance/cargo")
}

/// Tells the black-box tests which binaries to drive.
fn with_environment(command: &mut Command) -> &mut Command {
    let venv = target_dir().join("conformance/venv");
    command
        .env("FREEHOLD_TEST_BINARY", target_dir().join("debug/freehold"))
        .env("FREEHOLD_TEST_RUST_FUNCTION", own_target().join("debug/rust-function"))
        .env("FREEHOLD_TEST_RUST_EXTENSION", own_target().join("debug/rust-extension"))
        .env("FREEHOLD_TEST_VENV", venv)
}
