//! A small web server on loopback: documents with ETag and Last-Modified, and a record of what was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server that lives as long as the test's process.
pub(crate) struct Server {
    pub(crate) url: String,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    documents: BTreeMap<String, Document>,
    asked: Vec<Asked>,
}

#[derive(Clone)]
struct Document {
    status: u16,
    media_type: String,
    body: Vec<u8>,
    /// Further header lines, each with its end.
    headers: String,
}

/// One request, and the status of its answer.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Path and query.
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) status: u16,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Mutex::new(Shared::default()));
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                std::thread::spawn(move || {
                    // A client that hangs up is that client's business.
                    let _ = answer(stream, &shared);
                });
            }
        });
        Self { url, shared }
    }

    /// Serves a document from now on.
    pub(crate) fn put(&self, path: &str, media_type: &str, body: impl Into<Vec<u8>>) {
        let (media_type, body) = (media_type.to_owned(), body.into());
        self.serve(path, Document { status: 200, media_type, body, headers: String::new() });
    }

    /// Answers a path with this status from now on.
    pub(crate) fn refuse(&self, path: &str, status: u16) {
        self.refuse_saying(path, status, "");
    }

    /// Answers a path with this status and header line from now on.
    pub(crate) fn refuse_saying(&self, path: &str, status: u16, header: &str) {
        let headers = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
        let (media_type, body) = ("text/plain".to_owned(), b"sorry".to_vec());
        self.serve(path, Document { status, media_type, body, headers });
    }

    fn serve(&self, path: &str, document: Document) {
        self.shared.lock().unwrap().documents.insert(path.to_owned(), document);
    }

    /// What was asked since the last call.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.shared.lock().unwrap().asked)
    }
}

fn answer(stream: TcpStream, shared: &Mutex<Shared>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
        let headers = headers(&mut reader)?;
        let mut shared = shared.lock().unwrap();
        let found = shared.documents.get(&path).cloned();
        let (status, head, body) = found.map_or_else(missing, |document| reply(&document, &headers));
        shared.asked.push(Asked { path, headers, status });
        drop(shared);
        let out = reader.get_mut();
        write!(out, "HTTP/1.1 {status} X\r\n{head}Content-Length: {}\r\n\r\n", body.len())?;
        out.write_all(&body)?;
        out.flush()?;
    }
}

fn headers(reader: &mut BufReader<TcpStream>) -> std::io::Result<BTreeMap<String, String>> {
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => return Ok(headers),
        };
    }
}

fn missing() -> (u16, String, Vec<u8>) {
    (404, "Content-Type: text/plain\r\n".to_owned(), b"not here".to_vec())
}

fn reply(document: &Document, headers: &BTreeMap<String, String>) -> (u16, String, Vec<u8>) {
    let digest = document.body.iter().fold(5381u64, |sum, byte| sum.wrapping_mul(33) ^ u64::from(*byte));
    let etag = format!("\"{digest:x}\"");
    let head = format!(
        "Content-Type: {}\r\nETag: {etag}\r\nLast-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\n{}",
        document.media_type, document.headers
    );
    if document.status == 200 && headers.get("if-none-match") == Some(&etag) {
        return (304, head, Vec::new());
    }
    (document.status, head, document.body.clone())
}
