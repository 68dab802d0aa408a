//! Compression: bombs, and codings that are not what is said.

use std::io::{self, Write};

use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use flate2::{Compress, Compression, FlushCompress};

use super::case::{Case, Fault};
use super::feed;
use super::line::Line;

pub(crate) fn cases() -> Vec<Case> {
    use Fault::{Body, Bomb, Empty, NotAFeed, TooLarge};
    vec![
        Case::fails(drops_a_gzip_bomb_of_10_gb, Bomb).patient(),
        Case::fails(drops_a_bomb_of_many_gzip_members, TooLarge).patient(),
        Case::fails(drops_a_brotli_bomb, Bomb).patient(),
        Case::fails(drops_a_zstd_bomb, Bomb).patient(),
        Case::fails(packs_20_mb_of_noise, TooLarge).patient(),
        Case::fails(drops_a_gzip_bomb_unannounced, NotAFeed).patient().memory(160),
        Case::reads(packs_its_feed_twice_and_says_it_once, 2),
        Case::fails(packs_its_feed_twice_and_says_so, Body),
        Case::fails(cuts_its_gzip, Body),
        Case::fails(lies_about_its_checksum, Body),
        Case::fails(says_gzip_and_sends_plain_text, Body),
        Case::fails(says_gzip_and_sends_nothing, Empty),
        Case::reads(says_nothing_and_sends_gzip, 2),
        Case::fails(packs_in_an_unknown_way, Body),
        Case::reads(sends_zlib_as_deflate, 2),
        Case::reads(sends_bare_deflate_as_deflate, 2),
        Case::reads(says_identity, 2),
    ]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn packed(line: &mut Line, coding: &str, body: &[u8]) -> io::Result<()> {
    line.answer("200 OK", &[&format!("Content-Encoding: {coding}")], body)
}

/// 10 GB of zeros in one gzip stream. Flushed in full, the packer begins anew: what it made of one megabyte may be
/// said ten thousand times.
fn bomb() -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut megabyte = Vec::with_capacity(1 << 16);
    packer.compress_vec(&vec![0; 1 << 20], &mut megabyte, FlushCompress::Full).unwrap();
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    for _ in 0..10_000 {
        bomb.extend_from_slice(&megabyte);
    }
    bomb
}

fn drops_a_gzip_bomb_of_10_gb(line: &mut Line) -> io::Result<()> {
    packed(line, "gzip", &bomb())
}

/// The same in small (RFC 1952 §2.2: members follow each other).
fn drops_a_bomb_of_many_gzip_members(line: &mut Line) -> io::Result<()> {
    packed(line, "gzip", &gzip(&vec![b' '; 1 << 20]).repeat(1000))
}

/// 10 GB of spaces (RFC 7932 §9.2): each meta-block says one space, and to copy it sixteen million times.
fn brotli_bomb() -> Vec<u8> {
    const LENGTH: u32 = 1 << 24;
    // Value and width of each field.
    let meta_block = [
        (0, 1),                  // not the last
        (2, 2),                  // its length in six nibbles
        (LENGTH - 1, 24),        // its length
        (0, 14),                 // packed, one type of block, no postfix, one context, one tree
        (1, 4),                  // literals: one symbol
        (u32::from(b' '), 8),    // a space
        (1, 4),                  // commands: one symbol
        (399, 10),               // one literal, and a copy whose length has 24 bits
        (1, 4),                  // distances: one symbol
        (16, 6),                 // one, and what a bit adds
        (LENGTH - 1 - 2118, 24), // the copy's length, beyond the least
        (0, 1),                  // the distance's bit
    ];
    let (window, last) = ((0, 1), (3, 2));
    let fields = std::iter::once(window).chain(meta_block.repeat(640)).chain([last]);
    let bits: Vec<bool> =
        fields.flat_map(|(value, width)| (0..width).map(move |bit| value >> bit & 1 == 1)).collect();
    bits.chunks(8)
        .map(|byte| byte.iter().enumerate().fold(0, |byte, (bit, set)| byte | u8::from(*set) << bit))
        .collect()
}

fn drops_a_brotli_bomb(line: &mut Line) -> io::Result<()> {
    packed(line, "br", &brotli_bomb())
}

/// RFC 8878 §3.1.1.2: a block of 128 KB of the same byte takes four.
fn drops_a_zstd_bomb(line: &mut Line) -> io::Result<()> {
    const HEAD: &[u8] = b"\x28\xb5\x2f\xfd\0\x58";
    const SIZE: u32 = 128 << 10;
    let block = [&(SIZE << 3 | 1 << 1).to_le_bytes()[..3], b" "].concat();
    packed(line, "zstd", &[HEAD, &block.repeat(80_000)].concat())
}

/// No bomb by its ratio, and too large all the same.
fn packs_20_mb_of_noise(line: &mut Line) -> io::Result<()> {
    let noise: Vec<u8> = (0..1u32 << 16).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 & 7).collect();
    packed(line, "gzip", &gzip(&noise.repeat(320)))
}

/// What nobody announced is unpacked too, within limits of its own.
fn drops_a_gzip_bomb_unannounced(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &["Content-Type: application/rss+xml"], &bomb())
}

fn packs_its_feed_twice_and_says_it_once(line: &mut Line) -> io::Result<()> {
    packed(line, "gzip", &gzip(&gzip(feed().as_bytes())))
}

fn packs_its_feed_twice_and_says_so(line: &mut Line) -> io::Result<()> {
    packed(line, "gzip, gzip", &gzip(&gzip(feed().as_bytes())))
}

fn cuts_its_gzip(line: &mut Line) -> io::Result<()> {
    let whole = gzip(feed().as_bytes());
    packed(line, "gzip", &whole[..whole.len() / 2])
}

/// The last eight bytes are checksum and length (RFC 1952 §2.3.1).
fn lies_about_its_checksum(line: &mut Line) -> io::Result<()> {
    let whole = gzip(feed().as_bytes());
    packed(line, "gzip", &[&whole[..whole.len() - 8], b"liesliar"].concat())
}

fn says_gzip_and_sends_plain_text(line: &mut Line) -> io::Result<()> {
    packed(line, "gzip", feed().as_bytes())
}

fn says_gzip_and_sends_nothing(line: &mut Line) -> io::Result<()> {
    packed(line, "gzip", b"")
}

fn says_nothing_and_sends_gzip(line: &mut Line) -> io::Result<()> {
    line.answer("200 OK", &[], &gzip(feed().as_bytes()))
}

fn packs_in_an_unknown_way(line: &mut Line) -> io::Result<()> {
    packed(line, "x-\u{9b}31mcow", feed().as_bytes())
}

fn sends_zlib_as_deflate(line: &mut Line) -> io::Result<()> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(feed().as_bytes())?;
    packed(line, "deflate", &packer.finish()?)
}

/// RFC 9110 §8.4.1.2: many mean this by it, and are wrong.
fn sends_bare_deflate_as_deflate(line: &mut Line) -> io::Result<()> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(feed().as_bytes())?;
    packed(line, "deflate", &packer.finish()?)
}

fn says_identity(line: &mut Line) -> io::Result<()> {
    packed(line, "identity", feed().as_bytes())
}
