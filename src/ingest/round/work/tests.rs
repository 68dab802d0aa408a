//! What is done with a document that came, and what is not.

use std::io::Write;
use std::sync::Mutex;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::ingest::fetch::Accept;
use crate::ingest::fetch::testing::{Server, answer, plan};

use super::super::mark::{Facts, READER_VERSION};
use super::super::turn::testing::job;
use super::*;

const ONE: &[u8] =
    b"<rss version='2.0'><channel><title>A</title><item><guid>1</guid><title>One</title></item>\
    </channel></rss>";

fn gzip(bytes: &[u8], level: Compression) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Fetches these bodies one after the other from the same place.
async fn fetched(bodies: &[&[u8]], headers: &'static [&'static str]) -> Vec<Box<Fetched>> {
    let waiting = Mutex::new(bodies.iter().rev().map(|body| body.to_vec()).collect::<Vec<_>>());
    let server =
        Server::start(move |_| answer("200 OK", headers, &waiting.lock().unwrap().pop().unwrap())).await;
    let client = Client::new(&plan()).unwrap();
    let request = Request::new(server.url("/feed"), Accept::Feed);
    let mut all = Vec::new();
    for _ in bodies {
        match client.fetch(&request).await.unwrap() {
            Answer::Body(fetched) => all.push(fetched),
            Answer::NotModified { .. } => panic!("304"),
        }
    }
    all
}

/// What comes of a document for a job that remembers `mark`.
async fn outcome(fetched: Box<Fetched>, mark: Option<&str>) -> Outcome {
    let processors = Semaphore::new(1);
    let workshop = Workshop { client: None, robots: None, max_size: 0, processors, stop: Stop::default() };
    let mut job = job("https://example.org/feed");
    job.state.body_hash = mark.map(str::to_owned);
    workshop.read_unless_same(&Arc::new(job), fetched).await.remove(0)
}

fn mark_of_read(outcome: Outcome) -> String {
    match outcome {
        Outcome::Read(read) => read.mark,
        other => panic!("{}", other.word()),
    }
}

fn new_mark_of_same(outcome: Outcome) -> Option<String> {
    match outcome {
        Outcome::Same(said) => said.mark,
        other => panic!("{}", other.word()),
    }
}

#[tokio::test]
async fn what_is_sent_in_the_same_bytes_is_not_unpacked() {
    let no_gzip: &[u8] = b"\x1f\x8b and nothing that could be unpacked";
    let mut same = fetched(&[no_gzip; 2], &["Content-Encoding: gzip"]).await;
    let mark = Facts::plain().mark_of_fetched(&digest(b"<rss/>", Label::default()), Sent::of(&same[0]));
    assert_eq!(new_mark_of_same(outcome(same.remove(0), Some(&mark)).await), None);
    assert!(matches!(outcome(same.remove(0), None).await, Outcome::Failed(_)));
}

#[tokio::test]
async fn the_same_text_packed_anew_is_the_same_and_other_text_is_read() {
    let (fast, best) = (gzip(ONE, Compression::fast()), gzip(ONE, Compression::best()));
    let other = gzip(&[ONE, b"<!-- -->"].concat(), Compression::fast());
    let bodies: [&[u8]; 5] = [&fast, &best, &best, &other, &best];
    let mut all = fetched(&bodies, &["Content-Encoding: gzip"]).await.into_iter();
    let mut next = || all.next().unwrap();
    let first = mark_of_read(outcome(next(), None).await);
    let second = new_mark_of_same(outcome(next(), Some(&first)).await).unwrap();
    assert_ne!(first, second);
    assert_eq!(new_mark_of_same(outcome(next(), Some(&second)).await), None);
    assert_ne!(mark_of_read(outcome(next(), Some(&second)).await), second);
    let by_another_reader = second.replacen(&READER_VERSION.to_string(), "0", 1);
    assert_eq!(mark_of_read(outcome(next(), Some(&by_another_reader)).await), second);
}

#[tokio::test]
async fn a_document_that_is_not_packed_has_one_digest() {
    let mut all = fetched(&[ONE, ONE], &[]).await.into_iter();
    let first = all.next().unwrap();
    let plain = Facts::plain().mark(&digest(ONE, Label::of(&first)));
    assert_eq!(mark_of_read(outcome(first, None).await), plain);
    assert_eq!(new_mark_of_same(outcome(all.next().unwrap(), Some(&plain)).await), None);
}
