//! Compressed bytes that nobody said were compressed: a server that packs a file twice, or sends a packed file as it
//! is.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// What grows to more than this many bytes is no document but a bomb, and is left packed ..
const LARGEST: u64 = 32 << 20;
/// .. and so is what grows to more than this many times its size, beyond the first megabyte. Feeds shrink to a tenth, a
/// thirtieth at best; DEFLATE itself ends at 1032.
const LARGEST_RATIO: u64 = 256;
const ALWAYS_ALLOWED: u64 = 1 << 20;
/// Packed more often than this, it is not a document.
const MOST_LAYERS: usize = 3;

/// What was unpacked, and of which kind the outermost packing was; bytes that are not packed as they are.
pub(super) fn inflated(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<&'static str>) {
    let (mut inner, mut outermost) = (Cow::Borrowed(bytes), None);
    for _ in 0..MOST_LAYERS {
        let Some((packing, unpacked)) = unpack(&inner) else { break };
        outermost = outermost.or(Some(packing));
        inner = Cow::Owned(unpacked);
    }
    (inner, outermost)
}

fn unpack(bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    match bytes {
        [0x1f, 0x8b, 8, ..] => Some(("gzip", all_of(MultiGzDecoder::new(bytes), bytes.len())?)),
        // RFC 1950 §2.2: method 8 with a window of up to 32 KiB, and a check sum over the two bytes.
        [method, flags, ..] if method & 0x8f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0 => {
            let unpacked = all_of(ZlibDecoder::new(bytes), bytes.len())?;
            begins_a_document(&unpacked).then_some(("zlib", unpacked))
        }
        // A zip archive's first file (APPNOTE 4.3.7), which is all that a packed feed is.
        [b'P', b'K', 3, 4, _, _, _, _, 8, 0, ..] => {
            let length =
                |at: usize| Some(usize::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
            let packed = bytes.get(30 + length(26)? + length(28)?..)?;
            let unpacked = all_of(DeflateDecoder::new(packed), packed.len())?;
            begins_a_document(&unpacked).then_some(("zip", unpacked))
        }
        // Bare DEFLATE has no mark, but its first block says how it is packed, and no document begins as these do.
        [first, ..] if matches!(first & 0b110, 0b010 | 0b100) && !b"<{ \t\r\n".contains(first) => {
            let start = all_of(DeflateDecoder::new(bytes.get(..PROBE).unwrap_or(bytes)), PROBE)?;
            begins_a_document(&start).then_some(())?;
            Some(("deflate", all_of(DeflateDecoder::new(bytes), bytes.len())?))
        }
        _ => None,
    }
}

/// So many bytes show whether bare DEFLATE is one.
const PROBE: usize = 512;

/// What can be inflated, within the limits: a stream that is cut off or broken gives its beginning, a bomb nothing.
fn all_of(packed: impl Read, length: usize) -> Option<Vec<u8>> {
    let most = (ALWAYS_ALLOWED + LARGEST_RATIO * length as u64).min(LARGEST);
    let mut unpacked = Vec::new();
    // An error keeps what was read before it.
    let _ = packed.take(most + 1).read_to_end(&mut unpacked);
    (!unpacked.is_empty() && unpacked.len() as u64 <= most).then_some(unpacked)
}

/// Whether a document that is no plain text, or another packing, may begin like this.
fn begins_a_document(bytes: &[u8]) -> bool {
    match bytes.trim_ascii_start() {
        [b'<', next, rest @ ..] => {
            (next.is_ascii_alphabetic() || b"?!\0".contains(next)) && rest.iter().take(8).all(u8::is_ascii)
        }
        [b'{', rest @ ..] => rest.iter().take(8).all(u8::is_ascii),
        start => [&b"\xef\xbb\xbf<"[..], b"\xfe\xff\0<", b"\xff\xfe<\0", b"\0<\0", b"\x1f\x8b\x08"]
            .iter()
            .any(|begin| start.starts_with(begin)),
    }
}
