//! Content codings (RFC 9110 §8.4.1): packed bytes in, unpacked bytes out, no more of them than there is room for.
//!
//! Our own rather than the HTTP client's, which counts neither what was sent nor how much it grows.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// What is asked for.
pub(super) const CODINGS: &str = "gzip, br, zstd";

/// Beyond this a body may not grow by more than the ratio: small things shrink to nothing.
const ALWAYS_ALLOWED: u64 = 1 << 20;
/// The largest window of zstd that a client must have room for, 8 MiB (RFC 9659 §3).
const ZSTD_WINDOW_LOG: u32 = 23;
/// A decoder is given so many bytes at a time.
const PIECE: usize = 16 * 1024;
/// No more is set aside in advance on a server's word.
const FORETOLD: usize = 256 * 1024;
/// Room behind what is expected: where nothing more comes, it is seen without growing.
const SLACK: usize = 64;

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

    /// Its name (RFC 9110 §18.6); `None` for what is not packed.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Deflate => Some("deflate"),
            Self::Brotli => Some("br"),
            Self::Zstd => Some("zstd"),
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

/// A body as it came: a decoder is given piece by piece, so that how much it grows is told by what was read of it.
struct Pieces<'a> {
    left: &'a [u8],
    total: usize,
    /// Bytes given so far.
    given: &'a Cell<usize>,
}

impl BufRead for Pieces<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let piece = self.left.get(..PIECE).unwrap_or(self.left);
        self.given.set(self.total - self.left.len() + piece.len());
        Ok(piece)
    }

    fn consume(&mut self, bytes: usize) {
        self.left = self.left.get(bytes..).unwrap_or_default();
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

/// Unpacks a body that came to its end. What is not packed is given back: its size was judged on the way.
///
/// # Errors
/// What is wrong with it, or that its end is missing; [`Overflow`] inside where there is no room.
pub(super) fn unpack(coding: Coding, sent: &[u8], room: Room) -> io::Result<Cow<'_, [u8]>> {
    if sent.is_empty() {
        return Ok(Cow::Borrowed(sent));
    }
    let given = Cell::new(0);
    let mut pieces = Pieces { left: sent, total: sent.len(), given: &given };
    let ahead = if coding == Coding::Gzip { told_size(sent) } else { sent.len() };
    let watch = (ahead, &given);
    let bytes = match coding {
        Coding::Plain => return Ok(Cow::Borrowed(sent)),
        Coding::Gzip => room.drain(MultiGzDecoder::new(&mut pieces), watch),
        Coding::Deflate if is_zlib(sent) => room.drain(ZlibDecoder::new(&mut pieces), watch),
        Coding::Deflate => room.drain(DeflateDecoder::new(&mut pieces), watch),
        Coding::Brotli => {
            let mut decoder = Decompressor::new(&mut pieces, PIECE);
            let bytes = room.drain(&mut decoder, watch)?;
            // Only when asked once more it says that there is more in its buffer.
            decoder.read(&mut [0]).map(|_| bytes)
        }
        Coding::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(&mut pieces)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            room.drain(decoder, watch)
        }
    }?;
    if !pieces.left.is_empty() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "more comes behind its end"));
    }
    Ok(Cow::Owned(bytes))
}

