//! The warden's own network namespace, between the sandboxes that have a way out and the host. Links, addresses and
//! filters in it vanish with the warden; what is on the host is one link, which vanishes too, and one table, which the
//! next warden of the same instance replaces.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::egress::EgressOptions;
use crate::egress::rules::{self, SANDBOX_LINKS, UPLINK};
use crate::sys::netlink::{End, Netlink};
use crate::sys::{Step, fd, net, process};

/// Our environment is empty, so there is no search path.
const NFT_PLACES: [&str; 5] = ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin"];
/// Where `nft` is.
pub fn nft() -> Option<PathBuf> {
    NFT_PLACES.iter().map(|dir| Path::new(dir).join("nft")).find(|path| path.is_file())
}

pub const FORWARDING: &str = "/proc/sys/net/ipv4/ip_forward";
/// Every sandbox's gateway and resolver; an address of the benchmark range, which no network uses. `etc` names it.
pub const GATEWAY: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 1);
/// Sandboxes are the gateway's address plus 1 to this: the rest of 198.18.0.0/16.
const SANDBOXES_MAX: u32 = 0xfff0;
/// Pairs of addresses for links to hosts are in 198.19.0.0/16.
const UPLINKS: u32 = Ipv4Addr::new(198, 19, 0, 0).to_bits();
const UPLINK_PAIRS: u32 = 1 << 15;
/// Our choices of link numbers: far from those that the kernel gives. On the host, 22 bits that instances hardly share.
const HOST_INDEX: u32 = 1 << 22;
const UPLINK_INDEX: u32 = 1 << 20;
const INSIDE_INDEX: u32 = 1 << 20;
const SANDBOX_INDEX: u32 = 1 << 21;

pub struct Router {
    nft: PathBuf,
    links: Netlink,
    host: OwnedFd,
    host_table: String,
    /// The last number given out; numbers go round, so that an address is not used again while the host still
    /// remembers connections of its last owner.
    last: u32,
    used: BTreeSet<u32>,
    /// The last link number given out; never used again.
    link: u32,
    /// UDP and TCP on the gateway's port 53, for the server.
    resolver: Vec<OwnedFd>,
    /// What was changed on the host beyond our own link and table.
    pub notice: Option<String>,
}

/// A sandbox's address, to be given back.
#[derive(Debug)]
pub struct Lease(u32);

impl Router {
    /// In the warden's present namespace, the host's.
    pub fn new(instance: &str, options: &EgressOptions) -> io::Result<Router> {
        let nft =
            nft().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no nft (package nftables)"))?;
        let host = process::network_namespace(None)?;
        let mut host_links = Netlink::open()?;
        let notice = forwarding_on()?;
        let mut hasher = DefaultHasher::new();
        instance.hash(&mut hasher);
        let hash = hasher.finish();
        let host_table = format!("freehold_{:010x}", hash >> 24);
        let link = format!("fh-{:010x}", hash >> 24);
        let routes = fd::read_file("/proc/net/route".as_ref())?;
        let (ours, inner) = uplink_addresses(hash, &routes)
            .ok_or_else(|| io::Error::other("198.19.0.0/16 is in use on this host"))?;
        // Before there is a link that it must guard.
        filter(&nft, &rules::host(&host_table, &link, inner, &options.open))?;

        process::unshare(libc::CLONE_NEWNET).step(|| "make the router's namespace".into())?;
        let made = inside(&nft, options);
        let own = process::network_namespace(None);
        go_back(&host);
        let (mut links, resolver) = made?;
        let index = HOST_INDEX | (hash >> 24) as u32 & (HOST_INDEX - 1);
        let (end, other) = (End { name: &link, index }, End { name: UPLINK, index: UPLINK_INDEX });
        host_links.pair(&end, &other, own?.as_fd())?;
        close_ipv6(&link)?;
        host_links.add_address(index, ours, 31)?;
        links.up(UPLINK_INDEX)?;
        links.add_address(UPLINK_INDEX, inner, 31)?;
        links.route((Ipv4Addr::UNSPECIFIED, 0), Some(ours), UPLINK_INDEX)?;
        Ok(Router {
            nft,
            links,
            host,
            host_table,
            last: 0,
            used: BTreeSet::new(),
            link: SANDBOX_INDEX,
            resolver,
            notice,
        })
    }

    /// The resolver's sockets; once.
    pub fn take_resolver(&mut self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.resolver)
    }

    /// Gives the sandbox of PID 1 `pid` a link, an address and a route.
    pub fn attach(&mut self, pid: i32) -> io::Result<Lease> {
        let number = (1..=SANDBOXES_MAX)
            .map(|step| (self.last + step - 1) % SANDBOXES_MAX + 1)
            .find(|number| !self.used.contains(number))
            .ok_or_else(|| io::Error::other("all addresses for sandboxes are in use"))?;
        let address = Ipv4Addr::from_bits(GATEWAY.to_bits() + number);
        let sandbox = process::network_namespace(Some(pid))?;
        process::enter(sandbox.as_fd(), libc::CLONE_NEWNET)?;
        let within = close_ipv6("default").and_then(|()| Netlink::open());
        go_back(&self.host);
        let mut within = within?;
        self.link += 1;
        let name = format!("{SANDBOX_LINKS}{}", self.link - SANDBOX_INDEX);
        let here = End { name: &name, index: self.link };
        self.links.pair(&here, &End { name: "eth0", index: INSIDE_INDEX }, sandbox.as_fd())?;
        let connected = self
            .links
            .route((address, 32), None, self.link)
            .and_then(|()| within.up(INSIDE_INDEX))
            .and_then(|()| within.add_address(INSIDE_INDEX, address, 32))
            .and_then(|()| within.route((Ipv4Addr::UNSPECIFIED, 0), Some(GATEWAY), INSIDE_INDEX));
        if let Err(e) = connected {
            let _ = self.links.remove(self.link);
            return Err(e);
        }
        self.last = number;
        self.used.insert(number);
        Ok(Lease(number))
    }

    /// The sandbox has ended. Its link goes with its namespace.
    pub fn release(&mut self, lease: Lease) {
        self.used.remove(&lease.0);
    }

    /// Takes our table from the host; the rest goes with this process.
    pub fn close(self) {
        if let Err(e) = filter(&self.nft, &format!("delete table ip {}\n", self.host_table)) {
            eprintln!("warden: the table {} remains: {e}", self.host_table);
        }
    }
}

