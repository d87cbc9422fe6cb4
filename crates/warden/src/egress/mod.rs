//! The way out of a sandbox: none, or the Internet. What is said to whom is here; `rules` turns the policy into packet
//! filters, `dns` answers name lookups; the links are made in `process/router.rs`.
//!
//! ```text
//!  sandbox ── link ──┐
//!  sandbox ── link ──┤ the warden's network namespace ── one link ── the host
//!  sandbox           ┘  filters, counts, translates                   translates, closes itself
//! ```
//!
//! The filters live in a namespace of their own, which nobody else's firewall tool changes and which vanishes with the
//! warden; the host gets one link and one small table. IPv6 is closed: sandboxes have no such address beyond `::1`.

pub mod dns;
pub mod rules;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a sandbox can reach beyond itself and the listeners inside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Egress {
    /// Nothing: there is no link, and name lookups fail at once.
    #[default]
    None,
    /// Public IPv4 addresses but for the host's own, and what [`EgressOptions::open`] adds; name lookups are
    /// forwarded to the host's resolvers.
    Internet,
}

/// Whether and how sandboxes can be given a way out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EgressOptions {
    pub mode: EgressMode,
    /// Destinations that are closed by default (private ranges, the host) and shall be open.
    pub open: Vec<Destination>,
    /// Public destinations that shall be closed; `open` wins.
    pub close: Vec<Destination>,
    /// Who answers name lookups, three at most. Default: the host's own resolvers, from `/etc/resolv.conf`, read anew
    /// for each lookup.
    pub resolvers: Vec<SocketAddr>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EgressMode {
    /// Nothing is prepared; [`Egress::Internet`] is refused.
    #[default]
    Off,
    /// Prepared if the host can; [`crate::Warden::egress`] says whether it could.
    IfPossible,
    /// The warden does not start where the host can't.
    Required,
}

/// An IPv4 network, all of it or one port (of TCP and UDP): `10.1.0.0/16`, `192.168.1.7:5432`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Destination {
    pub network: Ipv4Addr,
    pub prefix: u8,
    pub port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no IPv4 network such as 10.1.0.0/16 or 192.168.1.7:5432 (IPv6 is closed to functions)")]
pub struct DestinationError(String);

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl From<Destination> for String {
    fn from(destination: Destination) -> String {
        destination.to_string()
    }
}

impl TryFrom<String> for Destination {
    type Error = DestinationError;

    fn try_from(text: String) -> Result<Destination, DestinationError> {
        text.parse()
    }
}

impl FromStr for Destination {
    type Err = DestinationError;

    fn from_str(text: &str) -> Result<Destination, DestinationError> {
        let error = || DestinationError(text.into());
        let (network, port) = match text.split_once(':') {
            Some((network, port)) => (network, Some(port.parse().ok().filter(|p| *p > 0).ok_or_else(error)?)),
            None => (text, None),
        };
        let (network, prefix) = network.split_once('/').unwrap_or((network, "32"));
        let network: Ipv4Addr = network.parse().map_err(|_| error())?;
        let prefix: u8 = prefix.parse().ok().filter(|p| *p <= 32).ok_or_else(error)?;
        // Bits beyond the prefix are a mistake of which nobody can say what was meant.
        let beyond = u32::MAX.checked_shr(prefix.into()).unwrap_or(0);
        if network.to_bits() & beyond != 0 {
            return Err(error());
        }
        Ok(Destination { network, prefix, port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations() {
        let parse =
            |text: &str| text.parse::<Destination>().ok().map(|d| (d.network.to_string(), d.prefix, d.port));
        assert_eq!(parse("10.1.0.0/16"), Some(("10.1.0.0".into(), 16, None)));
        assert_eq!(parse("192.168.1.7:5432"), Some(("192.168.1.7".into(), 32, Some(5432))));
        assert_eq!(parse("10.0.0.0/8:443"), Some(("10.0.0.0".into(), 8, Some(443))));
        assert_eq!(parse("0.0.0.0/0"), Some(("0.0.0.0".into(), 0, None)));
        for wrong in
            ["", "10.1.0.1/16", "10.0.0.0/33", "fd00::/8", "::1", "10.0.0.1:0", "10.0.0.1:99999", "host"]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
