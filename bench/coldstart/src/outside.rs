//! Cold starts as a client sees them: signed HTTP requests to a server, for functions that were never used.

use std::path::Path;
use std::time::Duration;

use base::{Clock, SystemClock};
use bytes::Bytes;
use http::Method;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::stats::Samples;
use crate::subject::{PAYLOAD, Subject};
use bench_common::client::{self, Client, Failure};
use bench_common::servers::{self, Running};

/// Promised to functions, so that a thousand of them fit whatever the machine has: what they use is far less.
pub const MEMORY_TOTAL_MIB: &str = "1048576";
pub const MEMORY_MIB: u64 = 128;

/// A server that ends with this value.
pub struct Server {
    running: Running,
    role: String,
}

/// Latencies, and how many of those cold starts found something ready.
#[derive(Default)]
pub struct Burst {
    pub samples: Samples,
    pub hits: u64,
    pub misses: u64,
}

impl Server {
    pub async fn start(binary: &Path) -> Result<Server, Failure> {
        let arguments = ["--memory-total-mib", MEMORY_TOTAL_MIB, "--concurrency-limit", "2000"];
        let running = servers::freehold(binary, &arguments)?;
        let role = Client::connect(&running.target).await?.role().await?;
        Ok(Server { running, role })
    }

    /// At least `count` cold starts, `concurrency` at once.
    pub async fn measure(
        &self,
        subject: &Subject,
        concurrency: usize,
        count: usize,
    ) -> Result<Burst, Failure> {
        let mut sum = Burst::default();
        let mut round = 0;
        while sum.samples.len() < count {
            let prefix = format!("c{}-{concurrency}-{round}", letters(&subject.setting));
            let (took, hits, misses) = self.round(subject, &prefix, concurrency).await?;
            round += 1;
            // The first of a kind fills caches that every later one finds.
            if round > 1 {
                sum.samples.extend(took);
                sum.hits += hits;
                sum.misses += misses;
            }
        }
        Ok(sum)
    }

    /// So many functions, all invoked at once for the first time.
    pub async fn burst(&self, subject: &Subject, count: usize) -> Result<Burst, Failure> {
        let (took, hits, misses) =
            self.round(subject, &format!("b{}", letters(&subject.setting)), count).await?;
        let mut burst = Burst { hits, misses, ..Burst::default() };
        burst.samples.extend(took);
        Ok(burst)
    }

    async fn round(
        &self,
        subject: &Subject,
        prefix: &str,
        concurrency: usize,
    ) -> Result<(Vec<Duration>, u64, u64), Failure> {
        let names: Vec<String> = (0..concurrency).map(|number| format!("{prefix}-{number}")).collect();
        self.create(subject, &names).await?;
        self.quiet().await?;
        let before = self.takes().await?;
        let mut ready = Vec::new();
        for name in &names {
            let client = Client::connect(&self.running.target).await?;
            let request = client.invocation(name, PAYLOAD)?;
            ready.push((client, request));
        }
        let clock = SystemClock::new();
        let mut starts = JoinSet::new();
        for (mut client, request) in ready {
            starts.spawn(async move {
                let began = clock.monotonic();
                client.invoke(request).await?;
                Ok(clock.monotonic() - began)
            });
        }
        let took = starts.join_all().await.into_iter().collect::<Result<Vec<_>, Failure>>()?;
        let after = self.takes().await?;
        let mut client = Client::connect(&self.running.target).await?;
        for name in &names {
            client.lambda(Method::DELETE, &format!("/2015-03-31/functions/{name}"), &Value::Null).await?;
        }
        Ok((took, after.0 - before.0, after.1 - before.1))
    }

    /// Creates functions of different code, eight at a time.
    async fn create(&self, subject: &Subject, names: &[String]) -> Result<(), Failure> {
        let mut creations = JoinSet::new();
        for part in names.chunks(names.len().div_ceil(8)) {
            let (subject, names, target) = (subject.clone(), part.to_vec(), self.running.target.clone());
            let role = self.role.clone();
            creations.spawn(async move {
                let mut client = Client::connect(&target).await?;
                for name in names {
                    let zip = package(&subject, &name)?;
                    let runtime = &subject.runtime.name;
                    client.create(&name, runtime, subject.handler, &role, &zip, MEMORY_MIB).await?;
                }
                Ok(())
            });
        }
        creations.join_all().await.into_iter().collect()
    }

    /// Until pools are as full as they shall be.
    async fn quiet(&self) -> Result<(), Failure> {
        for _ in 0..6000 {
            let pools = self.pools().await?;
            let is_quiet = pools
                .iter()
                .all(|pool| pool["starting"] == 0 && pool["ready"].as_u64() >= pool["target"].as_u64());
            if is_quiet {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err("the pools do not fill".into())
    }

    /// Hits and misses of all pools since the server started.
    async fn takes(&self) -> Result<(u64, u64), Failure> {
        let pools = self.pools().await?;
        // What a cold start looks for first. Sandboxes for managed runtimes are the second choice.
        let is_first = |pool: &&Value| pool["content"] == "worker" || pool["runtime"] == "provided";
        let sum = |name: &str| pools.iter().filter(is_first).filter_map(|pool| pool[name].as_u64()).sum();
        Ok((sum("hits"), sum("misses")))
    }

    async fn pools(&self) -> Result<Vec<Value>, Failure> {
        let mut client = Client::connect(&self.running.target).await?;
        let path = "/_freehold/pools";
        let request = client.request("freehold", Method::GET, path, "application/json", Bytes::new())?;
        let (parts, body) = client.send(request).await?;
        if !parts.status.is_success() {
            return Err(format!("{path}: {} {}", parts.status, String::from_utf8_lossy(&body)).into());
        }
        let answer: Value = serde_json::from_slice(&body)?;
        Ok(answer["pools"].as_array().cloned().unwrap_or_default())
    }
}

/// The subject's files and one that makes the package different from every other.
fn package(subject: &Subject, name: &str) -> Result<Vec<u8>, Failure> {
    let files = subject.files.iter().map(|(file, content)| (file.as_str(), content.as_slice()));
    client::package(files.chain([("salt.txt", name.as_bytes())]))
}

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}
