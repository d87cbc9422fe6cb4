//! An Internet for tests: two network namespaces, one in the host's role, in which the warden works, and one with
//! everybody else, where this binary, run again, answers at all kinds of addresses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, UdpSocket};
use std::process::{Child, Command, Stdio};

const PEER_ARGUMENT: &str = "internet-peer";
/// Public; the peers' own and others that are "routed" to them; then what must not be reachable.
pub const PUBLIC: [&str; 2] = ["5.5.5.1", "1.2.3.4"];
pub const CLOSED: [&str; 6] =
    ["10.9.9.9", "172.20.1.1", "192.168.7.7", "100.64.1.1", "169.254.169.254", "192.0.2.1"];
pub const HOST: &str = "5.5.5.2";
const TCP_PORTS: [u16; 3] = [8080, 5432, 25];
pub const UDP_PORT: u16 = 9999;

/// The peer's process: says where each connection comes from, and prints each datagram.
pub fn peer_main_if_asked() {
    if std::env::args().nth(1).is_none_or(|a| a != PEER_ARGUMENT) {
        return;
    }
    for port in TCP_PORTS {
        let listener = TcpListener::bind(("0.0.0.0", port)).unwrap();
        std::thread::Builder::new()
            .spawn(move || {
                let mut kept = Vec::new();
                for mut stream in listener.incoming().flatten() {
                    let from = stream.peer_addr().unwrap().ip();
                    let _ = writeln!(stream, "from {from}");
                    kept.push(stream);
                }
            })
            .unwrap();
    }
    let socket = UdpSocket::bind(("0.0.0.0", UDP_PORT)).unwrap();
    println!("ready");
    let mut buffer = [0; 1500];
    loop {
        let (n, from) = socket.recv_from(&mut buffer).unwrap();
        println!("{} {}", from.ip(), String::from_utf8_lossy(&buffer[..n]).trim());
    }
}

pub struct Internet {
    pub host: String,
    others: String,
    peers: Vec<Child>,
    /// What the others receive by datagram.
    pub datagrams: BufReader<std::process::ChildStdout>,
}

/// What is missing for these tests, if anything.
pub fn missing() -> Option<&'static str> {
    let works = |program: &str, argument: &str| {
        Command::new(program)
            .arg(argument)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    [("ip", "-V"), ("nft", "-v"), ("nsenter", "-V")].into_iter().find(|(p, a)| !works(p, a)).map(|(p, _)| p)
}

impl Internet {
    /// `name` is unique among the tests of this machine.
    pub fn new(name: &str) -> Internet {
        let (host, others) = (format!("{name}-h"), format!("{name}-o"));
        for namespace in [&host, &others] {
            run("ip", &["netns", "add", namespace]);
            run("ip", &["-n", namespace, "link", "set", "lo", "up"]);
        }
        run(
            "ip",
            &["-n", &host, "link", "add", "wan0", "type", "veth", "peer", "name", "wan0", "netns", &others],
        );
        run("ip", &["-n", &host, "addr", "add", &format!("{HOST}/24"), "dev", "wan0"]);
        run("ip", &["-n", &others, "addr", "add", &format!("{}/24", PUBLIC[0]), "dev", "wan0"]);
        for namespace in [&host, &others] {
            run("ip", &["-n", namespace, "link", "set", "wan0", "up"]);
        }
        run("ip", &["-n", &host, "route", "add", "default", "via", PUBLIC[0]]);
        for address in PUBLIC[1..].iter().chain(&CLOSED) {
            run("ip", &["-n", &others, "addr", "add", &format!("{address}/32"), "dev", "lo"]);
        }
        let (host_peer, _) = peer(&host);
        let (other_peer, datagrams) = peer(&others);
        Internet { host, others, peers: vec![host_peer, other_peer], datagrams }
    }

    pub fn next_datagram(&mut self) -> String {
        let mut line = String::new();
        self.datagrams.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    /// What a command prints in the host's role.
    pub fn on_host(&self, program: &str, args: &[&str]) -> String {
        let output =
            Command::new("ip").args(["netns", "exec", &self.host, program]).args(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Internet {
    fn drop(&mut self) {
        for peer in &mut self.peers {
            let _ = peer.kill();
            let _ = peer.wait();
        }
        for namespace in [&self.host, &self.others] {
            let _ = Command::new("ip").args(["netns", "del", namespace]).status();
        }
    }
}

fn peer(namespace: &str) -> (Child, BufReader<std::process::ChildStdout>) {
    let own = std::env::current_exe().unwrap();
    let mut child = Command::new("ip")
        .args(["netns", "exec", namespace])
        .arg(own)
        .arg(PEER_ARGUMENT)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut ready = String::new();
    lines.read_line(&mut ready).unwrap();
    assert_eq!(ready, "ready\n");
    (child, lines)
}

pub fn run(program: &str, args: &[&str]) {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A resolver on loopback, for UDP and TCP, that knows one address for every name; its address.
pub fn resolver(answer: [u8; 4]) -> std::net::SocketAddr {
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = udp.local_addr().unwrap();
    let tcp = TcpListener::bind(address).unwrap();
    let spawn = |work: Box<dyn FnOnce() + Send>| drop(std::thread::Builder::new().spawn(work).unwrap());
    spawn(Box::new(move || {
        let mut buffer = [0; 1500];
        while let Ok((n, from)) = udp.recv_from(&mut buffer) {
            let _ = udp.send_to(&reply(&buffer[..n], answer), from);
        }
    }));
    spawn(Box::new(move || {
        for mut stream in tcp.incoming().flatten() {
            let mut length = [0; 2];
            if stream.read_exact(&mut length).is_err() {
                continue;
            }
            let mut query = vec![0; u16::from_be_bytes(length).into()];
            stream.read_exact(&mut query).unwrap();
            let reply = reply(&query, answer);
            stream.write_all(&(reply.len() as u16).to_be_bytes()).unwrap();
            stream.write_all(&reply).unwrap();
        }
    }));
    address
}

/// Header and question of the query; an address if one was asked for (kind 1), else nothing.
fn reply(query: &[u8], address: [u8; 4]) -> Vec<u8> {
    let mut end = 12;
    while query[end] != 0 {
        end += usize::from(query[end]) + 1;
    }
    end += 5;
    let wants_address = query[end - 3] == 1;
    let mut reply = query[..end].to_vec();
    reply[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, u8::from(wants_address), 0, 0, 0, 0]);
    if wants_address {
        reply.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        reply.extend(address);
    }
    reply
}
