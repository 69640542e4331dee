//! Inside addresses are refused: a feed, or what it redirects to, must not reach the operator's own
//! network (server-side request forgery).
//!
//! What is public follows the IANA special-purpose address registries (RFC 6890). Addresses that carry
//! an IPv4 address inside (mapped, NAT64, 6to4) are judged by that one.

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether `address` may be reached: it is public, or one of the `allowed` nets holds it.
#[must_use]
pub fn may_reach(address: IpAddr, allowed: &[IpNet]) -> bool {
    let plain = carried(address).map_or(address, IpAddr::V4);
    let listed = |address: &IpAddr| allowed.iter().any(|net| net.contains(address));
    is_public(plain) || listed(&plain) || listed(&address)
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !CLOSED_V4.iter().any(|net| net.contains(&address)),
        // Of the whole space only 2000::/3 is given out for the open network.
        IpAddr::V6(address) => {
            let unicast = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
            unicast.contains(&address) && !CLOSED_V6.iter().any(|net| net.contains(&address))
        }
    }
}

/// The IPv4 address that an IPv6 address stands for.
fn carried(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(address) = address else { return None };
    let [a, b, c, d, e, f, g, h] = address.segments();
    let low = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match (a, b) {
        (0, 0) if [c, d, e] == [0, 0, 0] && (f == 0xffff || f == 0) => Some(low(g, h)),
        (0x64, 0xff9b) if [c, d, e, f] == [0, 0, 0, 0] => Some(low(g, h)),
        (0x2002, _) => Some(low(b, c)),
        _ => None,
    }
}

const fn v4(a: u8, b: u8, c: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), length)
}

const fn v6(a: u16, b: u16, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0), length)
}

/// IPv4 nets that are not the open network.
const CLOSED_V4: [Ipv4Net; 15] = [
    v4(0, 0, 0, 8),       // this network
    v4(10, 0, 0, 8),      // private
    v4(100, 64, 0, 10),   // carrier-grade NAT
    v4(127, 0, 0, 8),     // loopback
    v4(169, 254, 0, 16),  // link-local, cloud metadata
    v4(172, 16, 0, 12),   // private
    v4(192, 0, 0, 24),    // protocol assignments
    v4(192, 0, 2, 24),    // documentation
    v4(192, 88, 99, 24),  // 6to4 relays
    v4(192, 168, 0, 16),  // private
    v4(198, 18, 0, 15),   // benchmarks
    v4(198, 51, 100, 24), // documentation
    v4(203, 0, 113, 24),  // documentation
    v4(224, 0, 0, 4),     // multicast
    v4(240, 0, 0, 4),     // reserved, broadcast
];

/// IPv6 nets inside 2000::/3 that are not the open network.
const CLOSED_V6: [Ipv6Net; 3] = [
    v6(0x2001, 0, 23),     // protocol assignments, Teredo
    v6(0x2001, 0xdb8, 32), // documentation
    v6(0x3fff, 0, 20),     // documentation
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_addresses_are_refused_in_every_dress() {
        for (address, public) in [
            ("8.8.8.8", true),
            ("100.63.255.255", true),
            ("2a00:1450::1", true),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("172.31.255.255", false),
            ("172.32.0.1", true),
            ("192.168.1.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:8.8.8.8", true),
            ("64:ff9b::a00:1", false),
            ("64:ff9b::808:808", true),
            ("64:ff9b:1::808:808", false),
            ("2002:7f00:1::", false),
            ("2001:db8::1", false),
            ("fc00::1", false),
            ("fe80::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(may_reach(address.parse().unwrap(), &[]), public, "{address}");
        }
    }

    #[test]
    fn an_allowed_net_is_reached_also_when_mapped() {
        let allowed = ["127.0.0.0/8".parse().unwrap()];
        for (address, reached) in
            [("127.0.0.1", true), ("::ffff:127.0.0.1", true), ("10.0.0.1", false)]
        {
            assert_eq!(may_reach(address.parse().unwrap(), &allowed), reached, "{address}");
        }
    }
}