impl Room {
    /// All that comes out of a decoder; `ahead` bytes are expected, and `given` have gone in.
    fn drain(self, mut decoder: impl Read, (ahead, given): (usize, &Cell<usize>)) -> io::Result<Vec<u8>> {
        let most = usize::try_from(self.size).unwrap_or(usize::MAX).saturating_add(1);
        let mut bytes = vec![0; ahead.saturating_add(SLACK).min(FORETOLD).min(most)];
        let mut length = 0;
        loop {
            if length == bytes.len() {
                bytes.resize(length.saturating_mul(2).min(most), 0);
            }
            match decoder.read(&mut bytes[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            self.judge(length, given.get()).map_err(io::Error::other)?;
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    fn judge(self, length: usize, given: usize) -> Result<(), Overflow> {
        let (length, given) = (length as u64, given as u64);
        if length > self.size {
            Err(Overflow::Size)
        } else if length > given.saturating_mul(self.ratio).max(ALWAYS_ALLOWED) {
            Err(Overflow::Ratio)
        } else {
            Ok(())
        }
    }
}

/// What the end of a gzip file says of its length (RFC 1952 §2.3.1): a hint, since it may lie, or be of the last of several.
fn told_size(sent: &[u8]) -> usize {
    sent.last_chunk().map_or(0, |told| u32::from_le_bytes(*told) as usize)
}

/// RFC 1950 §2.2: method 8, and a check sum over the two bytes.
fn is_zlib(first: &[u8]) -> bool {
    matches!(first, [method, flags, ..]
        if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31))
        || matches!(first, [method] if method & 0x0f == 8)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const ROOM: Room = Room { size: 64 << 20, ratio: 256 };
    /// "hello, hello, hello" through `brotli`.
    const BROTLI: &[u8] = &[
        0x0b, 0x09, 0x80, b'h', b'e', b'l', b'l', b'o', b',', b' ', b'h', b'e', b'l', b'l', b'o', b',', b' ',
        b'h', b'e', b'l', b'l', b'o', 0x03,
    ];

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
            assert_eq!(*unpack(coding, &packed(coding, text), ROOM).unwrap(), *text, "{coding:?}");
        }
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::best());
        bare.write_all(b"<rss/>").unwrap();
        assert_eq!(*unpack(Coding::Deflate, &bare.finish().unwrap(), ROOM).unwrap(), *b"<rss/>");
        let two = [packed(Coding::Gzip, b"<rss>"), packed(Coding::Gzip, b"</rss>")].concat();
        assert_eq!(*unpack(Coding::Gzip, &two, ROOM).unwrap(), *b"<rss></rss>");
    }

    #[test]
    fn what_has_no_end_or_is_something_else_is_an_error() {
        for coding in [Coding::Gzip, Coding::Brotli, Coding::Zstd] {
            let whole = packed(coding, b"hello, hello, hello");
            assert!(unpack(coding, &whole[..whole.len() - 2], ROOM).is_err(), "{coding:?}");
            assert!(unpack(coding, b"<rss version='2.0'/>", ROOM).is_err(), "{coding:?}");
        }
    }

    #[test]
    fn a_body_of_any_length_comes_whole_or_not_at_all() {
        for length in [0, 1, SLACK, PIECE - 1, PIECE, PIECE + 1, FORETOLD - SLACK, FORETOLD, 3 * FORETOLD + 7]
        {
            let noise: Vec<u8> =
                (0..length as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 25) as u8).collect();
            for coding in [Coding::Plain, Coding::Gzip, Coding::Deflate, Coding::Zstd] {
                let whole = packed(coding, &noise);
                assert_eq!(unpack(coding, &whole, ROOM).unwrap(), noise, "{coding:?} {length}");
                if coding != Coding::Plain {
                    assert!(unpack(coding, &whole[..whole.len() - 1], ROOM).is_err(), "{coding:?} {length}");
                    let more = [&whole, &b"<rss/>"[..]].concat();
                    assert!(unpack(coding, &more, ROOM).is_err(), "{coding:?} {length}");
                }
            }
        }
        assert!(unpack(Coding::Brotli, &[BROTLI, b"x"].concat(), ROOM).is_err());
    }

    #[test]
    fn a_lie_about_the_length_is_only_a_hint() {
        let mut two = [packed(Coding::Gzip, &[b'a'; 5000]), packed(Coding::Gzip, b"b")].concat();
        assert_eq!(unpack(Coding::Gzip, &two, ROOM).unwrap().len(), 5001);
        let end = two.len() - 1;
        two[end] = 0xff;
        assert!(unpack(Coding::Gzip, &two, ROOM).is_err());
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
                let found = unpack(coding, &bomb, room).err();
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
