//! No bytes make the decoder panic or swell; it names an encoding that there is, and leaves plain ASCII alone.
//!
//! An input that begins with a line `Content-Type: ...` is what HTTP said and, behind the line, the document.

#![no_main]

use encoding_rs::Encoding;
use feedmill::ingest::decode::decode;
use libfuzzer_sys::fuzz_target;

/// One byte becomes at most one character of three bytes.
const TIMES: usize = 3;
/// What begins so is unpacked, and bounded by a limit of its own.
const GZIP: &[u8] = b"\x1f\x8b";

fuzz_target!(|input: &[u8]| {
    let (content_type, bytes) = split(input);
    let decoded = decode(bytes, content_type);
    assert_eq!(decoded.text, decode(bytes, content_type).text, "the same bytes, another text");
    let known = Encoding::for_label(decoded.encoding.as_bytes()).is_some();
    assert!(known || decoded.encoding.to_ascii_lowercase().starts_with("utf-32"), "{}", decoded.encoding);
    if !bytes.starts_with(GZIP) {
        assert!(
            decoded.text.len() <= TIMES * bytes.len(),
            "{} bytes became {}",
            bytes.len(),
            decoded.text.len()
        );
    }
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

fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')
}
