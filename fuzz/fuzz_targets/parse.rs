//! No text makes the parser panic, hang or swell; what it reads can be written, and its warnings point into the text.

#![no_main]

use feedmill::ingest::parse::{Hints, parse};
use feedmill::model::{FeedDocument, InputFormat};
use libfuzzer_sys::fuzz_target;

/// A record is at most this many times as long as its document: each relative URL of it can become as long as the base,
/// and what a media group says is said of each of its files.
const TIMES: usize = 128;
/// Beyond that: the text of declared entities, and the warnings.
const BESIDE: usize = 2 << 20;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let hints = Hints { base_url: "https://example.org/feeds/feed.xml".parse().ok(), ..Hints::default() };
    let read = parse(&text, &hints);
    assert_eq!(read, parse(&text, &hints), "the same text, another record");
    if let Ok(document) = read {
        // JSON that had to be repaired first gives its places in the repaired text.
        if !matches!(document.format, InputFormat::JsonFeed10 | InputFormat::JsonFeed11) {
            warnings_point_into(&text, &document);
        }
        let record = serde_json::to_string(&document).expect("a record is always JSON");
        assert!(record.len() <= TIMES * text.len() + BESIDE, "{} bytes became {}", text.len(), record.len());
    }
});

fn warnings_point_into(text: &str, document: &FeedDocument) {
    let lengths: Vec<usize> = text.split('\n').map(str::len).collect();
    for warning in &document.warnings {
        let (line, column) = (warning.line as usize, warning.column as usize);
        let length = line.checked_sub(1).and_then(|index| lengths.get(index));
        assert!(length.is_some_and(|length| (1..=length + 1).contains(&column)), "{warning:?}");
    }
}
