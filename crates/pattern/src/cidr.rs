//! IP addresses and blocks of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A block of addresses of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    V4 { base: u32, mask: u32 },
    V6 { base: u128, mask: u128 },
}

impl Block {
    /// Reads `address/bits`; the error is AWS's.
    pub(crate) fn parse(text: &str) -> Result<Block, String> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) if !bits.is_empty() && !bits.contains('/') => (address, bits),
            _ => return Err("Malformed CIDR, one '/' required".to_owned()),
        };
        let bits: i32 = bits.parse().map_err(|_| "Malformed CIDR, mask bits must be an integer")?;
        let bits = u32::try_from(bits).map_err(|_| "Malformed CIDR, mask bits must not be negative")?;
        if !looks_like_address(address) {
            return Err(format!("Nonstandard IP address: {address}"));
        }
        match address.parse() {
            Ok(IpAddr::V4(_)) if bits > 32 => Err("IPv4 mask bits must be <= 32".to_owned()),
            Ok(IpAddr::V6(_)) if bits > 128 => Err("IPv6 mask bits must be <= 128".to_owned()),
            Ok(IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
                Ok(Block::V4 { base: u32::from(address) & mask, mask })
            }
            Ok(IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
                Ok(Block::V6 { base: u128::from(address) & mask, mask })
            }
            Err(_) => Err(format!("Invalid IP address: {address}")),
        }
    }

    pub(crate) fn contains(self, text: &str) -> bool {
        match (self, address(text)) {
            (Block::V4 { base, mask }, Some(IpAddr::V4(address))) => u32::from(address) & mask == base,
            (Block::V6 { base, mask }, Some(IpAddr::V6(address))) => u128::from(address) & mask == base,
            _ => false,
        }
    }
}

/// The address that a string is, in any of its spellings.
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    // The longest spelling of an address; parsing is not for free, and most strings are none.
    if text.len() > 45 || !looks_like_address(text) {
        return None;
    }
    text.parse::<Ipv4Addr>().map(IpAddr::V4).or_else(|_| text.parse::<Ipv6Addr>().map(IpAddr::V6)).ok()
}

fn looks_like_address(text: &str) -> bool {
    let v4 = || {
        text.split('.').count() == 4
            && text.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let v6 = || text.contains(':') && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    v4() || v6()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks() {
        let block = |text| Block::parse(text).unwrap();
        assert!(block("10.0.0.0/24").contains("10.0.0.255"));
        assert!(!block("10.0.0.0/24").contains("10.0.1.0"));
        assert!(block("10.0.0.7/24").contains("10.0.0.1"), "the block, not from the address on");
        assert!(block("0.0.0.0/0").contains("255.255.255.255"));
        assert!(!block("0.0.0.0/0").contains("::1"));
        assert!(block("10.1.2.3/32").contains("10.1.2.3"));
        assert!(block("2001:db8::/32").contains("2001:0db8:1::1"));
        assert!(!block("2001:db8::/32").contains("2001:db9::"));
        assert!(block("::/0").contains("ffff::"));
    }

    #[test]
    fn refused_blocks() {
        for (text, error) in [
            ("10.0.0.0", "Malformed CIDR, one '/' required"),
            ("10.0.0.0/8/8", "Malformed CIDR, one '/' required"),
            ("10.0.0.0/", "Malformed CIDR, one '/' required"),
            ("10.0.0.0/x", "Malformed CIDR, mask bits must be an integer"),
            ("10.0.0.0/-1", "Malformed CIDR, mask bits must not be negative"),
            ("example.org/8", "Nonstandard IP address: example.org"),
            ("999.0.0.0/8", "Invalid IP address: 999.0.0.0"),
            ("10.0.0.0/33", "IPv4 mask bits must be <= 32"),
            ("::/129", "IPv6 mask bits must be <= 128"),
        ] {
            assert_eq!(Block::parse(text), Err(error.to_owned()), "{text}");
        }
    }
}
