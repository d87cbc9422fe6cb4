//! The policy as nftables rules: one set for the warden's own network namespace, through which all packets pass, and
//! one for the host's. Text, because it is read by people (`nft list ruleset`) as well as by `nft`.

use std::net::Ipv4Addr;

use super::Destination;

/// Closed unless opened: everything that is not the public Internet (IANA's special-purpose registry).
const CLOSED: [&str; 15] = [
    // This host and this network; loopback.
    "0.0.0.0/8",
    "127.0.0.0/8",
    // Private networks, and carriers' (also overlay networks').
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    // Link-local: cloud metadata services.
    "169.254.0.0/16",
    // Protocol assignments, documentation, old relays.
    "192.0.0.0/24",
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "192.88.99.0/24",
    // Benchmarks: our own links are in there.
    "198.18.0.0/15",
    // Multicast; reserved, and broadcast.
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/// Connections that one sandbox can have open at once, so that it cannot fill the host's connection table.
const FLOWS_PER_SANDBOX_MAX: u32 = 1024;
/// As on AWS, no mail from functions but by an authenticated port.
const SMTP_PORT: u16 = 25;
/// TCP connections that one sandbox can have open to the resolver.
const RESOLVER_FLOWS_MAX: u32 = 64;

/// Names of links in the warden's namespace.
pub const SANDBOX_LINKS: &str = "sb";
pub const UPLINK: &str = "up";

/// The filters of the warden's namespace. `gateway` is the address of the resolver.
pub fn inside(gateway: Ipv4Addr, open: &[Destination], close: &[Destination]) -> String {
    let from = format!("iifname \"{SANDBOX_LINKS}*\"");
    let open: String = open.iter().flat_map(matches).map(|m| format!("  {m} accept\n")).collect();
    let refuse = "reject with icmp type admin-prohibited";
    let close: String = close.iter().flat_map(matches).map(|m| format!("  {m} {refuse}\n")).collect();
    format!(
        "table ip freehold {{
 set closed {{ type ipv4_addr; flags interval; elements = {{ {closed} }}; }}
 set flows {{ type ipv4_addr; flags dynamic; size 65536; }}
 set lookups {{ type ipv4_addr; flags dynamic; size 65536; }}
 chain prerouting {{
  type filter hook prerouting priority -300; policy accept;
  {from} fib saddr . iif oif missing drop
 }}
 chain input {{
  type filter hook input priority 0; policy drop;
  {from} ip daddr {gateway} udp dport 53 accept
  {from} ip daddr {gateway} tcp dport 53 ct state established accept
  {from} ip daddr {gateway} tcp dport 53 ct state new add @lookups {{ ip saddr ct count over {RESOLVER_FLOWS_MAX} }} drop
  {from} ip daddr {gateway} tcp dport 53 ct state new accept
  {from} {refuse}
 }}
 chain forward {{
  type filter hook forward priority 0; policy drop;
  iifname \"{UPLINK}\" oifname \"{SANDBOX_LINKS}*\" ct state established,related accept
  iifname \"{UPLINK}\" {refuse}
  oifname != \"{UPLINK}\" {refuse}
  ct state established,related accept
  ct state invalid drop
  ct state new add @flows {{ ip saddr ct count over {FLOWS_PER_SANDBOX_MAX} }} {refuse}
{open}  ip daddr @closed {refuse}
{close}  tcp dport {SMTP_PORT} {refuse}
  accept
 }}
 chain postrouting {{
  type nat hook postrouting priority 100; policy accept;
  oifname \"{UPLINK}\" masquerade
 }}
}}
",
        closed = CLOSED.join(", "),
    )
}

/// The host's table for our link: nothing reaches the host itself, nothing is begun from outside, and what passes
/// through gets the host's address. Replaces a table of the same name.
pub fn host(table: &str, link: &str, uplink: Ipv4Addr, open: &[Destination]) -> String {
    let open: String =
        open.iter().flat_map(matches).map(|m| format!("  iifname \"{link}\" {m} accept\n")).collect();
    format!(
        "table ip {table} {{ }}
delete table ip {table}
table ip {table} {{
 chain input {{
  type filter hook input priority -10; policy accept;
{open}  iifname \"{link}\" reject with icmp type admin-prohibited
 }}
 chain forward {{
  type filter hook forward priority -10; policy accept;
  oifname \"{link}\" ct state established,related accept
  oifname \"{link}\" drop
  iifname \"{link}\" ip saddr != {uplink} drop
 }}
 chain postrouting {{
  type nat hook postrouting priority 100; policy accept;
  ip saddr {uplink} oifname != \"{link}\" masquerade
 }}
}}
"
    )
}

/// A destination as matches: one, or one per protocol.
fn matches(destination: &Destination) -> Vec<String> {
    let Destination { network, prefix, port } = destination;
    let network = format!("ip daddr {network}/{prefix}");
    match port {
        None => vec![network],
        Some(port) => ["tcp", "udp"].iter().map(|p| format!("{network} {p} dport {port}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_comes_before_what_is_closed() {
        let open = ["10.1.0.0/16:5432".parse().unwrap()];
        let close = ["8.8.8.0/24".parse().unwrap()];
        let text = inside(Ipv4Addr::new(198, 19, 0, 1), &open, &close);
        let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("{needle} is not in\n{text}"));
        let opened = at("ip daddr 10.1.0.0/16 tcp dport 5432 accept");
        assert!(at("ct count over") < opened, "limits hold for opened destinations, too");
        assert!(opened < at("ip daddr @closed reject"));
        assert!(at("ip daddr @closed reject") < at("ip daddr 8.8.8.0/24 reject"));
        assert!(at("ip daddr 8.8.8.0/24 reject") < at("\n  accept\n"));
    }

    #[test]
    fn the_host_is_closed_but_for_what_is_opened() {
        let open = ["192.168.1.7:5432".parse().unwrap()];
        let text = host("freehold_1", "fh-1", Ipv4Addr::new(198, 19, 0, 5), &open);
        let opened = text.find("iifname \"fh-1\" ip daddr 192.168.1.7/32 tcp dport 5432 accept").unwrap();
        assert!(opened < text.find("iifname \"fh-1\" reject").unwrap());
        assert!(
            text.starts_with("table ip freehold_1 { }\ndelete table ip freehold_1\n"),
            "replaced as a whole"
        );
    }
}
