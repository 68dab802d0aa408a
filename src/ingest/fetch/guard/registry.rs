//! Which addresses are globally reachable: the special-purpose registries of IANA (RFC 6890 and what came after), and
//! the addresses at which clouds tell machines their secrets. Pure.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

/// Why an address is not one of the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// "This network": 0.0.0.0/8 and `::`, which some systems take for themselves.
    Unspecified,
    /// This machine.
    Loopback,
    /// A local network.
    Private,
    /// The network between a provider and its customers (RFC 6598).
    Shared,
    /// This cable.
    LinkLocal,
    /// Where a cloud tells a machine its credentials.
    Metadata,
    /// For measurements (RFC 2544, RFC 5180); some local proxies use it for names of their own.
    Benchmark,
    /// For examples in texts.
    Documentation,
    /// Many machines at once.
    Multicast,
    /// Every machine of a network.
    Broadcast,
    /// Translated where it leads nobody outside knows (RFC 8215).
    LocalTranslation,
    /// Discarded by routers (RFC 6666).
    Discard,
    /// An identifier, not a place (RFC 4843, RFC 7343, RFC 9374).
    Identifier,
    /// A relay of a tunnel that is no more (RFC 7526).
    Relay,
    /// Set aside by the IETF.
    Reserved,
}

impl Why {
    /// Whether machines that one may well mean to ask are there: what `allow_private` opens. Credentials of a cloud, and
    /// what is no machine's address at all, take an entry in `allow_networks`.
    #[must_use]
    pub fn is_private(self) -> bool {
        matches!(self, Self::Loopback | Self::Private | Self::Shared | Self::LinkLocal)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "this machine (unspecified)",
            Self::Loopback => "this machine (loopback)",
            Self::Private => "in a private network",
            Self::Shared => "in a provider's own network (100.64.0.0/10)",
            Self::LinkLocal => "on the local link",
            Self::Metadata => "where clouds keep credentials (metadata service)",
            Self::Benchmark => "for measurements only",
            Self::Documentation => "for documentation only",
            Self::Multicast => "a multicast address",
            Self::Broadcast => "the broadcast address",
            Self::LocalTranslation => "translated within a local network",
            Self::Discard => "discarded by every router",
            Self::Identifier => "an identifier and no place",
            Self::Relay => "a relay of a tunnel that is no more",
            Self::Reserved => "reserved",
        })
    }
}

/// Says whether an address is globally reachable; one that carries another (mapped, NAT64, 6to4, Teredo) is judged by that.
///
/// # Errors
/// [`Why`] not.
pub fn is_global(address: IpAddr) -> Result<(), Why> {
    match address {
        IpAddr::V4(address) => v4(address),
        IpAddr::V6(address) => v6(address),
    }
}

fn v4(address: Ipv4Addr) -> Result<(), Why> {
    verdict(V4.iter().find(|(block, _)| block.contains(&address)).map(|(_, why)| *why))
}

fn v6(address: Ipv6Addr) -> Result<(), Why> {
    match V6.iter().find(|(block, _)| block.contains(&address)).map(|(_, holds)| *holds) {
        Some(Holds::Why(why)) => Err(why),
        Some(Holds::Global) => Ok(()),
        Some(Holds::Last) => v4(embedded(address, 12)),
        Some(Holds::SixToFour) => v4(embedded(address, 2)),
        // RFC 4380 §4: the server, and the client with every bit turned over.
        Some(Holds::Teredo) => v4(embedded(address, 4)).and(v4(!embedded(address, 12))),
        // Nothing else is given out (RFC 4291 §2.4, the registry of IPv6 address space).
        None if !GLOBAL_UNICAST.contains(&address) => Err(Why::Reserved),
        None => Ok(()),
    }
}

fn verdict(why: Option<Option<Why>>) -> Result<(), Why> {
    why.flatten().map_or(Ok(()), Err)
}

/// The IPv4 address that starts at an octet of an IPv6 address; `at` is 12 at most.
fn embedded(address: Ipv6Addr, at: usize) -> Ipv4Addr {
    let octets = address.octets();
    Ipv4Addr::new(octets[at], octets[at + 1], octets[at + 2], octets[at + 3])
}

/// What an IPv6 block holds.
#[derive(Debug, Clone, Copy)]
enum Holds {
    /// Nothing for us.
    Why(Why),
    /// An exception within a block that is refused.
    Global,
    /// An IPv4 address in its last four octets.
    Last,
    /// An IPv4 address behind the first two octets (RFC 3056).
    SixToFour,
    /// Two IPv4 addresses (RFC 4380).
    Teredo,
}

