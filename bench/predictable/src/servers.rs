//! The server's process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::client::{Failure, Target};

/// A server that ends with this value.
pub struct Running {
    process: Child,
    pub target: Target,
    _scratch: tempfile::TempDir,
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

pub fn freehold(binary: &Path) -> Result<Running, Failure> {
    let scratch = tempfile::tempdir()?;
    let data_dir = scratch.path().join("data");
    let mut command = Command::new(binary);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(&data_dir);
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
