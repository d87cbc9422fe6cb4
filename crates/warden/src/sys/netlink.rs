//! Routing netlink, as far as a sandbox's way out needs it: a pair of links, addresses, routes.

use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::{Step, check};

const ACKNOWLEDGE: u16 = (libc::NLM_F_REQUEST | libc::NLM_F_ACK) as u16;
const CREATE: u16 = ACKNOWLEDGE | (libc::NLM_F_CREATE | libc::NLM_F_EXCL) as u16;
const REPLACE: u16 = ACKNOWLEDGE | (libc::NLM_F_CREATE | libc::NLM_F_REPLACE) as u16;
const HEADER_BYTES: usize = 16;
/// `VETH_INFO_PEER`.
const PEER: u16 = 1;
/// `RTNH_F_ONLINK`: the gateway is a neighbour although no address says so.
const ON_LINK: u32 = 4;

/// One end of a pair of links.
pub struct End<'a> {
    pub name: &'a str,
    /// Chosen by us, so that nobody has to ask for it.
    pub index: u32,
}

/// A socket that configures the network namespace in which it was opened, wherever its owner goes afterwards.
pub struct Netlink {
    socket: OwnedFd,
    sequence: u32,
}

impl Netlink {
    /// For the calling thread's network namespace.
    pub fn open() -> io::Result<Netlink> {
        // SAFETY: takes integers; the result is a new descriptor of ours.
        let socket = unsafe {
            let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
            let fd = check(libc::socket(libc::AF_NETLINK, kind, libc::NETLINK_ROUTE).into())
                .step(|| "open a routing socket".into())?;
            OwnedFd::from_raw_fd(fd as RawFd)
        };
        Ok(Netlink { socket, sequence: 0 })
    }

    /// Makes a pair of links: one here, which is up, the other in `elsewhere`, which cannot be yet.
    pub fn pair(&mut self, here: &End<'_>, there: &End<'_>, elsewhere: BorrowedFd<'_>) -> io::Result<()> {
        let mut body = link(here.index, true);
        name(&mut body, here.name);
        nest(&mut body, libc::IFLA_LINKINFO, |info| {
            attribute(info, libc::IFLA_INFO_KIND, b"veth");
            nest(info, libc::IFLA_INFO_DATA, |data| {
                nest(data, PEER, |peer| {
                    peer.extend(link(there.index, false));
                    name(peer, there.name);
                    attribute(peer, libc::IFLA_NET_NS_FD, &(elsewhere.as_raw_fd() as u32).to_ne_bytes());
                });
            });
        });
        self.request(libc::RTM_NEWLINK, CREATE, &body).step(|| format!("make the link {}", here.name))
    }

    pub fn up(&mut self, index: u32) -> io::Result<()> {
        self.request(libc::RTM_NEWLINK, ACKNOWLEDGE, &link(index, true))
            .step(|| format!("bring link {index} up"))
    }

    /// Removes a link, and with it the other end.
    pub fn remove(&mut self, index: u32) -> io::Result<()> {
        self.request(libc::RTM_DELLINK, ACKNOWLEDGE, &link(index, false))
            .step(|| format!("remove link {index}"))
    }

    pub fn add_address(&mut self, index: u32, address: Ipv4Addr, prefix: u8) -> io::Result<()> {
        // struct ifaddrmsg: family, prefix length, flags, scope, index.
        let mut body = vec![libc::AF_INET as u8, prefix, 0, libc::RT_SCOPE_UNIVERSE];
        body.extend(index.to_ne_bytes());
        attribute(&mut body, libc::IFA_LOCAL, &address.octets());
        attribute(&mut body, libc::IFA_ADDRESS, &address.octets());
        self.request(libc::RTM_NEWADDR, CREATE, &body).step(|| format!("add the address {address}"))
    }

    /// Sends what is for `to` through a link: to a `gateway` that is its neighbour, or to the destination itself.
    pub fn route(&mut self, to: (Ipv4Addr, u8), gateway: Option<Ipv4Addr>, index: u32) -> io::Result<()> {
        let scope = if gateway.is_some() { libc::RT_SCOPE_UNIVERSE } else { libc::RT_SCOPE_LINK };
        // struct rtmsg: family, lengths of destination and source, type of service, table, protocol, scope, type.
        let mut body = vec![libc::AF_INET as u8, to.1, 0, 0];
        body.extend([libc::RT_TABLE_MAIN, libc::RTPROT_STATIC, scope, libc::RTN_UNICAST]);
        body.extend(if gateway.is_some() { ON_LINK } else { 0 }.to_ne_bytes());
        attribute(&mut body, libc::RTA_OIF, &index.to_ne_bytes());
        if to.1 > 0 {
            attribute(&mut body, libc::RTA_DST, &to.0.octets());
        }
        if let Some(gateway) = gateway {
            attribute(&mut body, libc::RTA_GATEWAY, &gateway.octets());
        }
        self.request(libc::RTM_NEWROUTE, REPLACE, &body)
            .step(|| format!("add the route to {}/{}", to.0, to.1))
    }

