//! What is asked when and how, over whole rounds: the server's view.

use super::*;

/// An answer of a server: status line, headers, body.
type Said = (&'static str, Vec<String>, &'static [u8]);

const FEED: &[u8] = b"<rss version='2.0'><channel><title>A</title><ttl>180</ttl>\
    <item><guid>1</guid><title>One</title></item><item><guid>2</guid><title>Two</title></item></channel></rss>";

/// Answers by path.
async fn server(script: impl Fn(&str, &str) -> Said + Send + Sync + 'static) -> Server {
    Server::start(move |head| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        let (status, headers, body) = script(path, head);
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        answer(status, &headers, body)
    })
    .await
}

fn said(status: &'static str, headers: &[&str], body: &'static [u8]) -> Said {
    (status, headers.iter().map(|&header| header.to_owned()).collect(), body)
}

fn ok(headers: &[&str]) -> Said {
    said("200 OK", headers, FEED)
}

fn to(status: &'static str, place: &str) -> Said {
    said(status, &[&format!("Location: {place}")], b"")
}

/// A feed that is asked as is learnt.
fn learning(id: &str, url: Url) -> SourcePlan {
    SourcePlan { every: None, ..feed(id, url) }
}

fn after(hours: i64) -> RoundOptions {
    RoundOptions { now: now() + TimeDelta::hours(hours), ..options() }
}

/// Method, path and validators of each request so far.
fn asked(server: &Server) -> Vec<String> {
    let validator = |head: &str, name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.map(|value| format!(" {value}")).unwrap_or_default()
    };
    let line = |head: &String| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        format!("{path}{}{}", validator(head, "if-none-match"), validator(head, "if-modified-since"))
    };
    server.seen().iter().map(line).collect()
}

#[tokio::test]
async fn validators_go_back_to_the_end_of_the_chain_that_gave_them_and_follow_no_other() {
    let server = server(|path, _| match path {
        "/feed" => to("302 Found", "/real"),
        "/real" => ok(&["ETag: W/\"a\"", "Last-Modified: about noon"]),
        _ => ok(&[]),
    })
    .await;
    let (store, mut plan) = (Memory::default(), plan(Path::new("/n"), vec![feed("a", server.url("/feed"))]));
    // It has a ttl of three hours.
    for hours in [0, 3] {
        run(&plan, &store, &after(hours)).await;
    }
    plan.sources[0].input = Input::Feed(Arc::new(server.url("/other")));
    run(&plan, &store, &after(3)).await;
    assert_eq!(asked(&server), ["/feed", "/real", "/feed", "/real W/\"a\" about noon", "/other"]);
}

#[tokio::test]
async fn a_validator_that_is_not_sent_again_is_forgotten_and_one_of_an_unreadable_document_is_never_kept() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = server(move |_, _| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 => ok(&["ETag: \"1\"", "Last-Modified: then"]),
        1 => ok(&["ETag: \"2\""]),
        2 => said("200 OK", &["ETag: \"page\"", "Last-Modified: now"], b"<html><p>Please log in</html>"),
        3 => said("304 Not Modified", &["ETag: \"3\""], b""),
        _ => said("304 Not Modified", &[], b""),
    })
    .await;
    let (store, plan) = (Memory::default(), plan(Path::new("/n"), vec![feed("a", server.url("/f"))]));
    for hours in 0..6 {
        run(&plan, &store, &after(hours * 24)).await;
    }
    assert_eq!(asked(&server), ["/f", "/f \"1\" then", "/f \"2\"", "/f \"2\"", "/f \"3\"", "/f \"3\""]);
}

#[tokio::test]
async fn a_part_of_a_feed_is_asked_for_and_understood() {
    const PART: &[u8] = b"<rss version='2.0'><channel><title>A</title></channel></rss>";
    let server = server(|_, head| match head.contains("a-im: feed") {
        true => said("226 IM Used", &["IM: feed", "ETag: \"2\""], PART),
        false => ok(&["ETag: \"1\""]),
    })
    .await;
    let (store, plan) = (Memory::default(), plan(Path::new("/n"), vec![feed("a", server.url("/f"))]));
    run(&plan, &store, &after(0)).await;
    let reports = run(&plan, &store, &after(24)).await;
    assert_eq!((&reports[0].failures, &reports[0].notices), (&vec![], &vec![]));
    let state = store.state("a", "");
    assert_eq!((state.entries, state.error, state.etag.as_deref()), (2, None, Some("\"2\"")));
}

#[tokio::test]
async fn a_226_that_nobody_asked_for_is_a_failure() {
    let server = server(|_, _| said("226 IM Used", &["IM: feed"], FEED)).await;
    let plan = plan(Path::new("/n"), vec![feed("a", server.url("/f"))]);
    assert_eq!(run(&plan, &Memory::default(), &after(0)).await[0].failures.len(), 1);
}

