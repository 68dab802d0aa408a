//! Content codings (RFC 9110 §8.4.1): packed bytes in, unpacked bytes out, no more of them than there is room for.
//!
//! Our own rather than the HTTP client's, which counts neither what was sent nor how much it grows.

use std::fmt;
use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// What is asked for.
pub(super) const CODINGS: &str = "gzip, br, zstd";

/// Beyond this a body may not grow by more than the ratio: small things shrink to nothing.
const ALWAYS_ALLOWED: u64 = 1 << 20;
/// The largest window of zstd that a client must have room for, 8 MiB (RFC 9659 §3).
const ZSTD_WINDOW_LOG: u32 = 23;
const BROTLI_BUFFER: usize = 32 * 1024;

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// Not at all.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 1950; without its frame as some servers send it (RFC 9110 §8.4.1.2). Not asked for, but understood.
    Deflate,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

impl Coding {
    /// Reads `Content-Encoding`; `None` for what is not known, and for more than one.
    pub(super) fn parse(written: &str) -> Option<Self> {
        match written.trim().to_ascii_lowercase().as_str() {
            "" | "identity" | "none" => Some(Self::Plain),
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "br" => Some(Self::Brotli),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// How much may come out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Bytes.
    pub(super) size: u64,
    /// Times what went in.
    pub(super) ratio: u64,
}

/// More would come out than there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overflow {
    Size,
    Ratio,
}

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no room for it")
    }
}

impl std::error::Error for Overflow {}

/// Where unpacked bytes go.
struct Sink {
    bytes: Vec<u8>,
    room: Room,
    received: u64,
}

impl Write for Sink {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        let size = (self.bytes.len() + more.len()) as u64;
        if size > self.room.size {
            return Err(io::Error::other(Overflow::Size));
        }
        if size > self.received.saturating_mul(self.room.ratio).max(ALWAYS_ALLOWED) {
            return Err(io::Error::other(Overflow::Ratio));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Unpacks a body piece by piece.
pub(super) struct Unpacker(Kind);

enum Kind {
    Plain(Sink),
    Gzip(Box<MultiGzDecoder<Sink>>),
    Zlib(Box<ZlibDecoder<Sink>>),
    Deflate(Box<DeflateDecoder<Sink>>),
    Brotli(Box<DecompressorWriter<Sink>>),
    Zstd(Box<zstd::stream::write::Decoder<'static, Sink>>),
}

impl Unpacker {
    /// For a body that begins with `first`; with room for `ahead` bytes from the start.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub(super) fn new(coding: Coding, first: &[u8], (room, ahead): (Room, usize)) -> io::Result<Self> {
        let sink = Sink { bytes: Vec::with_capacity(ahead), room, received: 0 };
        Ok(Self(match coding {
            Coding::Plain => Kind::Plain(sink),
            Coding::Gzip => Kind::Gzip(Box::new(MultiGzDecoder::new(sink))),
            Coding::Deflate if is_zlib(first) => Kind::Zlib(Box::new(ZlibDecoder::new(sink))),
            Coding::Deflate => Kind::Deflate(Box::new(DeflateDecoder::new(sink))),
            Coding::Brotli => Kind::Brotli(Box::new(DecompressorWriter::new(sink, BROTLI_BUFFER))),
            Coding::Zstd => {
                let mut decoder = zstd::stream::write::Decoder::new(sink)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                Kind::Zstd(Box::new(decoder))
            }
        }))
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// What is wrong with it; [`Overflow`] inside where there is no room.
    pub(super) fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        self.sink().received += piece.len() as u64;
        match &mut self.0 {
            Kind::Plain(sink) => sink.write_all(piece),
            Kind::Gzip(decoder) => decoder.write_all(piece),
            Kind::Zlib(decoder) => decoder.write_all(piece),
            Kind::Deflate(decoder) => decoder.write_all(piece),
            Kind::Brotli(decoder) => decoder.write_all(piece),
            Kind::Zstd(decoder) => decoder.write_all(piece),
        }
    }

    /// The bytes.
    ///
    /// # Errors
    /// As [`Unpacker::push`]; also where the end is missing.
    pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
        match &mut self.0 {
            Kind::Plain(_) => {}
            Kind::Gzip(decoder) => decoder.try_finish()?,
            Kind::Zlib(decoder) => decoder.try_finish()?,
            Kind::Deflate(decoder) => decoder.try_finish()?,
            Kind::Brotli(decoder) => decoder.close()?,
            Kind::Zstd(decoder) => decoder.do_finish()?,
        }
        Ok(std::mem::take(&mut self.sink().bytes))
    }

    fn sink(&mut self) -> &mut Sink {
        match &mut self.0 {
            Kind::Plain(sink) => sink,
            Kind::Gzip(decoder) => decoder.get_mut(),
            Kind::Zlib(decoder) => decoder.get_mut(),
            Kind::Deflate(decoder) => decoder.get_mut(),
            Kind::Brotli(decoder) => decoder.get_mut(),
            Kind::Zstd(decoder) => decoder.get_mut(),
        }
    }
}

/// RFC 1950 §2.2: method 8, and a check sum over the two bytes.
fn is_zlib(first: &[u8]) -> bool {
    matches!(first, [method, flags, ..]
        if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31))
        || matches!(first, [method] if method & 0x0f == 8)
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const ROOM: Room = Room { size: 64 << 20, ratio: 256 };
    /// "hello, hello, hello" through `brotli`.
    const BROTLI: &[u8] = &[
        0x0b, 0x09, 0x80, b'h', b'e', b'l', b'l', b'o', b',', b' ', b'h', b'e', b'l', b'l', b'o', b',', b' ',
        b'h', b'e', b'l', b'l', b'o', 0x03,
    ];