/// In the new namespace: filters first, then what they guard.
fn inside(nft: &Path, options: &EgressOptions) -> io::Result<(Netlink, Vec<OwnedFd>)> {
    for name in ["all", "default"] {
        close_ipv6(name)?;
        // Nobody is told of better ways, and nobody may pretend to be elsewhere.
        fd::write_file(format!("/proc/sys/net/ipv4/conf/{name}/send_redirects").as_ref(), "0")?;
        fd::write_file(format!("/proc/sys/net/ipv4/conf/{name}/rp_filter").as_ref(), "1")?;
    }
    filter(nft, &rules::inside(GATEWAY, &options.open, &options.close))?;
    fd::write_file(FORWARDING.as_ref(), "1")?;
    net::loopback_up()?;
    let mut links = Netlink::open()?;
    links.add_address(net::index_of("lo")?, GATEWAY, 32)?;
    let address = SocketAddr::from((GATEWAY, 53));
    let udp = UdpSocket::bind(address).step(|| "open the resolver's UDP socket".into())?;
    let tcp = TcpListener::bind(address).step(|| "open the resolver's TCP socket".into())?;
    udp.set_nonblocking(true)?;
    tcp.set_nonblocking(true)?;
    Ok((links, vec![udp.into(), tcp.into()]))
}

/// Without the way back, every later request would act in another's network: give up instead.
fn go_back(host: &OwnedFd) {
    if let Err(e) = process::enter(host.as_fd(), libc::CLONE_NEWNET) {
        eprintln!("warden: cannot return to the host's network: {e}");
        process::exit_now(1);
    }
}

/// For a link of the present namespace, or for those to come. A kernel without IPv6 has it closed already.
fn close_ipv6(name: &str) -> io::Result<()> {
    let path = PathBuf::from(format!("/proc/sys/net/ipv6/conf/{name}/disable_ipv6"));
    if path.exists() { fd::write_file(&path, "1") } else { Ok(()) }
}

/// The host must pass packets on between its links. Says so if it had to be told.
fn forwarding_on() -> io::Result<Option<String>> {
    if fd::read_file(FORWARDING.as_ref())?.trim() != "0" {
        return Ok(None);
    }
    fd::write_file(FORWARDING.as_ref(), "1")?;
    Ok(Some("turned on net.ipv4.ip_forward, without which functions could not reach the Internet".into()))
}

/// Loads rules in the present namespace: all or nothing.
fn filter(nft: &Path, rules: &str) -> io::Result<()> {
    let mut child = Command::new(nft)
        .args(["-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .step(|| format!("run {}", nft.display()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // If it fails at once, its own words say more than our broken pipe.
        let _ = stdin.write_all(rules.as_bytes());
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let text = text.trim().lines().next().unwrap_or("failed without a word").to_owned();
    Err(io::Error::other(format!("{}: {text}", nft.display())))
}

/// The host's and our address of the link between us: the first pair from a place given by `seed` that no route of the
/// host covers. `routes` is `/proc/net/route`.
fn uplink_addresses(seed: u64, routes: &str) -> Option<(Ipv4Addr, Ipv4Addr)> {
    let hex = |text: Option<&str>| u32::from_str_radix(text?, 16).ok().map(u32::swap_bytes);
    let taken: Vec<(u32, u32)> = routes
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut words = line.split_whitespace().skip(1);
            Some((hex(words.next())?, hex(words.nth(5))?))
        })
        .filter(|(_, mask)| *mask != 0)
        .collect();
    let first = (seed % u64::from(UPLINK_PAIRS)) as u32;
    (0..UPLINK_PAIRS)
        .map(|step| UPLINKS + (first + step) % UPLINK_PAIRS * 2)
        .find(|even| taken.iter().all(|(network, mask)| even & mask != *network))
        .map(|even| (Ipv4Addr::from_bits(even), Ipv4Addr::from_bits(even + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

    #[test]
    fn addresses_avoid_the_hosts_routes() {
        let default = format!("{HEADER}eth0\t00000000\t010010AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");
        let first = |routes: &str| uplink_addresses(3, routes).map(|(ours, _)| ours.to_string());
        assert_eq!(first(&default).as_deref(), Some("198.19.0.6"));
        // 198.19.0.6/31 and 198.19.0.8/31 belong to other instances.
        let taken = format!(
            "{default}fh-1\t060013C6\t00000000\t0001\t0\t0\t0\tFEFFFFFF\t0\t0\t0\n\
             fh-2\t080013C6\t00000000\t0001\t0\t0\t0\tFEFFFFFF\t0\t0\t0\n"
        );
        assert_eq!(first(&taken).as_deref(), Some("198.19.0.10"));
        let all = format!("{HEADER}tun0\t000012C6\t00000000\t0001\t0\t0\t0\t0000FEFF\t0\t0\t0\n");
        assert_eq!(first(&all), None);
    }
}