#[tokio::test]
async fn a_permanent_move_is_remembered_reported_once_and_given_up_when_it_fails() {
    let dead = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_dead = Arc::clone(&dead);
    let server = server(move |path, _| match path {
        "/old" => to("301 Moved Permanently", "/new"),
        "/new" => to("308 Permanent Redirect", "/newer"),
        "/newer" if is_dead.load(std::sync::atomic::Ordering::SeqCst) => said("410 Gone", &[], b""),
        "/newer" => to("302 Found", "/today"),
        _ => ok(&["ETag: \"1\""]),
    })
    .await;
    let (store, plan) = (Memory::default(), plan(Path::new("/n"), vec![feed("a", server.url("/old"))]));
    let first = run(&plan, &store, &after(0)).await;
    assert!(
        first[0].notices[0].message.contains("/newer, which is asked from now on"),
        "{:?}",
        first[0].notices
    );
    assert_eq!(run(&plan, &store, &after(24)).await[0].notices, []);
    dead.store(true, std::sync::atomic::Ordering::SeqCst);
    let failed = run(&plan, &store, &after(48)).await;
    assert!(failed[0].notices[0].message.contains("is asked itself again"), "{:?}", failed[0].notices);
    assert_eq!(store.state("a", "").gone_since, None, "only the config's own address can be gone");
    run(&plan, &store, &after(72)).await;
    let chain = ["/old", "/new", "/newer"];
    let expected = [&chain[..], &["/today", "/newer", "/today \"1\"", "/newer"], &chain].concat();
    assert_eq!(asked(&server), expected);
}

#[tokio::test]
async fn a_portal_changes_nothing() {
    let server = server(|path, _| match path {
        "/feed" => to("301 Moved Permanently", "/portal"),
        _ => said("200 OK", &["Content-Type: text/html"], b"<html><p class=h-entry>Log in</html>"),
    })
    .await;
    let (store, plan) = (Memory::default(), plan(Path::new("/n"), vec![feed("a", server.url("/feed"))]));
    for hours in [0, 24] {
        run(&plan, &store, &after(hours)).await;
    }
    assert_eq!(asked(&server), ["/feed", "/portal", "/feed", "/portal"]);
}

#[tokio::test]
async fn what_is_gone_is_not_asked_again_unless_forced_or_given_another_address() {
    let server = server(|path, _| if path == "/gone" { said("410 Gone", &[], b"") } else { ok(&[]) }).await;
    let (store, mut plan) = (Memory::default(), plan(Path::new("/n"), vec![feed("a", server.url("/gone"))]));
    let first = run(&plan, &store, &after(0)).await;
    assert!(first[0].notices[0].message.contains("not asked any more"), "{:?}", first[0].notices);
    let later = run(&plan, &store, &after(24 * 365)).await;
    assert_eq!((later[0].gone, later[0].failures.len(), server.seen().len()), (1, 0, 1));
    run(&plan, &store, &RoundOptions { force: true, ..after(24 * 365) }).await;
    assert_eq!(server.seen().len(), 2);
    plan.sources[0].input = Input::Feed(Arc::new(server.url("/other")));
    assert_eq!(run(&plan, &store, &after(24 * 365)).await[0].failures, []);
}

#[tokio::test]
async fn retry_after_is_obeyed_whatever_the_status_and_force_asks_only_who_is_named() {
    let at = "Retry-After: Tue, 03 Nov 2026 12:00:00 GMT";
    for (status, header, hours) in [
        ("429 Too Many Requests", "Retry-After: 7200", 2),
        ("503 Service Unavailable", at, 48),
        ("500 Oops", "Retry-After: 99999999999", 30 * 24),
        ("200 OK", at, 48),
        ("302 Found", at, 48),
    ] {
        let server = server(move |path, _| match (path, status) {
            ("/feed", "302 Found") => said(status, &[header, "Location: /real"], b""),
            ("/feed", _) => said(status, &[header, "ETag: \"1\""], FEED),
            _ => ok(&["ETag: \"1\""]),
        })
        .await;
        let (store, plan) =
            (Memory::default(), plan(Path::new("/n"), vec![learning("a", server.url("/feed"))]));
        run(&plan, &store, &after(0)).await;
        assert_eq!(store.state("a", "").next_at, Some(now() + TimeDelta::hours(hours)), "{status}");
        let forced = RoundOptions { force: true, ..after(1) };
        assert_eq!(run(&plan, &store, &forced).await[0].left_alone, 1, "{status}");
        let named = RoundOptions { only: Some(vec![SourceId::new("a")]), ..forced };
        assert_eq!(run(&plan, &store, &named).await[0].asked_early, 1, "{status}");
    }
}

