//! One row an address; one scenario a spelling.

use super::*;

fn why(address: &str) -> Result<(), Why> {
    is_global(address.parse().unwrap())
}

/// Addresses of every block of the registries: its first, its last or one within.
const REFUSED: &[(&str, Why)] = &[
    ("0.0.0.0", Why::Unspecified),
    ("0.1.2.3", Why::Unspecified),
    ("0.255.255.255", Why::Unspecified),
    ("10.0.0.0", Why::Private),
    ("10.255.255.255", Why::Private),
    ("100.64.0.0", Why::Shared),
    ("100.100.100.200", Why::Metadata),
    ("100.127.255.255", Why::Shared),
    ("127.0.0.0", Why::Loopback),
    ("127.0.0.1", Why::Loopback),
    ("127.255.255.255", Why::Loopback),
    ("168.63.129.16", Why::Metadata),
    ("169.254.0.0", Why::LinkLocal),
    ("169.254.42.42", Why::Metadata),
    ("169.254.169.254", Why::Metadata),
    ("169.254.170.2", Why::Metadata),
    ("169.254.170.23", Why::Metadata),
    ("169.254.255.255", Why::LinkLocal),
    ("172.16.0.0", Why::Private),
    ("172.31.255.255", Why::Private),
    ("192.0.0.0", Why::Reserved),
    ("192.0.0.8", Why::Reserved),
    ("192.0.0.170", Why::Reserved),
    ("192.0.0.192", Why::Metadata),
    ("192.0.0.255", Why::Reserved),
    ("192.0.2.1", Why::Documentation),
    ("192.88.99.1", Why::Relay),
    ("192.168.0.0", Why::Private),
    ("192.168.255.255", Why::Private),
    ("198.18.0.0", Why::Benchmark),
    ("198.19.255.255", Why::Benchmark),
    ("198.51.100.255", Why::Documentation),
    ("203.0.113.0", Why::Documentation),
    ("224.0.0.1", Why::Multicast),
    ("239.255.255.255", Why::Multicast),
    ("240.0.0.0", Why::Reserved),
    ("255.255.255.254", Why::Reserved),
    ("255.255.255.255", Why::Broadcast),
    ("::", Why::Unspecified),
    ("::1", Why::Loopback),
    ("::2", Why::Reserved),
    ("::127.0.0.1", Why::Reserved),
    ("::8.8.8.8", Why::Reserved),
    ("::ffff:0:127.0.0.1", Why::Reserved),
    ("::ffff:127.0.0.1", Why::Loopback),
    ("::ffff:10.1.2.3", Why::Private),
    ("::ffff:169.254.169.254", Why::Metadata),
    ("::ffff:0.0.0.0", Why::Unspecified),
    ("64:ff9b::127.0.0.1", Why::Loopback),
    ("64:ff9b::192.168.1.1", Why::Private),
    ("64:ff9b::a9fe:a9fe", Why::Metadata),
    ("64:ff9b:1::8.8.8.8", Why::LocalTranslation),
    ("64:ff9b:1:ffff::", Why::LocalTranslation),
    ("64:ff9b:2::1", Why::Reserved),
    ("100::", Why::Discard),
    ("100::ffff:ffff:ffff:ffff", Why::Discard),
    ("100:0:0:1::1", Why::Reserved),
    ("2001::1", Why::Unspecified),
    ("2001:0:7f00:1::f7f7:f7f7", Why::Loopback),
    ("2001:0:808:808::80ff:fffe", Why::Loopback),
    ("2001:0:808:808::f5ff:fffe", Why::Private),
    ("2001:1::4", Why::Reserved),
    ("2001:2::1", Why::Benchmark),
    ("2001:10::1", Why::Identifier),
    ("2001:20::1", Why::Identifier),
    ("2001:3f::1", Why::Identifier),
    ("2001:1ff::1", Why::Reserved),
    ("2001:db8::1", Why::Documentation),
    ("2002:7f00:1::1", Why::Loopback),
    ("2002:c0a8:101::1", Why::Private),
    ("2002:a9fe:a9fe::", Why::Metadata),
    ("2002:0:0::1", Why::Unspecified),
    ("3fff::1", Why::Documentation),
    ("3fff:fff:ffff::1", Why::Documentation),
    ("4000::1", Why::Reserved),
    ("5f00::1", Why::Reserved),
    ("fc00::1", Why::Private),
    ("fd00:ec2::254", Why::Metadata),
    ("fd00:ec2::23", Why::Metadata),
    ("fd00:42::42", Why::Metadata),
    ("fd20:ce::254", Why::Metadata),
    ("fdff:ffff::1", Why::Private),
    ("fe00::1", Why::Reserved),
    ("fe80::1", Why::LinkLocal),
    ("febf::1", Why::LinkLocal),
    ("fec0::1", Why::Private),
    ("feff::1", Why::Private),
    ("ff02::1", Why::Multicast),
    ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Why::Multicast),
];

