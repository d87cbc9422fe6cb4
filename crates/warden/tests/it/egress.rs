//! The way out: what it opens, what stays closed, and that nothing of it remains.

use std::ffi::OsString;

use warden::{Assignment, Egress, EgressMode, EgressOptions, Options, Sandbox, Warden, WardenError};

use crate::harness::*;
use crate::internet::{self, CLOSED, HOST, Internet, PUBLIC, UDP_PORT};

crate::tests![
    the_internet_is_reached_and_nothing_else,
    without_it_nothing_is_reached,
    what_is_opened_is_open,
    sandboxes_do_not_reach_each_other,
    a_false_source_is_dropped,
    names_are_looked_up,
    connections_are_limited,
    it_is_refused_where_it_was_not_prepared,
    nothing_remains,
    a_killed_warden_leaves_no_link,
];

struct Net {
    internet: Internet,
    world: World,
}

impl Net {
    async fn new(open: &[&str]) -> Option<Net> {
        Self::with(EgressOptions {
            mode: EgressMode::Required,
            open: open.iter().map(|d| d.parse().unwrap()).collect(),
            close: Vec::new(),
            resolvers: vec![internet::resolver([1, 2, 3, 4])],
        })
        .await
    }

    async fn with(egress: EgressOptions) -> Option<Net> {
        if let Some(missing) = internet::missing() {
            println!("skipped: no {missing}");
            return None;
        }
        let dir = tempfile::tempdir().unwrap();
        let mut options = options(dir.path());
        let internet = Internet::new(&options.instance);
        options.egress = egress;
        let warden = Warden::start(on(&internet, options)).await.unwrap();
        Some(Net { internet, world: World { warden, dir } })
    }

    fn assignment(&self) -> Assignment {
        Assignment { egress: Egress::Internet, ..self.world.assignment(&[]) }
    }

    async fn sandbox(&self) -> Sandbox {
        let sandbox = self.world.empty().await;
        sandbox.assign(self.assignment()).await.unwrap();
        sandbox
    }

    /// What a script prints in a sandbox with a way out.
    async fn out(&self, script: &str) -> String {
        let sandbox = self.sandbox().await;
        let (_, out) = sh_in(&sandbox, script).await;
        sandbox.destroy().await.unwrap();
        out
    }

    /// The first process of the only sandbox.
    fn pid(&self) -> String {
        self.world.children_of_warden()[0].to_string()
    }
}

/// The warden works in the host's role.
fn on(internet: &Internet, mut options: Options) -> Options {
    let own = std::env::current_exe().unwrap();
    let mut args: Vec<OsString> = vec![format!("--net=/run/netns/{}", internet.host).into(), own.into()];
    args.append(&mut options.args);
    Options { executable: "nsenter".into(), args, ..options }
}

/// A shell function `reach ADDRESS PORT`: what the peer says, or the error.
const REACH: &str = r#"reach() { timeout 10 bash -c "exec 3<>/dev/tcp/$1/$2 && head -n 1 <&3" 2>&1 | tail -n 1; }
"#;

async fn the_internet_is_reached_and_nothing_else() {
    let Some(net) = Net::new(&[]).await else { return };
    // Translated to the host's address.
    for address in PUBLIC {
        assert_eq!(
            net.out(&format!("{REACH}reach {address} 8080")).await,
            format!("from {HOST}\n"),
            "{address}"
        );
    }
    // The host by its public address, by its end of our link, and by the gateway that all sandboxes share.
    let link = net.internet.on_host("ip", &["-o", "-4", "addr", "show"]);
    let link = link.split_whitespace().find(|word| word.starts_with("198.19.")).unwrap().replace("/31", "");
    for address in CLOSED.iter().copied().chain([HOST, &link, "198.18.0.1"]) {
        let said = net.out(&format!("{REACH}reach {address} 8080")).await;
        assert!(!said.contains("from"), "{address}: {said}");
    }
    // Mail, as on AWS.
    let said = net.out(&format!("{REACH}reach {} 25", PUBLIC[1])).await;
    assert!(!said.contains("from"), "{said}");
    // That peer does answer those that may ask: the check above can fail.
    let said = net.internet.on_host("bash", &["-c", &format!("{REACH}reach {} 8080", CLOSED[4])]);
    assert_eq!(said, format!("from {HOST}\n"));
    // IPv6 exists on loopback only.
    assert_eq!(
        net.out("cat /proc/net/if_inet6 | awk '{print $6}'; cat /proc/net/ipv6_route | grep -c eth0").await,
        "lo\n0\n"
    );
}

