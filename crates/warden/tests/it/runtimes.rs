//! The languages that functions are written in run under the filter, with threads, child processes and sockets.

use std::path::{Path, PathBuf};

use warden::{Listeners, SandboxSpec};

use crate::harness::*;

crate::tests![python_runs, python_outside_the_system_directories_runs, node_runs, java_runs, rust_runs];

const PYTHON: &str = r#"
import asyncio, hashlib, json, multiprocessing, os, sqlite3, ssl, subprocess, tempfile, threading
thread = threading.Thread(target=lambda: print("thread")); thread.start(); thread.join()
print(subprocess.run(["echo", "child"], capture_output=True, text=True).stdout.strip())
with multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, -2]))
async def echo():
    async def serve(reader, writer):
        writer.write(await reader.readline()); await writer.drain(); writer.close()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"socket\n")
    print((await reader.readline()).decode().strip())
asyncio.run(echo())
db = sqlite3.connect("/tmp/x.db"); db.execute("create table t(a)"); db.commit(); print("sqlite")
print(len(ssl.create_default_context().get_ca_certs()) > 0, len(os.urandom(8)), os.cpu_count() > 0)
"#;
const PYTHON_SAYS: &str = "thread\nchild\n[1, 2]\nsocket\nsqlite\nTrue 8 True\n";

async fn check(program: &str, args: &[&str], runtime_dirs: Vec<PathBuf>, file: (&str, &str), expected: &str) {
    if !Path::new(program).exists() {
        println!("skipped: {program} is not installed");
        return;
    }
    let world = World::new().await;
    let sandbox = world
        .warden
        .create(SandboxSpec { runtime_dirs, binds: Vec::new(), listeners: Listeners::default() })
        .await
        .unwrap();
    let mut assignment = world.assignment(&[file]);
    assignment.memory_max = base::ByteSize::mib(512);
    assignment.pids_max = 1024;
    sandbox.assign(assignment).await.unwrap();
    let (exit, out) = finish(sandbox.spawn(command(program, args)).await.unwrap()).await;
    assert_eq!((exit.code, out.as_str()), (Some(0), expected));
}

async fn python_runs() {
    check("/usr/bin/python3", &["main.py"], vec![], ("main.py", PYTHON), PYTHON_SAYS).await;
}

async fn python_outside_the_system_directories_runs() {
    // Below a home directory that nobody but its owner may enter, as version managers put them.
    let home = PathBuf::from(std::env::var("HOME").unwrap_or_default());
    let versions = std::fs::read_dir(home.join(".pyenv/versions")).into_iter().flatten().flatten();
    // The libraries of some are too old for the script.
    let found = versions.map(|e| e.path()).filter(|p| p.join("bin/python3.12").exists()).max();
    let Some(dir) = found else {
        println!("skipped: no Python 3.12 of pyenv");
        return;
    };
    let program = dir.join("bin/python3.12");
    check(program.to_str().unwrap(), &["main.py"], vec![dir], ("main.py", PYTHON), PYTHON_SAYS).await;
}

async fn node_runs() {
    let script = r#"
const { Worker } = require("worker_threads"); const { execSync } = require("child_process");
const net = require("net"), fs = require("fs"), crypto = require("crypto");
console.log(execSync("echo child").toString().trim());
new Worker("console.log('worker')", { eval: true }).on("exit", () => {
  fs.writeFileSync("/tmp/f", "x"); fs.writeFileSync("/dev/stdout", "file\n");
  const server = net.createServer(s => s.end("socket")).listen(0, "127.0.0.1", () =>
    net.connect(server.address().port, "127.0.0.1").on("data", d => {
      console.log(d.toString(), crypto.randomBytes(4).length); server.close();
    }));
});
"#;
    check("/usr/bin/node", &["main.js"], vec![], ("main.js", script), "child\nworker\nfile\nsocket 4\n")
        .await;
}

async fn java_runs() {
    let script = r#"
import java.util.concurrent.*; import java.net.*; import java.nio.file.*;
public class Main { public static void main(String[] a) throws Exception {
  var pool = Executors.newFixedThreadPool(4);
  System.out.println(pool.submit(() -> "thread").get()); pool.shutdown();
  Files.writeString(Path.of("/tmp/f"), "x");
  var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  var client = new Socket(server.getInetAddress(), server.getLocalPort());
  server.accept().close();
  System.out.println("socket " + client.getInputStream().read());
  var child = new ProcessBuilder("echo", "child").start();
  System.out.println(new String(child.getInputStream().readAllBytes()).trim());
  System.out.println(java.security.SecureRandom.getInstanceStrong().getAlgorithm() != null);
} }
"#;
    // /usr/bin/java goes through /etc/alternatives.
    check("/usr/bin/java", &["Main.java"], vec![], ("Main.java", script), "thread\nsocket -1\nchild\ntrue\n")
        .await;
}

/// This very binary, which prints its tests, and so shows that Rust's standard library works inside.
async fn rust_runs() {
    let exe = std::env::current_exe().unwrap();
    let dir = tempfile::tempdir().unwrap();
    open_to_all(dir.path());
    std::fs::copy(&exe, dir.path().join("program")).unwrap();
    let world = World::new().await;
    let sandbox = world.empty().await;
    let mut assignment = world.assignment(&[]);
    assignment.binds[0].source = dir.path().into();
    sandbox.assign(assignment).await.unwrap();
    let (exit, out) =
        finish(sandbox.spawn(command("/var/task/program", &["--list", "rust_runs"])).await.unwrap()).await;
    assert_eq!((exit.code, out.as_str()), (Some(0), "it::runtimes::rust_runs: test\n"));
}
