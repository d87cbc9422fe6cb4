//! The contenders' processes: Freehold, the peer from PyPI, and a bare hyper echo in this process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use crate::client::{Failure, Target};

/// The peer's version; a later one may be faster or slower.
const MINISTACK: &str = "ministack==1.4.21";

/// A server that ends with this value.
pub struct Running {
    process: Child,
    pub target: Target,
    _scratch: tempfile::TempDir,
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Terminated first, so that it can take down what it started.
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        if told.is_err() {
            self.process.kill().ok();
        }
        self.process.wait().ok();
    }
}

/// Starts `serve` on a scratch directory, with further arguments.
pub fn freehold(binary: &Path, arguments: &[&str]) -> Result<Running, Failure> {
    let scratch = tempfile::tempdir()?;
    // The server gives root's rights up, and its new user must be able to get to its data.
    std::fs::set_permissions(scratch.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
    let data_dir = scratch.path().join("data");
    let mut command = Command::new(binary);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(&data_dir).args(arguments);
    let mut process = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|problem| format!("{}: {problem}", binary.display()))?;
    let mut line = String::new();
    BufReader::new(process.stdout.take().ok_or("standard output was piped")?).read_line(&mut line)?;
    let access = std::fs::read(data_dir.join("access.json")).map_err(|_| format!("not ready: {line:?}"))?;
    let access: serde_json::Value = serde_json::from_slice(&access)?;
    let field = |name: &str| access[name].as_str().unwrap_or_default().to_owned();
    let target = Target {
        name: "freehold",
        address: field("endpoint").trim_start_matches("http://").to_owned(),
        access_key_id: field("access_key_id"),
        secret_access_key: field("secret_access_key"),
    };
    Ok(Running { process, target, _scratch: scratch })
}

/// Installs the peer into a virtual environment below `target/` if need be, and starts it.
pub async fn ministack() -> Result<Running, Failure> {
    let home = PathBuf::from("target/bench/venv");
    let program = home.join("bin/ministack");
    if !program.exists() {
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
        succeed(Command::new(home.join("bin/pip")).args(["install", "--quiet", MINISTACK]))?;
    }
    let program = program.canonicalize()?;
    let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
    let scratch = tempfile::tempdir()?;
    let process = Command::new(program)
        .current_dir(scratch.path())
        .env("BIND_HOST", "127.0.0.1")
        .env("GATEWAY_PORT", port.to_string())
        .env("LAMBDA_STATE_TRANSITION_SECONDS", "0")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let address = format!("127.0.0.1:{port}");
    let target =
        Target { name: "ministack", address, access_key_id: "test".into(), secret_access_key: "test".into() };
    let running = Running { process, target, _scratch: scratch };
    for _ in 0..300 {
        if TcpStream::connect(&running.target.address).await.is_ok() {
            return Ok(running);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("ministack does not listen after 30 s".into())
}

fn succeed(command: &mut Command) -> Result<(), Failure> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}

/// The floor: hyper answering each request with its body.
pub async fn echo() -> Result<Target, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if stream.set_nodelay(true).is_err() {
                continue;
            }
            tokio::spawn(async move {
                let answer = service_fn(|request: http::Request<hyper::body::Incoming>| async move {
                    let body = request.into_body().collect().await?.to_bytes();
                    Ok::<_, hyper::Error>(http::Response::new(Full::<Bytes>::new(body)))
                });
                // A client that hangs up ends its connection; nothing to report.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer)
                    .await;
            });
        }
    });
    Ok(Target { name: "hyper echo", address, access_key_id: "x".into(), secret_access_key: "x".into() })
}
