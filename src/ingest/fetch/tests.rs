//! One scenario a function: what the server does, and what must come of it.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use crate::config::FetchPlan;

use super::testing::{DEADLINE, LIMIT, Server, Step, answer, head, plan};
use super::{Accept, Answer, Client, FetchError, Fetched, Request, RetryAfter};

async fn fetch(request: &Request<'_>) -> Result<Answer, FetchError> {
    let client = Client::new(&plan()).unwrap();
    let began = Instant::now();
    let answer = client.fetch(request).await;
    assert!(began.elapsed() < DEADLINE * 2, "took {:?}", began.elapsed());
    answer
}

async fn get(url: Url) -> Result<Answer, FetchError> {
    let answer = fetch(&Request::new(url, Accept::Feed)).await?;
    if let Answer::Body(fetched) = &answer {
        fetched.unpack()?;
    }
    Ok(answer)
}

async fn fetched(url: Url) -> Fetched {
    match get(url).await.unwrap() {
        Answer::Body(fetched) => *fetched,
        Answer::NotModified { .. } => panic!("304"),
    }
}

/// The error that a script comes to.
async fn failure(script: Vec<Step>) -> FetchError {
    let server = Server::always(script).await;
    get(server.url("/feed")).await.unwrap_err()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The value of a header in a request's head.
fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
}

