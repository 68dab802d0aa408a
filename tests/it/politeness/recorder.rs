//! A web server on loopback that answers by a script and records every request with its simulated time.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};

/// A server that lives as long as the test's process.
#[derive(Clone)]
pub(super) struct Recorder {
    pub(super) url: String,
    log: Arc<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    now: DateTime<Utc>,
    asked: Vec<Asked>,
    connections: usize,
    open: usize,
    peak: usize,
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The simulated moment of the round.
    pub(super) at: DateTime<Utc>,
    pub(super) method: String,
    /// Path and query.
    pub(super) path: String,
    /// Names in lower case; values byte for byte.
    pub(super) headers: BTreeMap<String, Vec<u8>>,
    /// Counts from 0, for its path.
    pub(super) number: usize,
    /// Counts from 0.
    pub(super) connection: usize,
}

impl Asked {
    /// A header's value; what is not ASCII is shown as U+FFFD.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
    }
}

/// What the server answers.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    then: Then,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Listen,
    HangUp,
    /// Says nothing any more, and keeps the connection.
    Stall,
}

impl Reply {
    pub(super) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), then: Then::Listen }
    }

    /// 304.
    pub(super) fn not_modified() -> Self {
        Self::new(304, "")
    }

    /// A redirect.
    pub(super) fn to(status: u16, location: &str) -> Self {
        Self::new(status, "").with("Location", location)
    }

    /// Hangs up without an answer.
    pub(super) fn hang_up() -> Self {
        Self { then: Then::HangUp, ..Self::new(0, "") }
    }

    /// Never answers.
    pub(super) fn stall() -> Self {
        Self { then: Then::Stall, ..Self::new(0, "") }
    }

    pub(super) fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = format!("HTTP/1.1 {} X\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            out.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        // A 304 has no body, whatever its length says.
        if self.status != 304 {
            out.extend(format!("Content-Length: {}\r\n", self.body.len()).bytes());
        }
        out.extend(b"\r\n");
        out.extend(&self.body);
        out
    }
}

/// From a request to its answer.
pub(super) type Script = Arc<dyn Fn(&Asked) -> Reply + Send + Sync>;

impl Recorder {
    pub(super) fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = Arc::clone(&log);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, log) = (Arc::clone(&script), Arc::clone(&shared));
                std::thread::spawn(move || {
                    // A client that hangs up is that client's business.
                    let _ = serve(stream, &script, &log);
                });
            }
        });
        Self { url, log }
    }

    /// The simulated moment from now on.
    pub(super) fn set_clock(&self, now: DateTime<Utc>) {
        self.log.lock().unwrap().now = now;
    }

    /// Every request so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().asked.clone()
    }

    /// The most requests that were open at once.
    pub(super) fn peak(&self) -> usize {
        self.log.lock().unwrap().peak
    }
}

fn serve(stream: TcpStream, script: &Script, log: &Mutex<Log>) -> std::io::Result<()> {
    let connection = {
        let mut log = log.lock().unwrap();
        log.connections += 1;
        log.connections - 1
    };
    let mut reader = BufReader::new(stream);
    while let Some(mut asked) = read(&mut reader)? {
        {
            let mut log = log.lock().unwrap();
            asked.at = log.now;
            asked.connection = connection;
            asked.number = log.asked.iter().filter(|other| other.path == asked.path).count();
            log.asked.push(asked.clone());
            log.open += 1;
            log.peak = log.peak.max(log.open);
        }
        // Long enough that a second request, if there were one, would meet the first.
        std::thread::sleep(std::time::Duration::from_millis(1));
        let reply = script(&asked);
        log.lock().unwrap().open -= 1;
        match reply.then {
            Then::Listen => reader.get_mut().write_all(&reply.bytes())?,
            Then::HangUp => return Ok(()),
            Then::Stall => std::thread::sleep(std::time::Duration::from_secs(600)),
        }
    }
    Ok(())
}

/// A request's head; `None` when the client has hung up.
fn read(reader: &mut BufReader<TcpStream>) -> std::io::Result<Option<Asked>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    let first = String::from_utf8_lossy(&line).into_owned();
    let mut words = first.split_whitespace();
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        reader.read_until(b'\n', &mut line)?;
        let trimmed = line.trim_ascii();
        let Some(colon) = trimmed.iter().position(|byte| *byte == b':') else { break };
        let name = String::from_utf8_lossy(&trimmed[..colon]).to_ascii_lowercase();
        headers.insert(name, trimmed[colon + 1..].trim_ascii().to_vec());
    }
    let (method, path) = (method.to_owned(), path.to_owned());
    Ok(Some(Asked { at: DateTime::UNIX_EPOCH, method, path, headers, number: 0, connection: 0 }))
}