async fn without_it_nothing_is_reached() {
    let Some(net) = Net::new(&[]).await else { return };
    let sandbox = net.world.assigned(&[]).await;
    let (_, out) = sh_in(&sandbox, &format!("{REACH}reach {} 8080; getent hosts a.test || echo none; ls /sys/class/net 2>/dev/null; tail -n +3 /proc/net/dev | cut -d: -f1", PUBLIC[1])).await;
    assert!(out.contains("Network is unreachable"), "{out}");
    let rest: Vec<_> = out.lines().skip(1).map(str::trim).collect();
    assert!(rest.starts_with(&["none"]) && !rest.contains(&"eth0"), "{out}");
    sandbox.destroy().await.unwrap();
}

async fn what_is_opened_is_open() {
    let Some(net) = Net::new(&["10.9.9.0/24", "192.168.7.7:5432", &format!("{HOST}:8080")]).await else {
        return;
    };
    let reach = async |address: &str, port: u16| net.out(&format!("{REACH}reach {address} {port}")).await;
    assert_eq!(reach("10.9.9.9", 8080).await, format!("from {HOST}\n"));
    assert_eq!(reach("192.168.7.7", 5432).await, format!("from {HOST}\n"));
    assert!(reach(HOST, 8080).await.starts_with("from 198.19."));
    // Other ports and other addresses stay closed.
    for (address, port) in [("192.168.7.7", 8080), (HOST, 5432), ("172.20.1.1", 8080)] {
        let said = reach(address, port).await;
        assert!(!said.contains("from"), "{address}:{port}: {said}");
    }
}

async fn sandboxes_do_not_reach_each_other() {
    let Some(net) = Net::new(&["0.0.0.0/0"]).await else { return };
    let server = net.sandbox().await;
    let listen = "import socket; s = socket.create_server(('0.0.0.0', 8080)); print('listening', flush=True); s.accept(); print('REACHED', flush=True)";
    let spawned = server.spawn(command("/usr/bin/python3", &["-c", listen])).await.unwrap();
    let mut output = std::io::BufReader::new(blocking_pipe(&spawned.output));
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    assert_eq!(line, "listening\n");
    // The first sandbox has the first address. Not even opening everything opens the way to it.
    let said = net.out(&format!("{REACH}reach 198.18.0.2 8080")).await;
    assert!(!said.is_empty() && !said.contains("from"), "{said}");
    // Nor does the host open it to others: nobody can begin a connection inwards.
    let said = net.internet.on_host("bash", &["-c", &format!("ip route add 198.18.0.2 dev $(ls /sys/class/net | grep fh-) 2>/dev/null; {REACH}reach 198.18.0.2 8080")]);
    assert!(!said.contains("from"), "{said}");
    drop(spawned.exit);
    server.destroy().await.unwrap();
    line.clear();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    assert_eq!(line, "");
}

