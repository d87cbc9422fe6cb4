//! Whether gVisor works here is found out by using it once: what it needs of a host differs with its version, and
//! nothing that it runs must ever run beside it instead.

use std::os::fd::OwnedFd;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;

use crate::client::{Spawned, Warden, WardenError};
use crate::{Command, Listeners, SandboxSpec};

/// It takes a quarter of a second on an idle machine.
const PATIENCE: Duration = Duration::from_secs(60);
const VERSION: &str = "/proc/version";

/// Reads the kernel's version in a sandbox: it must be another kernel's than the host's.
pub async fn of_gvisor(warden: &Warden) -> Result<(), WardenError> {
    let failed = |what: String| WardenError::System(format!("gVisor (runsc) does not work here: {what}"));
    let sandbox = warden
        .create(SandboxSpec { runtime_dirs: Vec::new(), binds: Vec::new(), listeners: Listeners::default() })
        .await?;
    let command =
        Command { program: "/bin/cat".into(), args: vec![VERSION.into()], env: Vec::new(), cwd: "/".into() };
    let Spawned { control: _control, output, exit } = sandbox.spawn(command).await?;
    let run = async { (read(output).await, exit.await) };
    let Ok((said, exit)) = tokio::time::timeout(PATIENCE, run).await else {
        return Err(failed(format!("it did not start a program in {} s", PATIENCE.as_secs())));
    };
    sandbox.destroy().await?;
    let said = said.map_err(|e| failed(e.to_string()))?;
    if exit.ok().and_then(|exit| exit.code) != Some(0) {
        return Err(failed(said.trim().lines().next_back().unwrap_or("it ended without a word").into()));
    }
    let own = std::fs::read_to_string(VERSION).map_err(|e| failed(format!("{VERSION}: {e}")))?;
    if said.is_empty() || said == own {
        return Err(failed("what it runs sees the host's kernel".into()));
    }
    tracing::debug!(kernel = said.trim(), "gVisor works");
    Ok(())
}

async fn read(output: OwnedFd) -> std::io::Result<String> {
    let mut said = Vec::new();
    pipe::Receiver::from_owned_fd(output)?.read_to_end(&mut said).await?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}
