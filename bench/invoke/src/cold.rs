//! Cold starts: the first invocation of code that was never run, per runtime, beside the plain interpreter started in
//! the same kind of sandbox, and the peer.

use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use base::{ByteSize, Clock, SystemClock};
use tokio::io::AsyncReadExt;
use warden::{Assignment, Command, Listeners, SandboxSpec, Warden};

use crate::client::{Client, Failure, Target, package};
use crate::stats::{Row, Samples, Table};
use crate::warm::PAYLOAD;

/// One runtime's function.
pub struct Subject {
    pub setting: &'static str,
    pub runtime: String,
    pub handler: &'static str,
    pub file: &'static str,
    pub content: Vec<u8>,
    /// Interpreter and its arguments for the floor: writes one byte to descriptor 3.
    pub plain: Option<(PathBuf, Vec<String>)>,
    /// The peer can run it.
    pub peer: bool,
}

pub async fn measure(
    targets: &[Target],
    warden: Option<&Warden>,
    subjects: &[Subject],
    runs: usize,
) -> Result<Table, Failure> {
    let clock = SystemClock::new();
    let mut rows = Vec::new();
    for subject in subjects {
        let mut contenders = Vec::new();
        for target in targets.iter().filter(|target| subject.peer || target.name == "freehold") {
            let mut client = Client::connect(target).await?;
            let role = client.role().await.unwrap_or_else(|_| "arn:aws:iam::000000000000:role/bench".into());
            let letters = subject.setting.chars().filter(char::is_ascii_alphanumeric);
            let name = format!("cold-{}", letters.collect::<String>());
            let zip = package(subject.file, &subject.content, 0)?;
            client.create(&name, &subject.runtime, subject.handler, &role, &zip).await?;
            contenders.push((client, name, Samples::default()));
        }
        let mut floor = Samples::default();
        for run in 1..=runs {
            for (client, name, samples) in &mut contenders {
                client.update(name, &package(subject.file, &subject.content, run)?).await?;
                let request = client.invocation(name, PAYLOAD)?;
                let sent = clock.monotonic();
                client.invoke(request).await?;
                samples.push(clock.monotonic() - sent);
            }
            if let (Some(warden), Some((program, args))) = (warden, &subject.plain) {
                floor.push(plain(warden, program, args, &clock).await?);
            }
        }
        for (client, _, samples) in contenders {
            rows.push(Row { setting: subject.setting.into(), contender: client.target.name.into(), samples });
        }
        if floor.len() > 0 {
            rows.push(Row {
                setting: subject.setting.into(),
                contender: "plain interpreter in a sandbox".into(),
                samples: floor,
            });
        }
    }
    Ok(Table {
        title: "Cold start".into(),
        note: "First invocation after an update of the code, measured at the client: request, new environment, import of \
               the handler, answer. The plain interpreter is started in a new sandbox of the same kind and writes one byte."
            .into(),
        baseline: "freehold",
        rows,
    })
}

/// From the decision to the interpreter's first byte, in a sandbox made for it.
async fn plain(
    warden: &Warden,
    program: &Path,
    args: &[String],
    clock: &SystemClock,
) -> Result<std::time::Duration, Failure> {
    let begin = clock.monotonic();
    let runtime_dirs = match program.ancestors().nth(2) {
        Some(prefix) if !prefix.starts_with("/usr") => vec![prefix.to_owned()],
        _ => Vec::new(),
    };
    let sandbox = warden
        .create(SandboxSpec { runtime_dirs, binds: Vec::new(), listeners: Listeners::default() })
        .await?;
    let assignment = Assignment {
        binds: Vec::new(),
        tmp: ByteSize::mib(512),
        memory_max: ByteSize::mib(256),
        cpu_millis: 1000,
        pids_max: 1024,
        egress: warden::Egress::None,
    };
    sandbox.assign(assignment).await?;
    let command =
        Command { program: program.to_owned(), args: args.to_vec(), env: Vec::new(), cwd: "/".into() };
    let spawned = sandbox.spawn(command).await?;
    first_byte(spawned.control).await?;
    let took = clock.monotonic() - begin;
    sandbox.destroy().await?;
    Ok(took)
}

async fn first_byte(control: OwnedFd) -> Result<(), Failure> {
    debug_assert!(control.as_raw_fd() > 2);
    let stream = std::os::unix::net::UnixStream::from(control);
    stream.set_nonblocking(true)?;
    let mut byte = [0];
    tokio::net::UnixStream::from_std(stream)?.read_exact(&mut byte).await?;
    Ok(())
}