#[tokio::test]
async fn a_document_comes_with_what_its_headers_say() {
    let headers = [
        "ETag: W/\"a \\\"b\"",
        "Last-Modified: Mon, 02 Nov 2026 10:00:00 +0000",
        "Content-Type: application/rss+xml; charset=utf-8",
        "Content-Language: de",
        "Content-Location: /en/feed.xml",
    ];
    let server = Server::always(answer("200 OK", &headers, b"<rss/>")).await;
    let fetched = fetched(server.url("/feed#top")).await;
    assert_eq!(*fetched.unpack().unwrap(), *b"<rss/>");
    assert_eq!(fetched.url, server.url("/feed"));
    assert_eq!(fetched.base, server.url("/en/feed.xml"));
    assert_eq!(fetched.moved_permanently_to, None);
    assert_eq!(fetched.etag.as_deref(), Some("W/\"a \\\"b\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("Mon, 02 Nov 2026 10:00:00 +0000"));
    assert_eq!(fetched.content_type.as_deref(), Some("application/rss+xml; charset=utf-8"));
    assert_eq!(fetched.content_language.as_deref(), Some("de"));
}

#[tokio::test]
async fn we_say_who_we_are_and_what_we_take_and_no_more() {
    let server = Server::always(answer("200 OK", &["Set-Cookie: id=1"], b"x")).await;
    let client = Client::new(&plan()).unwrap();
    for _ in 0..2 {
        client.fetch(&Request::new(server.url("/feed"), Accept::Feed)).await.unwrap();
    }
    let seen = server.seen();
    let agent = format!("Feedmill/{} (+https://example.org/about)", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(&seen[1], "user-agent"), Some(agent.as_str()));
    assert_eq!(header(&seen[1], "accept"), Some(Accept::Feed.header()));
    assert_eq!(header(&seen[1], "accept-encoding"), Some("gzip, br, zstd"));
    for absent in ["cookie", "referer", "if-none-match", "if-modified-since", "authorization"] {
        assert_eq!(header(&seen[1], absent), None);
    }
}

#[tokio::test]
async fn a_compressed_body_is_unpacked() {
    let body = gzip(b"<rss/>");
    let server = Server::always(answer("200 OK", &["Content-Encoding: gzip"], &body)).await;
    assert_eq!(*fetched(server.url("/")).await.unpack().unwrap(), *b"<rss/>");
}

#[tokio::test]
async fn validators_go_back_byte_for_byte_and_304_is_an_answer() {
    let server = Server::always(answer("304 Not Modified", &["ETag: \"new\""], b"")).await;
    let mut request = Request::new(server.url("/feed"), Accept::Feed);
    // A character a byte: together these two are an é.
    request.etag = Some("W/\"odd, \u{c3}\u{a9} one");
    request.last_modified = Some("yesterday, about noon");
    let answer = fetch(&request).await.unwrap();
    assert!(
        matches!(answer, Answer::NotModified { etag: Some(new), last_modified: None, .. } if new == "\"new\"")
    );
    let seen = server.seen();
    assert_eq!(header(&seen[0], "if-none-match"), Some("W/\"odd, \u{e9} one"));
    assert_eq!(header(&seen[0], "if-modified-since"), request.last_modified);
}

#[tokio::test]
async fn a_304_that_was_not_asked_for_is_an_error() {
    let error = failure(answer("304 Not Modified", &[], b"")).await;
    assert!(matches!(error, FetchError::NotModifiedUnasked { .. }), "{error}");
}

#[tokio::test]
async fn permanent_redirects_are_followed_and_reported_temporary_ones_only_followed() {
    let server = Server::start(|head| match head.split(' ').nth(1) {
        Some("/old") => answer("301 Moved Permanently", &["Location: /new"], b""),
        Some("/new") => answer("302 Found", &["Location: today"], b""),
        _ => answer("200 OK", &[], b"<rss/>"),
    })
    .await;
    let fetched = fetched(server.url("/old")).await;
    assert_eq!(fetched.url, server.url("/today"));
    assert_eq!(fetched.moved_permanently_to, Some(server.url("/new")));
}

#[tokio::test]
async fn redirects_that_go_in_circles_or_on_for_ever_end() {
    let circle = failure(answer("302 Found", &["Location: /feed"], b"")).await;
    assert!(matches!(circle, FetchError::Redirect { .. }), "{circle}");
    let server = Server::start(|head| {
        let on = format!("Location: {}x", head.split(' ').nth(1).unwrap());
        answer("302 Found", &[&on], b"")
    })
    .await;
    let error = get(server.url("/feed")).await.unwrap_err();
    assert_eq!(error, FetchError::TooManyRedirects { url: server.url("/feed").into(), limit: 3 });
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn secrets_are_told_to_their_own_host_only() {
    let other = Server::always(answer("200 OK", &[], b"<rss/>")).await;
    let to_other = format!("Location: {}", other.url("/elsewhere"));
    let server = Server::start(move |head| match head.split(' ').nth(1) {
        Some("/a") => answer("302 Found", &["Location: /b"], b""),
        _ => answer("302 Found", &[&to_other], b""),
    })
    .await;
    let mut url = server.url("/a");
    url.set_username("editor").unwrap();
    url.set_password(Some("s3cret")).unwrap();
    let mut request = Request::new(url, Accept::Feed);
    request.headers.insert(HeaderName::from_static("x-token"), HeaderValue::from_static("t0ken"));
    fetch(&request).await.unwrap();
    for own in server.seen() {
        assert_eq!(header(&own, "x-token"), Some("t0ken"));
        assert_eq!(header(&own, "authorization"), Some("Basic ZWRpdG9yOnMzY3JldA=="));
    }
    let told = &other.seen()[0];
    assert_eq!(
        (header(told, "x-token"), header(told, "authorization"), header(told, "referer")),
        (None, None, None)
    );
}

#[tokio::test]
async fn redirects_away_from_the_web_are_refused() {
    for target in ["file:///etc/passwd", "ftp://example.org/feed", "javascript:alert(1)"] {
        let error = failure(answer("302 Found", &[&format!("Location: {target}")], b"")).await;
        assert!(matches!(error, FetchError::Redirect { .. }), "{target}: {error}");
        assert!(error.to_string().contains("only http and https"), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_without_location_is_an_error() {
    let error = failure(answer("301 Moved Permanently", &[], b"")).await;
    assert!(matches!(error, FetchError::Redirect { .. }), "{error}");
}

#[tokio::test]
async fn slow_headers_and_dripping_bodies_end_at_the_deadline() {
    let silent = vec![Step::Wait(Duration::from_secs(60))];
    let drip = Step::Forever(b" ".to_vec(), Duration::from_millis(20));
    let body = vec![Step::Send(head("200 OK", &["Content-Length: 60000"]).into_bytes()), drip.clone()];
    let header = vec![Step::Send(b"HTTP/1.1 200 OK\r\nX-Long: ".to_vec()), drip];
    for error in futures_util::future::join_all([silent, body, header].map(failure)).await {
        assert!(matches!(error, FetchError::Timeout { after: DEADLINE, .. }), "{error}");
    }
}

#[tokio::test]
async fn the_deadline_is_for_all_hops_together() {
    let server = Server::start(|head| {
        let on = format!("Location: {}x", head.split(' ').nth(1).unwrap());
        [vec![Step::Wait(DEADLINE * 2 / 5)], answer("302 Found", &[&on], b"")].concat()
    })
    .await;
    let error = get(server.url("/feed")).await.unwrap_err();
    assert!(matches!(error, FetchError::Timeout { .. }), "{error}");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_cut_off_whatever_its_length_says() {
    let much = vec![b'x'; 8192];
    let endless = vec![Step::Send(head("200 OK", &[]).into_bytes()), Step::Forever(much, Duration::ZERO)];
    let foretold = answer("200 OK", &[], &vec![b'x'; LIMIT as usize + 1]);
    let bomb = answer("200 OK", &["Content-Encoding: gzip"], &gzip(&vec![0; 4 << 20]));
    for script in [endless, foretold, bomb] {
        let error = failure(script).await;
        assert!(matches!(error, FetchError::TooLarge { limit: LIMIT, .. }), "{error}");
    }
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let server = Server::always(answer("200 OK", &[], &vec![b'x'; LIMIT as usize])).await;
    assert_eq!(fetched(server.url("/")).await.unpack().unwrap().len() as u64, LIMIT);
}

#[tokio::test]
async fn a_cut_or_corrupt_body_is_no_document() {
    let cut = vec![Step::Send([head("200 OK", &["Content-Length: 100"]).as_bytes(), b"<rss>"].concat())];
    let whole = gzip(&[b'x'; 5000]);
    let broken = answer("200 OK", &["Content-Encoding: gzip"], &whole[..whole.len() / 2]);
    let lying = answer("200 OK", &["Content-Encoding: gzip"], b"<rss/>");
    let strange = answer("200 OK", &["Content-Encoding: zstd"], b"<rss/>");
    for script in [cut, broken, lying, strange] {
        let error = failure(script).await;
        assert!(matches!(error, FetchError::Body { .. }), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_an_error() {
    for script in [vec![Step::Send(b"\x16\x03 SSH-2.0 hello\r\n\r\n".to_vec())], vec![]] {
        let error = failure(script).await;
        assert!(matches!(error, FetchError::Protocol { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_refusal_carries_its_status_and_when_to_come_back() {
    let moment = RetryAfter::At("2026-11-06T08:49:37Z".parse().unwrap());
    for (status, headers, expected) in [
        ("404 Not Found", vec![], (404, None)),
        ("410 Gone", vec![], (410, None)),
        ("401 Unauthorized", vec!["WWW-Authenticate: Basic"], (401, None)),
        ("204 No Content", vec![], (204, None)),
        ("300 Multiple Choices", vec!["Location: /x"], (300, None)),
        ("429 Too Many Requests", vec!["Retry-After: 3600"], (429, Some(RetryAfter::Seconds(3600)))),
        ("503 Service Unavailable", vec!["Retry-After: Fri, 06 Nov 2026 08:49:37 GMT"], (503, Some(moment))),
        ("500 Oops", vec!["Retry-After: later"], (500, None)),
    ] {
        match failure(answer(status, &headers, b"")).await {
            FetchError::Status { code, retry_after, .. } => assert_eq!((code, retry_after), expected),
            other => panic!("{status}: {other}"),
        }
    }
}

#[tokio::test]
async fn a_closed_port_is_no_connection_and_no_password_is_printed() {
    let url = Server::always(vec![]).await.url("/feed");
    let url = Url::parse(&url.as_str().replace("http://", "http://editor:s3cret@")).unwrap();
    // The server is gone already; until its task has ended the port may still answer once.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let error = get(url).await.unwrap_err();
    assert!(matches!(error, FetchError::Connect { .. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("s3cret"));
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_said_so() {
    let error = get(Url::parse("http://feed.invalid/").unwrap()).await.unwrap_err();
    assert!(matches!(error, FetchError::Dns { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_a_tls_error() {
    let raw = Raw::start().await;
    let error = get(Url::parse(&format!("https://{}/", raw.0)).unwrap()).await.unwrap_err();
    assert!(matches!(error, FetchError::Tls { .. }), "{error:?}");
}

/// Says something that is no TLS to whoever connects.
struct Raw(std::net::SocketAddr);

impl Raw {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad\r\n\r\n").await;
            }
        });
        Self(address)
    }
}

#[tokio::test]
async fn no_host_gets_more_requests_at_once_than_allowed() {
    let slow = [vec![Step::Wait(Duration::from_millis(50))], answer("200 OK", &[], b"x")].concat();
    let server = Server::always(slow).await;
    let client = Client::new(&plan()).unwrap();
    let requests: Vec<Request<'_>> = (0..6).map(|_| Request::new(server.url("/"), Accept::Feed)).collect();
    let answers = futures_util::future::join_all(requests.iter().map(|request| client.fetch(request))).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(server.peak(), 2);
}

#[test]
fn a_contact_that_no_header_can_hold_is_refused() {
    let plan = FetchPlan { contact: Some("a\nb".to_owned()), ..plan() };
    assert!(matches!(Client::new(&plan), Err(FetchError::Setup { .. })));
}