/// The neighbours of those blocks, and the exceptions within them.
const GLOBAL: &[&str] = &[
    "1.0.0.0",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.17",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.0.9",
    "192.0.0.10",
    "192.0.1.0",
    "192.0.3.0",
    "192.31.196.1",
    "192.52.193.1",
    "192.167.255.255",
    "192.169.0.0",
    "192.175.48.1",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2001:0:808:808::f7f7:f7f7",
    "2001:1::1",
    "2001:1::3",
    "2001:3::1",
    "2001:4:112::1",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2002:808:808::1",
    "2003::1",
    "2620:4f:8000::1",
    "2a00::1",
    "3ffe:ffff::1",
];

#[test]
fn every_block_of_the_registries_is_judged() {
    for (address, expected) in REFUSED {
        assert_eq!(why(address), Err(*expected), "{address}");
    }
    for address in GLOBAL {
        assert_eq!(why(address), Ok(()), "{address}");
    }
}

#[test]
fn an_address_written_as_a_number_is_refused_in_every_spelling() {
    let guard = Guard::new(&[], false);
    for host in [
        "127.0.0.1",
        "127.0.0.1.",
        "2130706433",
        "2130706433.",
        "017700000001",
        "0x7f000001",
        "0X7F.1",
        "0x7f.0x0.0x0.0x1",
        "0177.0.0.01",
        "127.1",
        "127.0.1",
        "127.1.",
        "0",
        "0.0.0.0",
        "00000000",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "%31%32%37.0.0.1",
        "3232235777",
        "0xa9fea9fe",
        "169.254.43518",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "user:word@127.0.0.1",
    ] {
        let url = Url::parse(&format!("http://{host}/feed")).unwrap();
        assert!(guard.judge_literal(&url).is_err(), "{host} became {url}");
    }
    for host in ["8.8.8.8", "134744072", "[2a00::1]", "example.org"] {
        let url = Url::parse(&format!("http://{host}/feed")).unwrap();
        assert_eq!(guard.judge_literal(&url), Ok(()), "{host}");
    }
}

#[test]
fn a_private_source_reaches_private_machines_and_no_metadata() {
    let guard = Guard::new(&[], true);
    for address in ["127.0.0.1", "10.0.0.1", "::1", "fd00::1", "fe80::1", "100.64.0.1", "::ffff:192.168.0.1"]
    {
        assert_eq!(guard.judge(address.parse().unwrap()), Ok(()), "{address}");
    }
    for address in
        ["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "0.0.0.0", "224.0.0.1", "192.0.2.1"]
    {
        assert!(guard.judge(address.parse().unwrap()).is_err(), "{address}");
    }
}

#[test]
fn an_allowed_network_is_open_and_no_other() {
    let guard = Guard::new(&["127.0.0.0/8".parse().unwrap(), "fd00:1::/32".parse().unwrap()], false);
    for (address, open) in [
        ("127.1.2.3", true),
        ("::ffff:127.0.0.1", true),
        ("fd00:1::5", true),
        ("::1", false),
        ("10.0.0.1", false),
        ("fd00:2::5", false),
        ("64:ff9b::127.0.0.1", false),
        ("8.8.8.8", true),
    ] {
        assert_eq!(guard.judge(address.parse().unwrap()).is_ok(), open, "{address}");
    }
}
