//! No bytes make the decoder panic or swell; it names the encoding, and leaves plain ASCII alone.
//!
//! An input that begins with a line `Content-Type: ...` is what HTTP said and, behind the line, the document.

#![no_main]

use feedmill::ingest::decode::decode;
use feedmill::ingest::parse::Hints;
use libfuzzer_sys::fuzz_target;

/// One byte becomes at most one character of three bytes.
const TIMES: usize = 3;
/// As many bytes as are unpacked of a compressed document.
const UNPACKED: usize = 64 << 20;

fuzz_target!(|input: &[u8]| {
    let (content_type, bytes) = split(input);
    let hints = Hints { content_type: content_type.map(str::to_owned), ..Hints::default() };
    let decoded = decode(bytes, &hints);
    assert_eq!(decoded.text, decode(bytes, &hints).text, "the same bytes, another text");
    assert_eq!(decoded.encoding, decoded.encoding.trim().to_ascii_lowercase());
    assert!(!decoded.encoding.is_empty());
    let packed = decoded.warnings.iter().any(|warning| warning.code == "compressed");
    let most = TIMES * if packed { UNPACKED } else { bytes.len() };
    assert!(decoded.text.len() <= most, "{} bytes became {}", bytes.len(), decoded.text.len());
    if bytes.iter().all(|&byte| is_plain(byte)) {
        assert_eq!(decoded.text.as_bytes(), bytes, "ASCII read as {}", decoded.encoding);
    }
});

fn split(input: &[u8]) -> (Option<&str>, &[u8]) {
    let head = input.strip_prefix(b"Content-Type: ").and_then(|rest| {
        let end = rest.iter().position(|&byte| byte == b'\n')?;
        Some((std::str::from_utf8(&rest[..end]).ok()?, &rest[end + 1..]))
    });
    head.map_or((None, input), |(content_type, bytes)| (Some(content_type), bytes))
}

/// ASCII, but for what begins other characters in UTF-7 and HZ.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'}') && byte != b'+'
}
