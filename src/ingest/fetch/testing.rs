//! A misbehaving HTTP/1.1 server on the loopback: each scenario is a script of what goes over the wire.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use crate::config::{FetchPlan, Limits};

/// The network that these servers are in, for `allow_networks`.
pub(crate) fn loopback() -> Vec<ipnet::IpNet> {
    vec![ipnet::IpNet::new_assert([127, 0, 0, 0].into(), 8)]
}

/// The deadline of [`plan`].
pub(crate) const DEADLINE: Duration = Duration::from_millis(800);
/// The most bytes of a document in [`plan`].
pub(crate) const LIMIT: u64 = 64 * 1024;

/// Small limits, and leave to ask these servers.
pub(crate) fn plan() -> FetchPlan {
    FetchPlan {
        contact: Some("https://example.org/about".to_owned()),
        min_interval: Duration::from_secs(1800),
        max_interval: Duration::from_secs(86_400),
        concurrency: 4,
        per_host: 2,
        timeout: DEADLINE,
        max_size: LIMIT,
        max_redirects: 3,
        allow_networks: loopback(),
        schedule: None,
        jitter: 0.0,
        limits: Limits::default(),
        robots: crate::config::RobotsPolicy::Pages,
    }
}

/// One thing the server does; when the script is over, it closes the connection.
#[derive(Clone)]
pub(crate) enum Step {
    /// Send these bytes.
    Send(Vec<u8>),
    /// Do nothing for so long.
    Wait(Duration),
    /// Send these bytes again and again, with a pause before each, until the other side hangs up.
    Forever(Vec<u8>, Duration),
}

/// A server; gone when dropped.
pub(crate) struct Server {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
    task: JoinHandle<()>,
}

/// What a server has seen.
#[derive(Default)]
struct Log {
    heads: Vec<String>,
    unanswered: usize,
    peak: usize,
}

impl Server {
    /// Answers each request, given its head (request line and headers), with a script.
    pub(crate) async fn start(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Log::default()));
        let (script, shared) = (Arc::new(script), Arc::clone(&log));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, log) = (Arc::clone(&script), Arc::clone(&shared));
                tokio::spawn(async move {
                    let _ = serve(stream, &log, &*script).await;
                });
            }
        });
        Self { address, log, task }
    }

    /// Answers every request alike.
    pub(crate) async fn always(script: Vec<Step>) -> Self {
        Self::start(move |_| script.clone()).await
    }

    /// A URL here.
    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The heads of the requests so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.log.lock().unwrap().heads.clone()
    }

    /// The most requests at once for which the last step of the script had not come.
    pub(crate) fn peak(&self) -> usize {
        self.log.lock().unwrap().peak
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Log {
    fn asked(&mut self, head: &str) {
        self.heads.push(head.to_owned());
        self.unanswered += 1;
        self.peak = self.peak.max(self.unanswered);
    }
}

/// A whole answer: status line, headers (each `Name: value`), `Content-Length`, body.
pub(crate) fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<Step> {
    let length = format!("Content-Length: {}", body.len());
    let headers: Vec<&str> = headers.iter().copied().chain([length.as_str()]).collect();
    vec![Step::Send([head(status, &headers).as_bytes(), body].concat())]
}

/// Status line and headers, and the empty line behind them.
pub(crate) fn head(status: &str, headers: &[&str]) -> String {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{lines}\r\n")
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Log>,
    script: &(dyn Fn(&str) -> Vec<Step> + Send + Sync),
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    log.lock().unwrap().asked(&head);
    let mut steps = script(&head).into_iter().peekable();
    while let Some(step) = steps.next() {
        // Before it is taken: once the client has the last byte, it may be back before us.
        if steps.peek().is_none() {
            log.lock().unwrap().unanswered -= 1;
        }
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Wait(pause) => tokio::time::sleep(pause).await,
            Step::Forever(bytes, pause) => loop {
                tokio::time::sleep(pause).await;
                stream.write_all(&bytes).await?;
            },
        }
    }
    stream.shutdown().await
}
