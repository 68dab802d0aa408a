//! A server that lies at every level: plain TCP, and a function for what it does with each connection.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::mill::rss;

/// What a scenario does with a connection. An error is the client hanging up: the end of it.
pub(crate) type Serve = Arc<dyn Fn(&mut Line) -> io::Result<()> + Send + Sync>;

/// A connection is never held longer, however the client behaves: a test must end.
const LONGEST: Duration = Duration::from_secs(120);

/// One server; it lives as long as the test's process.
pub(crate) struct Hostile {
    address: SocketAddr,
    calm: Arc<AtomicBool>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Hostile {
    /// Serves each connection on a thread of its own; `name` is that of the feed it has while it is calm.
    pub(crate) fn start(name: &str, serve: &Serve) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let hostile = Self { address, calm: Arc::default(), asked: Arc::default() };
        let (calm, asked) = (Arc::clone(&hostile.calm), Arc::clone(&hostile.asked));
        let (name, serve) = (name.to_owned(), Arc::clone(serve));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut line = Line { stream, address, head: None, asked: Arc::clone(&asked) };
                let serve = Arc::clone(&serve);
                let calmly = calm.load(Ordering::SeqCst).then(|| calm_feed(&name));
                thread::spawn(move || {
                    let _ = line.stream.set_read_timeout(Some(LONGEST));
                    let _ = match calmly {
                        Some(feed) => line.answer("200 OK", &["ETag: \"calm\""], feed.as_bytes()),
                        None => serve(&mut line),
                    };
                });
            }
        });
        hostile
    }

    /// Its feed.
    pub(crate) fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}/", self.address)
    }

    /// From now on it is a server like any other, with a feed of two articles; or not.
    pub(crate) fn calm(&self, calm: bool) {
        self.calm.store(calm, Ordering::SeqCst);
    }

    /// The request lines that came so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// What a scenario has while it is calm.
fn calm_feed(name: &str) -> String {
    let items: Vec<[String; 3]> = (1..=2)
        .map(|n| {
            [
                format!("tag:calm.example.com,2026:{name}-{n}"),
                format!("Calm {name} {n}"),
                format!("https://calm.example.com/{name}/{n}"),
            ]
        })
        .collect();
    let items: Vec<(&str, &str, &str)> =
        items.iter().map(|[guid, title, link]| (guid.as_str(), title.as_str(), link.as_str())).collect();
    rss("Calm", &items)
}

/// The server's end of one connection.
pub(crate) struct Line {
    pub(crate) stream: TcpStream,
    address: SocketAddr,
    head: Option<String>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Line {
    /// The server's own address, as a URL with this path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The head of the request, read when first wanted.
    pub(crate) fn request(&mut self) -> io::Result<&str> {
        if self.head.is_none() {
            let head = read_head(&mut self.stream)?;
            self.asked.lock().unwrap().push(head.lines().next().unwrap_or_default().to_owned());
            self.head = Some(head);
        }
        Ok(self.head.as_deref().unwrap_or_default())
    }

    /// The path asked for.
    pub(crate) fn path(&mut self) -> io::Result<String> {
        Ok(self.request()?.split(' ').nth(1).unwrap_or("/").to_owned())
    }

    /// The next request on this connection, if the client keeps it.
    pub(crate) fn next_request(&mut self) -> io::Result<()> {
        self.head = None;
        self.request().map(drop)
    }

    /// Sends bytes, once the request is read.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.request()?;
        self.stream.write_all(bytes.as_ref())
    }

    /// A head: status (code and reason), headers, and the empty line.
    pub(crate) fn head(&mut self, status: &str, headers: &[&str]) -> io::Result<()> {
        let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        self.send(format!("HTTP/1.1 {status}\r\n{lines}\r\n"))
    }

    /// A whole answer, with the right `Content-Length`; the connection is not kept.
    pub(crate) fn answer(&mut self, status: &str, headers: &[&str], body: &[u8]) -> io::Result<()> {
        let length = format!("Content-Length: {}", body.len());
        self.head(status, &[&["Connection: close", length.as_str()], headers].concat())?;
        self.send(body)?;
        self.end()
    }

    /// A redirect without a body.
    pub(crate) fn redirect(&mut self, status: &str, location: &str) -> io::Result<()> {
        self.answer(status, &[&format!("Location: {location}")], b"")
    }

    /// The same bytes again and again until the client hangs up, with a pause before each.
    pub(crate) fn forever(&mut self, bytes: impl AsRef<[u8]>, pause: Duration) -> io::Result<()> {
        loop {
            self.pause(pause);
            self.send(bytes.as_ref())?;
        }
    }

    pub(crate) fn pause(&self, pause: Duration) {
        if !pause.is_zero() {
            thread::sleep(pause);
        }
    }

    /// Says nothing until the client hangs up.
    pub(crate) fn hold(&mut self) -> io::Result<()> {
        self.request()?;
        while self.stream.read(&mut [0; 1024])? > 0 {}
        Ok(())
    }

    /// No more is sent; waits for the client to have read it.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        self.stream.shutdown(std::net::Shutdown::Write)?;
        self.hold()
    }
}

/// Reads up to the empty line.
fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
