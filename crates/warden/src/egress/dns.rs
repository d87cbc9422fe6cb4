//! Name lookups of sandboxes, forwarded as they are to the host's resolvers, which sandboxes cannot reach themselves:
//! a resolver is usually on a private address or on the host. The sockets are in the warden's network namespace; what
//! arrives there comes from sandboxes with a way out, each from its own address, which the filters there enforce.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::watch;

/// Largest datagram: what EDNS clients announce at most in practice.
const DATAGRAM_BYTES_MAX: usize = 4096;
const HEADER_BYTES: usize = 12;
/// Lookups under way, so that one sandbox cannot keep the others, nor all of them the host's resolvers, from working.
/// What exceeds it is dropped; clients ask again.
const OUTSTANDING_PER_SANDBOX_MAX: u32 = 64;
const OUTSTANDING_MAX: u32 = 2048;
/// How long one of the host's resolvers may take before the next is asked.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// As many resolvers as the C library uses.
const RESOLVERS_MAX: usize = 3;
/// A TCP connection ends after so many lookups, or when nothing is asked for so long.
const LOOKUPS_PER_CONNECTION_MAX: u32 = 32;
const IDLE_MAX: Duration = Duration::from_secs(10);

/// Serves until the warden has ended.
///
/// `resolvers` are asked; if there are none, the host's own.
pub fn start(
    udp: OwnedFd,
    tcp: OwnedFd,
    resolvers: &[SocketAddr],
    mut closed: watch::Receiver<bool>,
) -> io::Result<()> {
    let resolvers: Arc<[SocketAddr]> = resolvers.into();
    let udp = Arc::new(UdpSocket::from_std(udp.into())?);
    let tcp = TcpListener::from_std(tcp.into())?;
    tokio::spawn(async move {
        let budget = Arc::new(Budget::default());
        tokio::select! {
            () = datagrams(udp, &resolvers, &budget) => {}
            () = connections(tcp, &resolvers, &budget) => {}
            // An error is the sender's end, which says the same.
            _ = closed.wait_for(|closed| *closed) => {}
        }
    });
    Ok(())
}

async fn datagrams(socket: Arc<UdpSocket>, resolvers: &Arc<[SocketAddr]>, budget: &Arc<Budget>) {
    let mut buffer = [0; DATAGRAM_BYTES_MAX];
    loop {
        // Errors are echoes of answers to sandboxes that have ended.
        let Ok((n, source)) = socket.recv_from(&mut buffer).await else {
            tokio::task::yield_now().await;
            continue;
        };
        if !is_query(&buffer[..n]) {
            continue;
        }
        let Some(place) = budget.take(source.ip()) else { continue };
        let (query, socket, resolvers) = (buffer[..n].to_vec(), Arc::clone(&socket), Arc::clone(resolvers));
        tokio::spawn(async move {
            let answer = lookup(&query, &resolvers, Transport::Datagram).await;
            let _ = socket.send_to(&answer, source).await;
            drop(place);
        });
    }
}

async fn connections(listener: TcpListener, resolvers: &Arc<[SocketAddr]>, budget: &Arc<Budget>) {
    loop {
        let Ok((stream, source)) = listener.accept().await else {
            // Out of descriptors: others must close some first.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        if let Some(place) = budget.take(source.ip()) {
            let resolvers = Arc::clone(resolvers);
            tokio::spawn(async move {
                let _ = connection(stream, &resolvers).await;
                drop(place);
            });
        }
    }
}

