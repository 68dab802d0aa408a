//! TLS that is none, or not to be trusted. There is no switch that turns checking off.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, LazyLock};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, SanType, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection};

use super::case::{Case, Fault};
use super::feed;
use super::head::DRIP;
use super::line::Line;

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{Connect, ConnectTimeout, Tls};
    let cases = vec![
        Case::fails(speaks_plain_http_on_a_tls_port, Tls),
        Case::fails(signs_for_itself, Tls),
        Case::fails(has_a_certificate_of_another_host, Tls),
        Case::fails(has_a_certificate_that_has_expired, Tls),
        Case::fails(never_shakes_hands, ConnectTimeout),
        Case::fails(shakes_hands_byte_by_byte, ConnectTimeout),
        Case::fails(hangs_up_in_the_handshake, Connect),
        // The proof that the others fail for their own fault. Where the system keeps its authorities elsewhere, ours
        // cannot be made known to the program.
        #[cfg(target_os = "linux")]
        Case::reads(is_as_it_should_be, 2),
    ];
    cases.into_iter().map(Case::over_tls).collect()
}

/// The authority that the program is told to trust.
static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::new);

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// The authority's certificate.
pub(crate) fn authority_pem() -> &'static str {
    &AUTHORITY.pem
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }
}

/// A certificate's contents for this server.
fn params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST))];
    params
}

/// Serves the feed over TLS with such a certificate, signed by the authority.
fn serve(line: &mut Line, params: &CertificateParams) -> io::Result<()> {
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &AUTHORITY.issuer).unwrap();
    serve_with(line, &key, &certificate)
}

fn serve_with(line: &mut Line, key: &KeyPair, certificate: &rcgen::Certificate) -> io::Result<()> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
    let mut tls = rustls::Stream::new(&mut connection, &mut line.stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        tls.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let feed = feed();
    write!(tls, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{feed}", feed.len())?;
    tls.flush()
}

fn is_as_it_should_be(line: &mut Line) -> io::Result<()> {
    serve(line, &params())
}

fn speaks_plain_http_on_a_tls_port(line: &mut Line) -> io::Result<()> {
    line.stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
}

fn signs_for_itself(line: &mut Line) -> io::Result<()> {
    let key = KeyPair::generate().unwrap();
    let certificate = params().self_signed(&key).unwrap();
    serve_with(line, &key, &certificate)
}

fn has_a_certificate_of_another_host(line: &mut Line) -> io::Result<()> {
    let mut other = params();
    other.subject_alt_names = vec![SanType::DnsName("good.example.com".try_into().unwrap())];
    serve(line, &other)
}

fn has_a_certificate_that_has_expired(line: &mut Line) -> io::Result<()> {
    let mut old = params();
    (old.not_before, old.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1));
    serve(line, &old)
}

fn never_shakes_hands(line: &mut Line) -> io::Result<()> {
    while line.stream.read(&mut [0; 1024])? > 0 {}
    Ok(())
}

/// A record of 16 KB is coming (RFC 8446 §5.1), a byte at a time.
fn shakes_hands_byte_by_byte(line: &mut Line) -> io::Result<()> {
    line.stream.write_all(b"\x16\x03\x03\x40\0\x02\0\x3f\xfc")?;
    loop {
        line.pause(DRIP);
        line.stream.write_all(b"\x03")?;
    }
}

fn hangs_up_in_the_handshake(line: &mut Line) -> io::Result<()> {
    line.stream.read_exact(&mut [0; 5])?;
    line.stream.write_all(b"\x16\x03\x03\x40\0\x02\0")
}
