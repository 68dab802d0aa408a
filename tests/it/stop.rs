//! Asked to stop: what is fetched is kept, nothing new is begun, the exit code says so.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::mill::{Mill, NOW, rss};
use crate::server::Server;

/// A server that takes requests and never answers; says when one came.
pub(crate) fn silent() -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (came, heard) = channel();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            BufReader::new(&mut stream).read_line(&mut line).unwrap();
            kept.push(stream);
            let _ = came.send(());
        }
    });
    (url, heard)
}

/// A good source that comes at once, and one that never does.
fn waiting() -> (Mill, Receiver<()>, Server) {
    let (url, heard) = silent();
    let server = Server::start();
    server.put("/a.xml", "application/rss+xml", rss("A", &[("1", "Alpha", "https://a.example.com/1")]));
    let mill = Mill::new(&format!(
        "[fetch]\ntimeout = \"10m\"\n[sources]\ngood = \"{}/a.xml\"\nsilent = \"{url}/\"\nlater = \"{url}/later\"\n\
         [feeds.news]\ntitle = \"News\"\n",
        server.url
    ));
    (mill, heard, server)
}

fn start(mill: &Mill) -> Child {
    let mut command = mill.command(NOW);
    command.arg("run").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until the good source's article is in the store.
fn until_stored(mill: &Mill) {
    let begin = Instant::now();
    while !mill.run(&["list"]).stdout.contains("Alpha") {
        assert!(begin.elapsed() < Duration::from_secs(60), "the good source never came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn end(mut child: Child) -> (Option<i32>, String) {
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_run_that_is_asked_to_stop_keeps_what_it_fetched_and_the_next_goes_on() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let (mill, heard, _server) = waiting();
        let child = start(&mill);
        heard.recv().unwrap();
        until_stored(&mill);
        let second = mill.run(&["run"]).with(1).stderr;
        assert!(second.contains("another Feedmill is at work"), "{second}");
        kill_process(Pid::from_child(&child), signal).unwrap();
        let (ended, said) = end(child);
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains("stopping") && said.contains("2 documents left for the next run"), "{said}");
        assert!(said.contains("nothing was published"), "{said}");
        assert!(!mill.path("feeds/news.rss").exists());
        mill.run(&["publish"]).with(0);
        assert_eq!(mill.titles("news"), ["Alpha"]);
        let status = mill.run(&["status"]).with(0).stdout;
        assert!(!status.contains("FAILING"), "a request that was dropped is no failure: {status}");
    }
}

#[test]
fn a_request_that_was_dropped_is_not_repeated_at_once() {
    let (mill, heard, _server) = waiting();
    let child = start(&mill);
    heard.recv().unwrap();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    assert_eq!(end(child).0, Some(143));
    mill.run(&["run", "silent"]).with(0);
    assert!(heard.try_recv().is_err(), "it was asked again before its time");
}

#[test]
fn a_second_signal_ends_at_once() {
    let (mill, heard, _server) = waiting();
    let mut child = start(&mill);
    heard.recv().unwrap();
    let pid = Pid::from_child(&child);
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        let _ = kill_process(pid, Signal::INT);
        assert!(begin.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
    std::io::stderr().flush().unwrap();
    mill.run(&["publish"]).with(0);
}

#[tokio::test]
async fn an_edition_that_is_asked_to_stop_begins_no_further_feed() {
    use feedmill::publish::edition::{Edition, publish};
    use feedmill::stop::{Signal, Stop};
    use feedmill::store::sqlite::Sqlite;
    let folder = tempfile::tempdir().unwrap();
    let config =
        "[sources.a]\nfiles = \"a.rss\"\n[feeds.one]\ntitle = \"One\"\n[feeds.two]\ntitle = \"Two\"\n";
    let plan = feedmill::config::read(config, folder.path(), "config.toml").unwrap().plan;
    let store = Sqlite::open_in_memory().unwrap();
    let now = NOW.parse().unwrap();
    let edition = |stop| Edition { now, decisions: &[], dry_run: false, only: &[], inputs: None, stop };
    let (asker, stop) = Stop::new();
    asker.send(Some(Signal::Interrupt)).unwrap();
    assert!(publish(&plan, &store, &edition(stop)).await.unwrap().is_empty());
    assert!(!folder.path().join("feeds").exists());
    assert_eq!(publish(&plan, &store, &edition(Stop::default())).await.unwrap().len(), 3);
}