async fn connection(mut stream: TcpStream, resolvers: &[SocketAddr]) -> io::Result<()> {
    for _ in 0..LOOKUPS_PER_CONNECTION_MAX {
        let query = tokio::time::timeout(IDLE_MAX, framed_read(&mut stream)).await??;
        if !is_query(&query) {
            break;
        }
        let answer = lookup(&query, resolvers, Transport::Stream).await;
        tokio::time::timeout(IDLE_MAX, framed_write(&mut stream, &answer)).await??;
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Transport {
    Datagram,
    Stream,
}

/// The first answer that one of the host's resolvers gives, else one that says "server failure".
async fn lookup(query: &[u8], resolvers: &[SocketAddr], transport: Transport) -> Vec<u8> {
    let resolvers = match resolvers {
        [] => listed(&tokio::fs::read_to_string("/etc/resolv.conf").await.unwrap_or_default()),
        chosen => chosen.to_vec(),
    };
    for resolver in resolvers.into_iter().take(RESOLVERS_MAX) {
        let asked = async {
            match transport {
                Transport::Datagram => by_datagram(query, resolver).await,
                Transport::Stream => by_stream(query, resolver).await,
            }
        };
        match tokio::time::timeout(ANSWER_WITHIN, asked).await {
            Ok(Ok(answer)) => return answer,
            Ok(Err(error)) => tracing::debug!(%resolver, %error, "a resolver cannot be asked"),
            Err(_) => tracing::debug!(%resolver, "a resolver does not answer"),
        }
    }
    failure(query)
}

/// From a port of its own, connected: what comes back is from the resolver, or from who guesses port and number.
async fn by_datagram(query: &[u8], resolver: SocketAddr) -> io::Result<Vec<u8>> {
    let any: IpAddr = if resolver.is_ipv4() {
        Ipv4Addr::UNSPECIFIED.into()
    } else {
        std::net::Ipv6Addr::UNSPECIFIED.into()
    };
    let socket = UdpSocket::bind((any, 0)).await?;
    socket.connect(resolver).await?;
    socket.send(query).await?;
    let mut buffer = vec![0; DATAGRAM_BYTES_MAX];
    loop {
        let n = socket.recv(&mut buffer).await?;
        if n >= HEADER_BYTES && buffer[..2] == query[..2] && buffer[2] & 0x80 != 0 {
            buffer.truncate(n);
            return Ok(buffer);
        }
    }
}

async fn by_stream(query: &[u8], resolver: SocketAddr) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(resolver).await?;
    framed_write(&mut stream, query).await?;
    framed_read(&mut stream).await
}

/// Over TCP, a message is preceded by its length.
async fn framed_read(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = vec![0; stream.read_u16().await?.into()];
    stream.read_exact(&mut message).await?;
    Ok(message)
}

async fn framed_write(stream: &mut TcpStream, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend(message);
    stream.write_all(&bytes).await
}

fn is_query(message: &[u8]) -> bool {
    message.len() >= HEADER_BYTES && message[2] & 0x80 == 0
}

/// The query's header and question with the code for "server failure", so that clients need not wait for a time-out.
fn failure(query: &[u8]) -> Vec<u8> {
    let end = question_end(query).unwrap_or(HEADER_BYTES);
    let mut answer = query[..end].to_vec();
    answer[2] |= 0x80;
    answer[3] = 0x82;
    answer[4..HEADER_BYTES].fill(0);
    answer[5] = u8::from(end > HEADER_BYTES);
    answer
}

/// Where the only question ends: labels up to an empty one, then kind and class.
fn question_end(query: &[u8]) -> Option<usize> {
    if query[4..6] != [0, 1] {
        return None;
    }
    let mut at = HEADER_BYTES;
    loop {
        match *query.get(at)? {
            0 => break,
            // A pointer: nobody compresses a single name.
            length if length & 0xc0 != 0 => return None,
            length => at += usize::from(length) + 1,
        }
    }
    (at + 5 <= query.len()).then_some(at + 5)
}

/// The `nameserver` lines of a `resolv.conf`.
fn listed(text: &str) -> Vec<SocketAddr> {
    let addresses = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        // A zone, which link-local addresses need, is nothing that an address can hold here: such a line is passed over.
        (words.next()? == "nameserver").then(|| words.next()?.parse::<IpAddr>().ok())?
    });
    addresses.map(|address| SocketAddr::new(address, 53)).collect()
}

/// How many lookups are under way.
#[derive(Default)]
struct Budget {
    by_source: Mutex<HashMap<IpAddr, u32>>,
}

/// Given back when dropped.
struct Place {
    budget: Arc<Budget>,
    source: IpAddr,
}

impl Budget {
    fn take(self: &Arc<Self>, source: IpAddr) -> Option<Place> {
        let mut by_source = self.by_source.lock().unwrap_or_else(PoisonError::into_inner);
        let all: u32 = by_source.values().sum();
        let own = by_source.get(&source).copied().unwrap_or(0);
        if all >= OUTSTANDING_MAX || own >= OUTSTANDING_PER_SANDBOX_MAX {
            return None;
        }
        by_source.insert(source, own + 1);
        Some(Place { budget: Arc::clone(self), source })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_source = self.budget.by_source.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = by_source.get_mut(&self.source) {
            *own -= 1;
            if *own == 0 {
                by_source.remove(&self.source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &[u8] =
        b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x01\x01a\x02bc\x00\x00\x01\x00\x01rest";

    #[test]
    fn a_failure_repeats_the_question_only() {
        let answer = failure(QUERY);
        assert_eq!(
            answer,
            b"\x12\x34\x81\x82\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x02bc\x00\x00\x01\x00\x01"
        );
        // Whatever comes, nothing is read beyond its end.
        for end in HEADER_BYTES..QUERY.len() {
            assert!(failure(&QUERY[..end]).len() <= end);
        }
        assert!(is_query(QUERY) && !is_query(&answer) && !is_query(&QUERY[..11]));
    }

    #[test]
    fn resolvers_are_read() {
        let text = "# nameserver 9.9.9.9\nsearch lan\nnameserver 127.0.0.53\nnameserver fe80::1%eth0\nnameserver ::1\n";
        assert_eq!(listed(text), ["127.0.0.53:53".parse().unwrap(), "[::1]:53".parse().unwrap()]);
        assert_eq!(listed("nameserver\n"), []);
    }

    #[test]
    fn one_sandbox_cannot_take_all_places() {
        let budget = Arc::new(Budget::default());
        let one: IpAddr = "198.18.0.2".parse().unwrap();
        let taken: Vec<_> = (0..OUTSTANDING_PER_SANDBOX_MAX).map(|_| budget.take(one).unwrap()).collect();
        assert!(budget.take(one).is_none());
        assert!(budget.take("198.18.0.3".parse().unwrap()).is_some());
        drop(taken);
        assert!(budget.take(one).is_some());
    }
}
