//! Each cap of one exchange, by itself: what the server does, and which cap says so.

use std::time::Duration;

use crate::config::{FetchPlan, Limits};

use super::testing::{LIMIT, Server, Step, answer, head, plan};
use super::{Accept, Answer, Client, FetchError, Request, Wait};

const SOON: Duration = Duration::from_millis(120);

async fn failure(limits: Limits, script: Vec<Step>) -> FetchError {
    let server = Server::always(script).await;
    let plan = FetchPlan { limits, timeout: Duration::from_secs(20), ..plan() };
    error_of(&server, &plan).await
}

/// What stands in the way of a document, when it is fetched or when it is unpacked.
async fn error_of(server: &Server, plan: &FetchPlan) -> FetchError {
    let client = Client::new(plan).unwrap();
    match client.fetch(&Request::new(server.url("/feed"), Accept::Feed)).await {
        Ok(Answer::Body(fetched)) => fetched.unpack().unwrap_err(),
        Ok(Answer::NotModified { .. }) => panic!("304"),
        Err(error) => error,
    }
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 3).unwrap()
}

fn noise(length: usize) -> Vec<u8> {
    (0..length as u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

#[tokio::test]
async fn an_answer_that_does_not_begin_ends_at_the_header_time() {
    let limits = Limits { header_timeout: SOON, ..Limits::default() };
    let error = failure(limits, vec![Step::Wait(Duration::from_secs(60))]).await;
    assert!(matches!(error, FetchError::Timeout { after: SOON, wait: Wait::Head, .. }), "{error:?}");
    assert!(error.to_string().contains("`fetch.header_timeout`"), "{error}");
}

#[tokio::test]
async fn a_body_that_stops_coming_ends_at_the_idle_time() {
    let limits = Limits { idle_timeout: SOON, ..Limits::default() };
    let begun = [head("200 OK", &["Content-Length: 100"]).as_bytes(), b"<rss>"].concat();
    let error = failure(limits, vec![Step::Send(begun), Step::Wait(Duration::from_secs(60))]).await;
    assert!(matches!(error, FetchError::Timeout { after: SOON, wait: Wait::Idle, .. }), "{error:?}");
    assert!(error.to_string().contains("`fetch.idle_timeout`"), "{error}");
}

#[tokio::test]
async fn too_many_or_too_long_headers_are_told_by_their_cap() {
    let limits = || Limits { max_headers: 10, max_header_size: 8 << 10, ..Limits::default() };
    let many: Vec<String> = (0..11).map(|n| format!("X-{n}: x")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let long = format!("X-Long: {}", "x".repeat(9 << 10));
    let endless = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nX-Long: ".to_vec()),
        Step::Forever(vec![b'x'; 64 << 10], Duration::ZERO),
    ];
    for script in [answer("200 OK", &many, b""), answer("200 OK", &[&long], b""), endless] {
        let error = failure(limits(), script).await;
        assert!(matches!(error, FetchError::HeadTooLarge { max_headers: 10, .. }), "{error:?}");
        assert!(error.to_string().contains("`fetch.max_header_size`"), "{error}");
    }
}

#[tokio::test]
async fn as_many_headers_as_may_be_are_read_and_no_more() {
    for most in [10, Limits::default().max_headers, 200] {
        let plan = FetchPlan { limits: Limits { max_headers: most, ..Limits::default() }, ..plan() };
        for (count, is_read) in [(most, true), (most + 1, false)] {
            // `answer` has two of its own.
            let headers: Vec<String> = (2..count).map(|n| format!("X-{n}: x")).collect();
            let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
            let script = answer("200 OK", &headers, b"<rss/>");
            let server = Server::always(script).await;
            let fetched =
                Client::new(&plan).unwrap().fetch(&Request::new(server.url("/feed"), Accept::Feed)).await;
            assert_eq!(fetched.is_ok(), is_read, "{count} of {most}");
        }
    }
}

#[tokio::test]
async fn what_is_sent_is_counted_before_it_is_unpacked() {
    let limits = || Limits { max_download: 1000, ..Limits::default() };
    let packed = zstd(&noise(4000));
    let foretold = answer("200 OK", &["Content-Encoding: zstd"], &packed);
    let unsaid = vec![Step::Send([head("200 OK", &["Content-Encoding: zstd"]).as_bytes(), &packed].concat())];
    for script in [foretold, unsaid] {
        let error = failure(limits(), script).await;
        assert!(matches!(error, FetchError::TooMuch { limit: 1000, .. }), "{error:?}");
        assert!(error.to_string().contains("`fetch.max_download`"), "{error}");
    }
}

#[tokio::test]
async fn a_bomb_is_told_by_its_growth_before_its_size() {
    let server = Server::always(answer("200 OK", &["Content-Encoding: zstd"], &zstd(&[b' '; 4 << 20]))).await;
    let plan = FetchPlan { max_size: 64 << 20, ..plan() };
    let error = error_of(&server, &plan).await;
    assert!(matches!(error, FetchError::Bomb { ratio: 256, .. }), "{error:?}");
    assert!(error.to_string().contains("`fetch.max_ratio`"), "{error}");
}

#[tokio::test]
async fn a_body_beyond_its_size_is_told_by_its_cap_however_it_is_packed() {
    let much = noise(LIMIT as usize + 1);
    for (header, body) in [("X-Plain: yes", much.clone()), ("Content-Encoding: zstd", zstd(&much))] {
        let error = failure(Limits::default(), answer("200 OK", &[header], &body)).await;
        assert!(matches!(error, FetchError::TooLarge { limit: LIMIT, .. }), "{error:?}");
        assert!(error.to_string().contains("`fetch.max_size`"), "{error}");
    }
}
