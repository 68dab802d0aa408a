//! scratch
use std::hint::black_box;
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let body: String = (0..40).map(|item| format!(
            "<p>Paragraph of story {item} with a <a href=\"/{item}?utm_source=x\">link</a>, some <em>emphasis</em> and an \
             <img src=\"/i/{item}.jpg\" alt=\"\"> image. Dürre &amp; Höhe — “quoted” words go on and on for a line or two of text.</p>\n"
        )).collect();
    let plain = "Only plain words without any markup at all, for a while. ".repeat(40);
    let base = "https://example.org/news/".parse().unwrap();
    let s = feedmill::ingest::clean::Sanitizer::new();
    for _ in 0..n {
        black_box(s.sanitize(black_box(&body), Some(&base)));
        black_box(s.sanitize(black_box(&plain), Some(&base)));
    }
}
