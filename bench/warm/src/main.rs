//! Warm invocations of a Python and a Node.js function over HTTP at 1, 16 and 64 clients, beside a bare hyper echo and
//! a peer in the same run: latency, throughput, and CPU time per invocation. Prints a table and writes it to
//! `bench/results/`.
#![forbid(unsafe_code)]

mod cpu;
mod load;
mod stats;

use std::path::PathBuf;

use bench_common::client::{Client, Failure, package};
use bench_common::servers;
use clap::Parser;
use serde_json::Value;

use load::Contender;

#[derive(Parser)]
struct Arguments {
    /// The release binary
    #[arg(long, default_value = "target/release/freehold")]
    binary: PathBuf,
    /// Rounds of each contender per number of clients
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Seconds of one round
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Numbers of clients
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    clients: Vec<usize>,
    /// Memory of the functions, in MiB. 1,769 comes with a whole core; less comes with less, and a function that has
    /// used up its share of a core's time waits for the next period: that is the limit at work, not the platform
    #[arg(long, default_value_t = 1769)]
    memory: u64,
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
    let arguments = Arguments::parse();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(arguments))
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let freehold = servers::freehold(&arguments.binary, &[])?;
    let peer = if arguments.no_peer { None } else { Some(servers::ministack().await?) };
    let listed = std::process::Command::new(&arguments.binary).args(["runtimes", "--json"]).output()?;
    let listed: Value = serde_json::from_slice(&listed.stdout)?;
    let python = newest(&listed, "python").ok_or("no Python on this host")?;
    let node = newest(&listed, "nodejs");

    let mut contenders = vec![Contender {
        name: "hyper echo".into(),
        target: servers::echo().await?,
        function: "any".into(),
        process: None,
    }];
    for running in std::iter::once(&freehold).chain(&peer) {
        let mut client = Client::connect(&running.target).await?;
        let role = client.role().await?;
        let mut functions = vec![("Python", python.clone(), "app.handler", package([("app.py", PYTHON)])?)];
        match &node {
            Some(node) => {
                functions.push(("Node.js", node.clone(), "index.handler", package([("index.js", NODE)])?))
            }
            None => eprintln!("skipped: Node.js: it is not on this host"),
        }
        for (language, runtime, handler, zip) in functions {
            let function = format!("warm-{}", language.replace('.', ""));
            client.create(&function, &runtime, handler, &role, &zip, arguments.memory).await?;
            contenders.push(Contender {
                name: format!("{} {language}", running.target.name),
                target: running.target.clone(),
                function,
                process: Some(running.pid()),
            });
        }
    }
    let table = load::measure(&contenders, &arguments.clients, arguments.rounds, arguments.seconds).await?;

    std::fs::create_dir_all(&arguments.out)?;
    let text = format!(
        "# Warm\n\nFunctions of {} MiB. {}\n\n{}",
        arguments.memory,
        cpu::machine(),
        table.markdown()
    );
    print!("{text}");
    std::fs::write(arguments.out.join("warm.md"), text)?;
    let json = serde_json::to_string_pretty(&table.json())?;
    std::fs::write(arguments.out.join("warm.json"), json + "\n")?;
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