async fn a_false_source_is_dropped() {
    let Some(mut net) = Net::new(&[]).await else { return };
    let sandbox = net.sandbox().await;
    // A function can't do this; whoever breaks out as far as root in its network could.
    let send = |source: &str, text: &str| {
        let script = format!(
            "ip addr add {source}/32 dev eth0 2>/dev/null; \
             ip route replace default via 198.18.0.1 dev eth0 onlink src {source}; \
             echo {text} > /dev/udp/{}/{UDP_PORT}",
            PUBLIC[1]
        );
        internet::run("nsenter", &[&format!("--net=/proc/{}/ns/net", net.pid()), "bash", "-c", &script]);
    };
    send("198.18.77.77", "another");
    send("8.8.8.8", "outsider");
    send("198.18.0.2", "genuine");
    assert_eq!(net.internet.next_datagram(), format!("{HOST} genuine"));
    sandbox.destroy().await.unwrap();
}

async fn names_are_looked_up() {
    let Some(net) = Net::new(&[]).await else { return };
    let lookup = "getent ahostsv4 some.name.test | head -n 1 | cut -d' ' -f1";
    assert_eq!(net.out(lookup).await, "1.2.3.4\n");
    let by_tcp = format!("export RES_OPTIONS=use-vc; {lookup}; {REACH}reach some.name.test 8080");
    assert_eq!(net.out(&by_tcp).await, format!("1.2.3.4\nfrom {HOST}\n"));
}

async fn connections_are_limited() {
    let Some(net) = Net::new(&[]).await else { return };
    let flood = "import socket
kept = []
try:
    while len(kept) < 2000:
        kept.append(socket.create_connection(('1.2.3.4', 8080), timeout=10))
except OSError:
    pass
print(len(kept))";
    let sandbox = net.sandbox().await;
    let script = format!("ulimit -n 4096; exec /usr/bin/python3 -c \"{flood}\"");
    let (_, out) = sh_in(&sandbox, &script).await;
    // The others are not affected while the first one's connections are still remembered.
    assert_eq!(net.out(&format!("{REACH}reach 1.2.3.4 8080")).await, format!("from {HOST}\n"));
    sandbox.destroy().await.unwrap();
    let opened: u32 = out.trim().parse().unwrap();
    assert!((1000..=1024).contains(&opened), "{opened}");
}

async fn it_is_refused_where_it_was_not_prepared() {
    let world = World::new().await;
    assert!(world.warden.egress().is_err());
    let sandbox = world.empty().await;
    let assignment = Assignment { egress: Egress::Internet, ..world.assignment(&[]) };
    assert!(matches!(sandbox.assign(assignment).await, Err(WardenError::Invalid(_))));
    sandbox.destroy().await.unwrap();
}

async fn nothing_remains() {
    let Some(net) = Net::new(&[]).await else { return };
    // More than a few, so that addresses and links come and go.
    for _ in 0..5 {
        let (a, b) = tokio::join!(net.sandbox(), net.sandbox());
        a.destroy().await.unwrap();
        drop(b);
    }
    assert!(net.internet.on_host("nft", &["list", "tables"]).contains("table ip freehold_"));
    net.world.warden.shut_down().await;
    assert_eq!(net.internet.on_host("nft", &["list", "tables"]), "");
    no_link_remains(&net.internet).await;
}

async fn a_killed_warden_leaves_no_link() {
    let Some(net) = Net::new(&[]).await else { return };
    let sandbox = net.sandbox().await;
    kill(net.world.warden.pid());
    net.world.warden.closed().await;
    drop(sandbox);
    no_link_remains(&net.internet).await;
    // Its table matches nothing any more, and the next one replaces it.
    net.world.warden.restart().await.unwrap();
    assert_eq!(net.internet.on_host("nft", &["list", "tables"]).lines().count(), 1);
    assert_eq!(net.out(&format!("{REACH}reach {} 8080", PUBLIC[0])).await, format!("from {HOST}\n"));
}

/// Waits until the kernel has taken the namespaces of the dead apart, of which it tells nobody.
async fn no_link_remains(internet: &Internet) {
    for _ in 0..2000 {
        if !internet.on_host("ip", &["-o", "link"]).contains("fh-") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("{}", internet.on_host("ip", &["-o", "link"]));
}
