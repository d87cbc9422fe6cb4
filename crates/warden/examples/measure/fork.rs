//! Python workers that are forked from a zygote: into a sandbox, then from the decision for a function to its first
//! answer. Run from the repository's root, where the runtime clients are; `PYTHON` names another interpreter.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use base::{Clock, SystemClock};
use warden::{Assignment, Bind, ForkSpec, Listeners, SandboxSpec, Warden};

use crate::Table;

const CODE: &str = "def handler(event, context):\n    return {'statusCode': 200}\n";

pub async fn measure(warden: &Warden, assignment: &Assignment, rounds: usize) {
    let program = PathBuf::from(std::env::var("PYTHON").unwrap_or("/usr/bin/python3".into()));
    let clients = std::fs::canonicalize("runtimes");
    let Some(clients) = clients.ok().filter(|_| program.exists()) else {
        println!("forked Python workers: skipped, no {} or no ./runtimes", program.display());
        return;
    };
    let runtime_dirs = program.parent().and_then(|bin| bin.parent()).map(PathBuf::from).into_iter().collect();
    let binds = vec![Bind { source: clients, target: "/var/runtime".into() }];
    let spec = SandboxSpec { runtime_dirs, binds, listeners: Listeners::default() };
    let args = ["-u", "-s", "-B", "/var/runtime/python/zygote.py"].map(Into::into).to_vec();
    let env = vec![("LANG".into(), "C.UTF-8".into()), ("TZ".into(), ":UTC".into())];
    let zygote = ForkSpec { program, args, env, rehearse: true };
    let code = &assignment.binds[0].source;
    std::fs::write(code.join("main.py"), CODE).expect("the code can be written");

    let clock = SystemClock::new();
    let mut table = Table::default();
    for i in 0..rounds + 10 {
        let mut last = clock.monotonic();
        let mut laps = Vec::new();
        let mut lap = |step, last: &mut std::time::Duration| {
            let now = clock.monotonic();
            laps.push((step, (now - *last).as_secs_f64() * 1e6));
            *last = now;
        };
        let sandbox = warden.create(spec.clone()).await.expect("create");
        lap("1 create", &mut last);
        let spawned = sandbox.fork(zygote.clone()).await.expect("fork");
        lap("2 fork into, rehearse, examine", &mut last);
        let mut control = UnixStream::from(spawned.control);
        control.set_nonblocking(false).expect("fcntl");
        receive(&mut control);
        last = clock.monotonic();
        let decided = last;
        sandbox.assign(assignment.clone()).await.expect("assign");
        lap("3 assign", &mut last);
        let init = r#"{"handler": "main.handler", "taskRoot": "/var/task", "environment": {"A": "b"}, "logFormat": "Text", "logLevel": null}"#;
        send(&mut control, 1, init, "");
        receive(&mut control);
        lap("4 init", &mut last);
        let head = r#"{"requestId": "1", "deadlineMs": 0, "invokedFunctionArn": "arn"}"#;
        send(&mut control, 2, head, "{}");
        receive(&mut control);
        lap("5 first invocation", &mut last);
        lap("decision to first response", &mut decided.clone());
        send(&mut control, 2, head, "{}");
        receive(&mut control);
        last = clock.monotonic();
        sandbox.destroy().await.expect("destroy");
        lap("6 destroy", &mut last);
        if i >= 10 {
            laps.into_iter().for_each(|(step, time)| table.0.entry(step).or_default().push(time));
        }
    }
    table.print("Python workers forked from a zygote:");

    let start = clock.monotonic();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..rounds {
        if waiting.len() >= 8 {
            waiting.join_next().await;
        }
        let (warden, spec, zygote) = (warden.clone(), spec.clone(), zygote.clone());
        waiting.spawn(async move {
            let sandbox = warden.create(spec).await.expect("create");
            sandbox.fork(zygote).await.expect("fork");
            sandbox.destroy().await
        });
    }
    while waiting.join_next().await.is_some() {}
    let rate = rounds as f64 / (clock.monotonic() - start).as_secs_f64();
    println!("create, fork into and destroy, 8 at a time: {rate:.0} per second");
}

fn send(control: &mut UnixStream, kind: u8, head: &str, payload: &str) {
    let mut frame = ((5 + head.len() + payload.len()) as u32).to_be_bytes().to_vec();
    frame.push(kind);
    frame.extend((head.len() as u32).to_be_bytes());
    frame.extend(head.bytes().chain(payload.bytes()));
    control.write_all(&frame).expect("the worker reads");
}

fn receive(control: &mut UnixStream) {
    let mut length = [0; 4];
    control.read_exact(&mut length).expect("the worker answers");
    let mut rest = vec![0; u32::from_be_bytes(length) as usize];
    control.read_exact(&mut rest).expect("the worker answers");
}
