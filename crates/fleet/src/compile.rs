//! Compiling a package ahead of its first use: by a function of our own, in a sandbox of its own that sees the package
//! read-only and runs nothing of it. What the compiler says is data; whoever stores it decides where it may go.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base::{BoxFuture, ByteSize, RequestId};
use base64::Engine;
use bytes::Bytes;
use serde::Deserialize;

use crate::{
    Environment, Fleet, FunctionSpec, Invocation, LogLine, Observer, Outcome, Phase, Quota, Runtime,
    RuntimeKind, Secrets,
};

/// Where the package is inside; the compilers know.
const PACKAGE_INSIDE: &str = "/var/lang";
/// Bytes of compiled code per package at most; what is beyond is compiled when it is used, as ever.
const COMPILED_BYTES_MAX: usize = 64 << 20;
/// Smaller files of JavaScript gain less than reading the cache costs.
const SCRIPT_BYTES_MIN: usize = 32 << 10;
const MEMORY: ByteSize = ByteSize::mib(1024);
const TIMEOUT: Duration = Duration::from_secs(60);

/// One compiled file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// Relative, as the compiler gives it: not to be trusted.
    pub path: String,
    pub data: Vec<u8>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    path: String,
    #[serde(borrow)]
    data: &'a str,
}

impl Fleet {
    /// Compiles the package in `code` for this runtime: Python's bytecode with paths below the package, Node.js's code
    /// caches with the paths of their files and `.v8`. Nothing for other runtimes. Takes seconds for large packages.
    ///
    /// # Errors
    /// A text when there is no sandbox to be had, or the compiler fails; the package works without.
    pub async fn compile(&self, runtime: &Arc<Runtime>, code: &Path) -> Result<Vec<Compiled>, String> {
        let (client, handler) = match &runtime.kind {
            RuntimeKind::Python { .. } => ("python", "compiler.handler"),
            RuntimeKind::Node { .. } => ("nodejs", "compiler.handler"),
            _ => return Ok(Vec::new()),
        };
        let event = serde_json::json!({ "bytesMax": COMPILED_BYTES_MAX, "fileBytesMin": SCRIPT_BYTES_MIN });
        let own = self.inner().context.clients.join(client);
        let mounts = vec![(code.to_owned(), PACKAGE_INSIDE.into())];
        // Base64 and the paths.
        let answer = self.run_own(runtime, handler, own, mounts, &event, COMPILED_BYTES_MAX * 2).await?;
        decode(&answer).map_err(|error| format!("the compiler's answer is not understood: {error}"))
    }

    /// Runs a function of our own once, in a sandbox made for it: the directory `code`, and what `mounts` show.
    ///
    /// # Errors
    /// A text when there is no sandbox to be had, or the function fails.
    pub(crate) async fn run_own(
        &self,
        runtime: &Arc<Runtime>,
        handler: &str,
        code: PathBuf,
        mounts: Vec<(PathBuf, PathBuf)>,
        event: &serde_json::Value,
        bytes_max: usize,
    ) -> Result<Bytes, String> {
        let context = &self.inner().context;
        // A name that is never used again: nothing of one package's compiler may live to see another package.
        let key = format!("freehold/compile/{}", RequestId::new(&*context.entropy));
        let function = Arc::new(FunctionSpec {
            key: key.clone(),
            group: "freehold/compile".into(),
            group_quota: Quota::new(u32::MAX),
            function: key.clone(),
            function_limit: None,
            runtime: Arc::clone(runtime),
            handler: handler.into(),
            code,
            image: None,
            mounts,
            // The loader must not look for libraries in the package.
            environment: vec![("LD_LIBRARY_PATH".into(), String::new())],
            secrets: Arc::new(NoSecrets),
            memory: MEMORY,
            tmp: ByteSize::mib(512),
            timeout: TIMEOUT,
            log_json: false,
            log_level: None,
            snap_start: false,
        });
        let invocation = Invocation {
            request_id: RequestId::new(&*context.entropy),
            payload: Bytes::from(event.to_string()),
            invoked_arn: String::new(),
            trace_id: String::new(),
            client_context: None,
            identity: None,
            tenant: None,
            streaming: false,
            response_bytes_max: bytes_max,
            observer: Arc::new(Debug),
        };
        let running = self.invoke(function, invocation).await.map_err(|error| error.to_string())?;
        let ended = running.outcome.await;
        self.retire(&key);
        let (outcome, _) = ended.map_err(|_| "the compiler was lost".to_owned())?;
        match outcome {
            Outcome::Success(answer) => Ok(answer),
            other => Err(format!("the compiler failed: {other:?}")),
        }
    }
}

fn decode(answer: &[u8]) -> Result<Vec<Compiled>, String> {
    let answers: Vec<Answer<'_>> = serde_json::from_slice(answer).map_err(|error| error.to_string())?;
    let decode = |answer: Answer<'_>| {
        let data = base64::engine::general_purpose::STANDARD
            .decode(answer.data)
            .map_err(|error| error.to_string())?;
        Ok(Compiled { path: answer.path, data })
    };
    answers.into_iter().map(decode).collect()
}

struct NoSecrets;

impl Secrets for NoSecrets {
    fn environment<'a>(&'a self, _: &'a Environment) -> BoxFuture<'a, Result<Vec<(String, String)>, String>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// What the compiler prints is of interest to us alone.
struct Debug;

impl Observer for Debug {
    fn log(&self, _: &Environment, line: LogLine) {
        tracing::debug!(line = line.text, "compiler");
    }
    fn phase(&self, _: &Environment, _: Phase) {}
}
