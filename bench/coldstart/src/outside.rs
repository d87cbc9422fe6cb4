//! Cold starts as a client sees them: signed HTTP requests to a server, for functions that were never used.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base::{Clock, SystemClock};
use bytes::Bytes;
use http::Method;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::client::{Client, Failure, Target};
use crate::stats::Samples;
use crate::subject::{PAYLOAD, Subject};

/// Promised to functions, so that a thousand of them fit whatever the machine has: what they use is far less.
pub const MEMORY_TOTAL_MIB: &str = "1048576";
pub const MEMORY_MIB: u64 = 128;

/// A server that ends with this value.
pub struct Server {
    process: Child,
    pub target: Target,
    role: String,
    _scratch: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Terminated first, so that it can take down what it started.
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        if told.is_err() {
            self.process.kill().ok();
        }
        self.process.wait().ok();
    }
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
        let scratch = tempfile::tempdir()?;
        // The server gives root's rights up, and its new user must be able to get to its data.
        std::fs::set_permissions(scratch.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
        let data_dir = scratch.path().join("data");
        let mut process = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--memory-total-mib", MEMORY_TOTAL_MIB])
            .args(["--concurrency-limit", "2000", "--data-dir"])
            .arg(&data_dir)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|problem| format!("{}: {problem}", binary.display()))?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("standard output was piped")?).read_line(&mut line)?;
        let access =
            std::fs::read(data_dir.join("access.json")).map_err(|_| format!("not ready: {line:?}"))?;
        let access: Value = serde_json::from_slice(&access)?;
        let field = |name: &str| access[name].as_str().unwrap_or_default().to_owned();
        let target = Target {
            name: "freehold",
            address: field("endpoint").trim_start_matches("http://").to_owned(),
            access_key_id: field("access_key_id"),
            secret_access_key: field("secret_access_key"),
        };
        let role = Client::connect(&target).await?.role().await?;
        Ok(Server { process, target, role, _scratch: scratch })
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
            let client = Client::connect(&self.target).await?;
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
        let mut client = Client::connect(&self.target).await?;
        for name in &names {
            client.lambda(Method::DELETE, &format!("/2015-03-31/functions/{name}"), &Value::Null).await?;
        }
        Ok((took, after.0 - before.0, after.1 - before.1))
    }

    /// Creates functions of different code, eight at a time.
    async fn create(&self, subject: &Subject, names: &[String]) -> Result<(), Failure> {
        let mut creations = JoinSet::new();
        for part in names.chunks(names.len().div_ceil(8)) {
            let (subject, names, target) = (subject.clone(), part.to_vec(), self.target.clone());
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
        let sum = |name: &str| pools.iter().filter_map(|pool| pool[name].as_u64()).sum();
        Ok((sum("hits"), sum("misses")))
    }

    async fn pools(&self) -> Result<Vec<Value>, Failure> {
        let mut client = Client::connect(&self.target).await?;
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
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().unix_permissions(0o755);
    let salt = ("salt.txt".to_owned(), name.as_bytes().to_vec());
    for (file, content) in subject.files.iter().chain([&salt]) {
        archive.start_file(file.as_str(), options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}