const fn n4([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn n6(bits: u128, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_bits(bits), length)
}

/// IANA IPv4 Special-Purpose Address Registry. The first block that holds an address counts; `None`: globally reachable.
const V4: &[(Ipv4Net, Option<Why>)] = &[
    // Metadata of AWS, Azure, Google, Oracle, DigitalOcean; of containers on AWS; of Azure's host; Alibaba; Oracle's old one.
    (n4([169, 254, 169, 254], 32), Some(Why::Metadata)),
    (n4([169, 254, 170, 2], 32), Some(Why::Metadata)),
    (n4([169, 254, 170, 23], 32), Some(Why::Metadata)),
    (n4([169, 254, 42, 42], 32), Some(Why::Metadata)),
    (n4([168, 63, 129, 16], 32), Some(Why::Metadata)),
    (n4([100, 100, 100, 200], 32), Some(Why::Metadata)),
    (n4([192, 0, 0, 192], 32), Some(Why::Metadata)),
    (n4([0, 0, 0, 0], 8), Some(Why::Unspecified)),
    (n4([10, 0, 0, 0], 8), Some(Why::Private)),
    (n4([100, 64, 0, 0], 10), Some(Why::Shared)),
    (n4([127, 0, 0, 0], 8), Some(Why::Loopback)),
    (n4([169, 254, 0, 0], 16), Some(Why::LinkLocal)),
    (n4([172, 16, 0, 0], 12), Some(Why::Private)),
    // RFC 7723, RFC 8155: anycast within 192.0.0.0/24.
    (n4([192, 0, 0, 9], 32), None),
    (n4([192, 0, 0, 10], 32), None),
    (n4([192, 0, 0, 0], 24), Some(Why::Reserved)),
    (n4([192, 0, 2, 0], 24), Some(Why::Documentation)),
    (n4([192, 88, 99, 0], 24), Some(Why::Relay)),
    (n4([192, 168, 0, 0], 16), Some(Why::Private)),
    (n4([198, 18, 0, 0], 15), Some(Why::Benchmark)),
    (n4([198, 51, 100, 0], 24), Some(Why::Documentation)),
    (n4([203, 0, 113, 0], 24), Some(Why::Documentation)),
    (n4([224, 0, 0, 0], 4), Some(Why::Multicast)),
    (n4([255, 255, 255, 255], 32), Some(Why::Broadcast)),
    (n4([240, 0, 0, 0], 4), Some(Why::Reserved)),
];

/// What is given out to machines of the internet.
const GLOBAL_UNICAST: Ipv6Net = n6(0x2000 << 112, 3);

/// IANA IPv6 Special-Purpose Address Registry. The first block that holds an address counts. What is not in it and not
/// global unicast is reserved: IPv4-compatible and -translated addresses (RFC 4291 §2.5.5.1, RFC 2765) among others.
const V6: &[(Ipv6Net, Holds)] = &[
    // Metadata of AWS (and its containers), Google, Scaleway.
    (n6(0xfd00_0ec2 << 96 | 0x254, 128), Holds::Why(Why::Metadata)),
    (n6(0xfd00_0ec2 << 96 | 0x23, 128), Holds::Why(Why::Metadata)),
    (n6(0xfd20_00ce << 96 | 0x254, 128), Holds::Why(Why::Metadata)),
    (n6(0xfd00_0042 << 96 | 0x42, 128), Holds::Why(Why::Metadata)),
    (n6(0, 128), Holds::Why(Why::Unspecified)),
    (n6(1, 128), Holds::Why(Why::Loopback)),
    (n6(0xffff << 32, 96), Holds::Last),
    (n6(0x0064_ff9b << 96, 96), Holds::Last),
    (n6(0x0064_ff9b_0001 << 80, 48), Holds::Why(Why::LocalTranslation)),
    (n6(0x0100 << 112, 64), Holds::Why(Why::Discard)),
    // Within 2001::/23, which is the IETF's.
    (n6(0x2001 << 112, 32), Holds::Teredo),
    (n6(0x2001_0001 << 96 | 1, 128), Holds::Global),
    (n6(0x2001_0001 << 96 | 2, 128), Holds::Global),
    (n6(0x2001_0001 << 96 | 3, 128), Holds::Global),
    (n6(0x2001_0002 << 96, 48), Holds::Why(Why::Benchmark)),
    (n6(0x2001_0003 << 96, 32), Holds::Global),
    (n6(0x2001_0004_0112 << 80, 48), Holds::Global),
    (n6(0x2001_0010 << 96, 28), Holds::Why(Why::Identifier)),
    (n6(0x2001_0020 << 96, 28), Holds::Why(Why::Identifier)),
    (n6(0x2001_0030 << 96, 28), Holds::Why(Why::Identifier)),
    (n6(0x2001 << 112, 23), Holds::Why(Why::Reserved)),
    (n6(0x2001_0db8 << 96, 32), Holds::Why(Why::Documentation)),
    (n6(0x2002 << 112, 16), Holds::SixToFour),
    (n6(0x3fff << 112, 20), Holds::Why(Why::Documentation)),
    (n6(0xfc00 << 112, 7), Holds::Why(Why::Private)),
    (n6(0xfe80 << 112, 10), Holds::Why(Why::LinkLocal)),
    (n6(0xfec0 << 112, 10), Holds::Why(Why::Private)),
    (n6(0xff00 << 112, 8), Holds::Why(Why::Multicast)),
];