#[tokio::test]
async fn retry_after_is_obeyed_where_no_document_comes_of_the_answer() {
    let wait = "Retry-After: 172800";
    let cut = Step::Send(head("200 OK", &[wait, "Content-Length: 9999"]).into_bytes());
    for (what, first) in [
        ("a redirect to nothing", answer("302 Found", &[wait, "Location: /gone"], b"")),
        ("a redirect to nowhere", answer("302 Found", &[wait], b"")),
        ("not what its coding says", answer("200 OK", &[wait, "Content-Encoding: gzip"], FEED)),
        ("not modified, unasked", answer("304 Not Modified", &[wait], b"")),
        ("cut", vec![cut, Step::Send(FEED.to_vec())]),
    ] {
        let nothing = answer("404 Not Found", &[], b"");
        let is_first = |head: &str| head.starts_with("GET /feed ");
        let server =
            Server::start(move |head| if is_first(head) { first.clone() } else { nothing.clone() }).await;
        let (store, plan) =
            (Memory::default(), plan(Path::new("/n"), vec![learning("a", server.url("/feed"))]));
        assert_eq!(run(&plan, &store, &after(0)).await[0].failures.len(), 1, "{what}");
        assert_eq!(store.state("a", "").next_at, Some(now() + TimeDelta::hours(48)), "{what}");
    }
}

#[tokio::test]
async fn ttl_max_age_and_expires_are_waited_for() {
    let (date, expires) = ("Date: Sun, 01 Nov 2026 12:00:00 GMT", "Expires: Mon, 02 Nov 2026 12:00:00 GMT");
    for (headers, hours) in [
        (&["ETag: \"1\""][..], 3),
        (&["ETag: \"1\"", "Cache-Control: max-age=7200"], 3),
        (&["ETag: \"1\"", "Cache-Control: max-age=18000", "Age: 3600"], 4),
        (&["ETag: \"1\"", date, expires], 24),
        (&[], 24),
    ] {
        let server = Server::always(answer("200 OK", headers, FEED)).await;
        let (store, plan) = (Memory::default(), plan(Path::new("/n"), vec![learning("a", server.url("/f"))]));
        run(&plan, &store, &after(0)).await;
        assert_eq!(store.state("a", "").next_at, Some(now() + TimeDelta::hours(hours)), "{headers:?}");
    }
}

#[tokio::test]
async fn a_new_address_is_noted_before_it_is_asked() {
    let store = Arc::new(Memory::default());
    let (seen, noted) = (Arc::clone(&store), Arc::new(Mutex::new(None)));
    let note = Arc::clone(&noted);
    let server = server(move |path, _| {
        *note.lock().unwrap() = Some(seen.state("a", ""));
        if path == "/one" { ok(&["ETag: \"1\""]) } else { said("500 Oops", &[], b"") }
    })
    .await;
    let mut plan = plan(Path::new("/n"), vec![feed("a", server.url("/one"))]);
    run(&plan, &store, &after(0)).await;
    plan.sources[0].input = Input::Feed(Arc::new(server.url("/two")));
    run(&plan, &store, &after(0)).await;
    let state = noted.lock().unwrap().clone().unwrap();
    assert_eq!((state.url.as_deref(), state.etag), (Some(server.url("/two").as_str()), None));
    assert!(state.next_at > Some(now()), "a run that dies here does not ask again at once");
}

#[tokio::test]
async fn what_was_noted_and_never_asked_is_as_before_when_a_round_is_stopped() {
    let (asker, stop) = Stop::new();
    let server = server(move |_, _| {
        asker.send(Some(crate::stop::Signal::Terminate)).unwrap();
        ok(&[])
    })
    .await;
    let place = |n: u32| server.url(&format!("/{n}"));
    let sources = (0..9).map(|n| feed(&format!("s{n}"), place(n))).collect();
    let store = Memory::default();
    for n in 0..8 {
        let key = DocumentKey { source: SourceId::new(&format!("s{n}")), scope: String::new() };
        store.documents.lock().unwrap().insert(key, read_before(&place(n)));
    }
    let reports = run(&plan(Path::new("/n"), sources), &store, &RoundOptions { stop, ..options() }).await;
    let stopped: u32 = reports.iter().map(|report| report.stopped).sum();
    assert!(server.seen().len() <= 2 && stopped >= 7, "{stopped}");
    let asked = server.seen().len();
    for n in (0..8).skip(asked.max(1)) {
        assert_eq!(store.state(&format!("s{n}"), ""), read_before(&place(n)), "s{n}");
    }
    let never = store
        .documents
        .lock()
        .unwrap()
        .values()
        .filter(|state| state.url.is_none())
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(never, [DocumentState::default()], "it is due at once");
}
