//! Invoke latency and throughput, cold and warm, beside a bare floor and a peer, in one run. Prints tables and writes
//! them to `bench/results/`.
#![forbid(unsafe_code)]

mod client;
mod cold;
mod servers;
mod stats;
mod warm;

use std::path::{Path, PathBuf};

use clap::Parser;
use serde_json::Value;

use client::{Client, Failure, package};
use cold::Subject;

#[derive(Parser)]
struct Arguments {
    /// The release binary
    #[arg(long, default_value = "target/release/freehold")]
    binary: PathBuf,
    /// A compiled function for `provided.al2023` (conformance/rust-function); left out when absent
    #[arg(long, default_value = "target/conformance/cargo/debug/rust-function")]
    rust_function: PathBuf,
    /// Rounds of each contender per number of clients
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds of one round
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Cold starts per runtime
    #[arg(long, default_value_t = 100)]
    cold: usize,
    /// Without the peer
    #[arg(long)]
    no_peer: bool,
    /// Where the reports go
    #[arg(long, default_value = "bench/results")]
    out: PathBuf,
}

const PYTHON: &[u8] =
    b"def handler(event, context):\n    return {'statusCode': 200, 'body': 'Hello, ' + event['name']}\n";
const NODE: &[u8] = b"exports.handler = async event => ({statusCode: 200, body: 'Hello, ' + event.name});\n";

fn main() -> Result<(), Failure> {
    warden::process_main_if_asked();
    let arguments = Arguments::parse();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(arguments))
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let freehold = servers::freehold(&arguments.binary)?;
    let peer = if arguments.no_peer { None } else { Some(servers::ministack().await?) };
    let mut targets = vec![freehold.target.clone()];
    targets.extend(peer.as_ref().map(|peer| peer.target.clone()));

    let listed = std::process::Command::new(&arguments.binary).args(["runtimes", "--json"]).output()?;
    let listed: Value = serde_json::from_slice(&listed.stdout)?;
    let python = newest(&listed, "python").ok_or("no Python on this host")?;
    let node = newest(&listed, "nodejs");

    let scratch = tempfile::tempdir()?;
    let sandboxes = match warden::Warden::start(warden::Options::new("freehold-bench", scratch.path())).await
    {
        Ok(warden) => Some(warden),
        Err(problem) => {
            eprintln!("skipped: the plain interpreter in a sandbox: {problem}");
            None
        }
    };

    let mut subjects = vec![Subject {
        setting: "Python",
        runtime: python.clone(),
        handler: "app.handler",
        file: "app.py",
        content: PYTHON.to_vec(),
        plain: interpreter(&listed, &python, "bin/python3").map(|program| {
            (program, vec!["-I".into(), "-S".into(), "-c".into(), "import os; os.write(3, b'x')".into()])
        }),
        peer: true,
    }];
    if let Some(node) = &node {
        subjects.push(Subject {
            setting: "Node.js",
            runtime: node.clone(),
            handler: "index.handler",
            file: "index.js",
            content: NODE.to_vec(),
            plain: interpreter(&listed, node, "bin/node")
                .map(|program| (program, vec!["-e".into(), "require('fs').writeSync(3, 'x')".into()])),
            peer: true,
        });
    }
    match std::fs::read(&arguments.rust_function) {
        Ok(content) => subjects.push(Subject {
            setting: "Rust (provided.al2023)",
            runtime: "provided.al2023".into(),
            handler: "bootstrap",
            file: "bootstrap",
            content,
            plain: None,
            peer: false,
        }),
        Err(problem) => {
            eprintln!("skipped: Rust cold starts: {}: {problem}", arguments.rust_function.display())
        }
    }

    for target in &targets {
        let mut client = Client::connect(target).await?;
        let role = client.role().await?;
        client.create("warm", &python, "app.handler", &role, &package("app.py", PYTHON, 0)?).await?;
    }
    let cold = cold::measure(&targets, sandboxes.as_ref(), &subjects, arguments.cold).await?;
    let mut with_floor = vec![servers::echo().await?];
    with_floor.extend(targets.clone());
    let warm = warm::measure(&with_floor, "warm", arguments.rounds, arguments.seconds).await?;

    std::fs::create_dir_all(&arguments.out)?;
    let text = format!("# Invoke\n\n{}{}", cold.markdown(), warm.markdown());
    print!("{text}");
    std::fs::write(arguments.out.join("invoke.md"), text)?;
    let json = serde_json::to_string_pretty(&[cold.json(), warm.json()])?;
    std::fs::write(arguments.out.join("invoke.json"), json + "\n")?;
    Ok(())
}

fn newest(listed: &Value, prefix: &str) -> Option<String> {
    let names = listed.as_array()?.iter().filter_map(|runtime| runtime["name"].as_str());
    let number = |name: &str| {
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or_default()
    };
    names.filter(|name| name.starts_with(prefix)).max_by_key(|name| number(name)).map(str::to_owned)
}

/// The interpreter of a listed runtime.
fn interpreter(listed: &Value, name: &str, program: &str) -> Option<PathBuf> {
    let runtime = listed.as_array()?.iter().find(|runtime| runtime["name"] == name)?;
    let dirs = runtime["dirs"].as_array()?.iter().filter_map(Value::as_str);
    let places = dirs.map(|dir| Path::new(dir).join(program)).chain([Path::new("/usr").join(program)]);
    places.into_iter().find(|path| path.exists())
}
