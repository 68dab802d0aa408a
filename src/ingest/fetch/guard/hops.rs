//! The guard at work: what a client connects to, and what it does not.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use crate::config::FetchPlan;

use super::super::testing::{Server, answer, plan};
use super::super::transport::Transport;
use super::super::{Accept, Client, FetchError, Request, Why};

/// A resolver that gives the next list of addresses at each look-up of a name, and the last one for ever.
#[derive(Clone, Default)]
struct Names(Arc<Mutex<BTreeMap<String, Vec<Vec<SocketAddr>>>>>);

impl Names {
    fn with(self, name: &str, answers: &[&[SocketAddr]]) -> Self {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        self.0.lock().unwrap().insert(name.to_owned(), answers);
        self
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let mut names = self.0.lock().unwrap();
        let found = names.get_mut(name.as_str()).map(|answers| match answers.len() {
            1 => answers[0].clone(),
            _ => answers.remove(0),
        });
        Box::pin(async move {
            let found = found.ok_or("no such name")?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Nothing but the public internet.
fn public() -> FetchPlan {
    FetchPlan { allow_networks: Vec::new(), ..plan() }
}

fn client(plan: &FetchPlan, names: Names) -> Client {
    Client::over(Transport::with_names(plan, Arc::new(names)).unwrap(), plan)
}

fn at(address: &str) -> SocketAddr {
    SocketAddr::new(address.parse().unwrap(), 0)
}

fn request(url: &Url, allow_private: bool) -> Request<'_> {
    Request { allow_private, ..Request::new(url.clone(), Accept::Feed) }
}

fn forbidden(error: &FetchError) -> (Why, bool) {
    match error {
        FetchError::Forbidden { why, is_own, .. } => (*why, *is_own),
        other => panic!("{other:?}"),
    }
}

/// The server's URL under another host.
fn named(server: &Server, host: &str, path: &str) -> Url {
    let mut url = server.url(path);
    url.set_host(Some(host)).unwrap();
    url
}

#[tokio::test]
async fn an_address_in_numbers_is_not_connected_to_in_any_spelling() {
    let server = Server::always(answer("200 OK", &[], b"<rss/>")).await;
    let client = client(&public(), Names::default());
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1.", "[::ffff:7f00:1]"]
    {
        let port = server.url("/").port().unwrap();
        let url = Url::parse(&format!("http://{host}:{port}/feed")).unwrap();
        let error = client.fetch(&request(&url, false)).await.unwrap_err();
        assert_eq!(forbidden(&error), (Why::Loopback, true), "{host}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_name_is_refused_by_what_it_resolves_to_and_one_bad_answer_is_enough() {
    let server = Server::always(answer("200 OK", &[], b"<rss/>")).await;
    let names = Names::default()
        .with("local.example.org", &[&[at("127.0.0.1")]])
        .with("localhost.", &[&[at("::1"), at("127.0.0.1")]])
        .with("both.example.org", &[&[at("8.8.8.8"), at("127.0.0.1")]])
        .with("cloud.example.org", &[&[at("169.254.169.254")]]);
    let client = client(&public(), names);
    for (host, why) in [
        ("local.example.org", Why::Loopback),
        ("localhost.", Why::Loopback),
        ("both.example.org", Why::Loopback),
        ("cloud.example.org", Why::Metadata),
    ] {
        let error = client.fetch(&request(&named(&server, host, "/"), false)).await.unwrap_err();
        assert_eq!(forbidden(&error).0, why, "{host}");
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_judged_each_time_it_is_connected_to() {
    let server = Server::always(answer("302 Found", &["Location: /next"], b"")).await;
    let inside: &[SocketAddr] = &[at("127.0.0.1")];
    let names = Names::default().with("rebind.example.org", &[inside, &[at("127.0.0.2")]]);
    let only_one = FetchPlan { allow_networks: vec!["127.0.0.1/32".parse().unwrap()], ..plan() };
    let client = client(&only_one, names);
    let error = client.fetch(&request(&named(&server, "rebind.example.org", "/"), false)).await.unwrap_err();
    assert_eq!(forbidden(&error), (Why::Loopback, true));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_redirect_into_a_private_network_is_refused_at_its_hop() {
    for target in ["http://127.0.0.2/admin", "http://2130706434/", "http://inside.example.org/", "//[::1]/"] {
        let location = format!("Location: {target}");
        let server = Server::always(answer("301 Moved Permanently", &[&location], b"")).await;
        let names = Names::default().with("inside.example.org", &[&[at("10.0.0.1")]]);
        let only_one = FetchPlan { allow_networks: vec!["127.0.0.1/32".parse().unwrap()], ..plan() };
        let error = client(&only_one, names).fetch(&request(&server.url("/"), false)).await.unwrap_err();
        assert!(!forbidden(&error).1, "{error}");
        assert!(error.to_string().contains("no redirect may lead there"), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_private_source_may_ask_its_own_host_and_follow_it_no_further() {
    let other = Server::always(answer("200 OK", &[], b"<rss/>")).await;
    let away = format!("Location: {}", named(&other, "other.example.org", "/"));
    let server = Server::start(move |head| match head.split(' ').nth(1) {
        Some("/own") => answer("302 Found", &["Location: /feed"], b""),
        Some("/away") => answer("302 Found", &[&away], b""),
        _ => answer("200 OK", &[], b"<rss/>"),
    })
    .await;
    let names = Names::default()
        .with("intra.example.org", &[&[at("127.0.0.1")]])
        .with("other.example.org", &[&[at("127.0.0.1")]]);
    let client = client(&public(), names);
    let own = named(&server, "intra.example.org", "/own");
    assert!(client.fetch(&request(&own, true)).await.is_ok());
    // The connection that the private source left behind is not there for others.
    assert_eq!(forbidden(&client.fetch(&request(&own, false)).await.unwrap_err()), (Why::Loopback, true));
    let away = named(&server, "intra.example.org", "/away");
    assert_eq!(forbidden(&client.fetch(&request(&away, true)).await.unwrap_err()), (Why::Loopback, false));
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn a_refusal_says_which_address_why_and_what_would_let_it_pass() {
    let url = Url::parse("http://user:s3cret@127.0.0.1/feed?x=1").unwrap();
    let error = client(&public(), Names::default()).fetch(&request(&url, false)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "http://127.0.0.1/feed?x=1: 127.0.0.1 is this machine (loopback); only public \
         addresses are asked, unless the source says `allow_private = true` or `fetch.allow_networks` has \
         [\"127.0.0.1\"]"
    );
}