    fn unpacked(coding: Coding, packed: &[u8], room: Room) -> io::Result<Vec<u8>> {
        let mut unpacker = Unpacker::new(coding, packed.get(..3).unwrap_or(packed), (room, 0))?;
        for piece in packed.chunks(3) {
            unpacker.push(piece)?;
        }
        unpacker.finish()
    }

    fn packed(coding: Coding, bytes: &[u8]) -> Vec<u8> {
        match coding {
            Coding::Plain => bytes.to_vec(),
            Coding::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            }
            Coding::Deflate => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(bytes).unwrap();
                encoder.finish().unwrap()
            }
            Coding::Brotli => BROTLI.to_vec(),
            Coding::Zstd => zstd::stream::encode_all(bytes, 3).unwrap(),
        }
    }

    #[test]
    fn every_coding_is_unpacked_in_pieces() {
        for coding in [Coding::Plain, Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd] {
            let text = b"hello, hello, hello";
            assert_eq!(unpacked(coding, &packed(coding, text), ROOM).unwrap(), text, "{coding:?}");
        }
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::best());
        bare.write_all(b"<rss/>").unwrap();
        assert_eq!(unpacked(Coding::Deflate, &bare.finish().unwrap(), ROOM).unwrap(), b"<rss/>");
        let two = [packed(Coding::Gzip, b"<rss>"), packed(Coding::Gzip, b"</rss>")].concat();
        assert_eq!(unpacked(Coding::Gzip, &two, ROOM).unwrap(), b"<rss></rss>");
    }

    #[test]
    fn what_has_no_end_or_is_something_else_is_an_error() {
        for coding in [Coding::Gzip, Coding::Brotli, Coding::Zstd] {
            let whole = packed(coding, b"hello, hello, hello");
            assert!(unpacked(coding, &whole[..whole.len() - 2], ROOM).is_err(), "{coding:?}");
            assert!(unpacked(coding, b"<rss version='2.0'/>", ROOM).is_err(), "{coding:?}");
        }
    }

    #[test]
    fn a_bomb_is_stopped_by_its_size_or_its_growth() {
        let zeros = vec![0; 3 << 20];
        for coding in [Coding::Gzip, Coding::Deflate, Coding::Zstd] {
            let bomb = packed(coding, &zeros);
            for (room, expected) in [
                (Room { size: 2 << 20, ratio: 1_000_000 }, Some(Overflow::Size)),
                (Room { size: 64 << 20, ratio: 100 }, Some(Overflow::Ratio)),
                (Room { size: 3 << 20, ratio: 1_000_000 }, None),
            ] {
                let found = unpacked(coding, &bomb, room).err();
                let found = found.map(|error| *error.get_ref().unwrap().downcast_ref::<Overflow>().unwrap());
                assert_eq!(found, expected, "{coding:?}");
            }
        }
    }

    #[test]
    fn codings_are_known_in_any_case_and_one_at_a_time() {
        for (written, expected) in [
            ("GZIP", Some(Coding::Gzip)),
            (" x-gzip ", Some(Coding::Gzip)),
            ("identity", Some(Coding::Plain)),
            ("gzip, gzip", None),
            ("compress", None),
        ] {
            assert_eq!(Coding::parse(written), expected, "{written}");
        }
    }
}