    /// Sends one request and waits for the kernel's acknowledgement, which comes at once.
    fn request(&mut self, kind: u16, flags: u16, body: &[u8]) -> io::Result<()> {
        self.sequence += 1;
        let mut message = Vec::with_capacity(HEADER_BYTES + body.len());
        message.extend(((HEADER_BYTES + body.len()) as u32).to_ne_bytes());
        message.extend(kind.to_ne_bytes());
        message.extend(flags.to_ne_bytes());
        message.extend(self.sequence.to_ne_bytes());
        message.extend(0u32.to_ne_bytes());
        message.extend(body);
        let mut answer = [0u8; 4096];
        // SAFETY: both calls get a live buffer and its true length.
        let n = unsafe {
            let fd = self.socket.as_raw_fd();
            check(libc::send(fd, message.as_ptr().cast(), message.len(), 0) as libc::c_long)?;
            check(libc::recv(fd, answer.as_mut_ptr().cast(), answer.len(), 0) as libc::c_long)? as usize
        };
        acknowledged(&answer[..n])
    }
}

/// Reads an acknowledgement: an error message whose error may be none.
fn acknowledged(answer: &[u8]) -> io::Result<()> {
    let malformed =
        || io::Error::new(io::ErrorKind::InvalidData, "an unexpected answer from routing netlink");
    let kind = answer.get(4..6).ok_or_else(malformed)?;
    let code = answer.get(HEADER_BYTES..HEADER_BYTES + 4).ok_or_else(malformed)?;
    if u16::from_ne_bytes([kind[0], kind[1]]) != libc::NLMSG_ERROR as u16 {
        return Err(malformed());
    }
    match i32::from_ne_bytes([code[0], code[1], code[2], code[3]]) {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(-error)),
    }
}

/// `struct ifinfomsg`: family, padding, type, index, flags, and which flags are meant.
fn link(index: u32, up: bool) -> Vec<u8> {
    let mut body = vec![0; 4];
    body.extend(index.to_ne_bytes());
    let flags = if up { libc::IFF_UP as u32 } else { 0 };
    body.extend(flags.to_ne_bytes());
    body.extend(flags.to_ne_bytes());
    body
}

fn name(body: &mut Vec<u8>, name: &str) {
    let mut bytes = name.as_bytes().to_vec();
    bytes.push(0);
    attribute(body, libc::IFLA_IFNAME, &bytes);
}

/// Length, kind, value, padded to words.
fn attribute(body: &mut Vec<u8>, kind: u16, value: &[u8]) {
    body.extend(((4 + value.len()) as u16).to_ne_bytes());
    body.extend(kind.to_ne_bytes());
    body.extend(value);
    body.resize(body.len().next_multiple_of(4), 0);
}

fn nest(body: &mut Vec<u8>, kind: u16, fill: impl FnOnce(&mut Vec<u8>)) {
    let mut inner = Vec::new();
    fill(&mut inner);
    attribute(body, kind, &inner);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_padded_but_their_length_is_not() {
        let mut body = Vec::new();
        nest(&mut body, 1, |inner| attribute(inner, 3, b"abcde"));
        let mut expected = vec![16, 0, 1, 0, 9, 0, 3, 0];
        expected.extend(b"abcde\0\0\0");
        assert_eq!(body, expected);
    }

    #[test]
    fn errors_come_back_as_errors() {
        let answer = |kind: u16, code: i32| {
            let mut bytes = vec![36, 0, 0, 0];
            bytes.extend(kind.to_ne_bytes());
            bytes.extend([0; 10]);
            bytes.extend(code.to_ne_bytes());
            bytes
        };
        assert!(acknowledged(&answer(libc::NLMSG_ERROR as u16, 0)).is_ok());
        let refused = acknowledged(&answer(libc::NLMSG_ERROR as u16, -libc::EPERM)).unwrap_err();
        assert_eq!(refused.raw_os_error(), Some(libc::EPERM));
        assert!(acknowledged(&answer(libc::RTM_NEWLINK, 0)).is_err());
        assert!(acknowledged(&[0; 3]).is_err());
    }
}
