//! Good feeds and hostile servers in one config, and the program let loose on them, timed and weighed.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::mill::{Ended, Mill, NOW, documents, rss};
use crate::server::Server;

use super::tls::authority_pem;

/// Articles of each good feed.
pub(crate) const EACH: usize = 2;

/// A mill with good feeds and other sources.
pub(crate) struct Yard {
    pub(crate) mill: Mill,
    good: Vec<String>,
    server: Server,
}

/// A run, and what it cost.
pub(crate) struct Run {
    pub(crate) ended: Ended,
    pub(crate) took: Duration,
    /// The most memory it had, in KB; 0 where the system does not say.
    pub(crate) peak: u64,
}

impl Yard {
    /// So many good feeds, and these sources (id and URL); each exchange may take so long.
    pub(crate) fn new(good: usize, sources: &[(String, String)], timeout: &str) -> Self {
        let server = Server::start();
        let good: Vec<String> = (0..good).map(|n| format!("good-{n:02}")).collect();
        let urls = good.iter().map(|id| (id.clone(), format!("{}/{id}", server.url)));
        let sources: Vec<(String, String)> = urls.chain(sources.iter().cloned()).collect();
        let mill = Mill::new(&config(&sources, timeout));
        mill.write("ca.pem", authority_pem());
        let yard = Self { mill, good, server };
        yard.publish_good(0);
        yard
    }

    /// The good feeds have new articles: those of this edition.
    pub(crate) fn publish_good(&self, edition: usize) {
        for id in &self.good {
            let articles: Vec<[String; 3]> = (0..=edition)
                .flat_map(|edition| (1..=EACH).map(move |n| edition * EACH + n))
                .map(|n| {
                    [
                        format!("tag:good.example.com,2026:{id}-{n}"),
                        format!("Good {id} {n}"),
                        format!("https://good.example.com/{id}/{n}"),
                    ]
                })
                .collect();
            let items: Vec<(&str, &str, &str)> = articles
                .iter()
                .map(|[guid, title, link]| (guid.as_str(), title.as_str(), link.as_str()))
                .collect();
            self.server.put(&format!("/{id}"), "application/rss+xml", rss(&format!("Good {id}"), &items));
        }
    }

    /// `feedmill run` at this moment.
    pub(crate) fn run(&self, now: &str) -> Run {
        let mut command = self.mill.command(now);
        command.env("SSL_CERT_FILE", self.mill.path("ca.pem")).arg("run");
        let began = Instant::now();
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (id, over) = (child.id(), AtomicBool::new(false));
        let (output, peak) = thread::scope(|scope| {
            let scales = scope.spawn(|| {
                let mut peak = 0;
                while !over.load(Ordering::SeqCst) {
                    peak = peak_of(id).max(peak);
                    thread::sleep(Duration::from_millis(5));
                }
                peak
            });
            let output = child.wait_with_output().unwrap();
            over.store(true, Ordering::SeqCst);
            (output, scales.join().unwrap())
        });
        Run { ended: Ended::from(output), took: began.elapsed(), peak }
    }

    /// What `status` says of each source.
    pub(crate) fn status(&self) -> BTreeMap<String, Value> {
        let said = self.mill.run(&["status", "--format", "json"]).with(0).stdout;
        said.lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|source| (source["source"].as_str().unwrap().to_owned(), source))
            .collect()
    }

    /// What is wrong with the good feeds: every article must be stored and published exactly once, and no source failing.
    pub(crate) fn harm(&self, editions: usize) -> Vec<String> {
        let (status, items) = (self.status(), self.mill.items("news"));
        let mut harm = Vec::new();
        for id in &self.good {
            let source = &status[id];
            if source["failures"] != 0 || source["articles"] != (editions * EACH) as u64 {
                harm.push(format!("{id} is harmed: {source}"));
            }
            for n in 1..=editions * EACH {
                let guid = format!("tag:good.example.com,2026:{id}-{n}");
                let times = items.iter().filter(|item| item["id"] == guid.as_str()).count();
                if times != 1 {
                    harm.push(format!("{guid} is published {times} times"));
                }
            }
        }
        harm
    }

    /// What of a run, and of what was published, must never be seen: characters that a terminal obeys, the contents of
    /// local files, endless talk, documents cut short.
    pub(crate) fn leaks(&self, run: &Run) -> Vec<String> {
        let status = self.mill.run(&["status"]).stdout;
        let list = self.mill.run(&["list", "--limit", "50"]).stdout;
        let said = [
            ("stdout", &run.ended.stdout),
            ("stderr", &run.ended.stderr),
            ("status", &status),
            ("list", &list),
        ];
        let mut leaks = Vec::new();
        for (name, text) in said {
            if let Some(c) = text.chars().find(|c| c.is_control() && *c != '\n') {
                leaks.push(format!("{name} holds {c:?}"));
            }
            if text.lines().any(|line| line.chars().count() > 2000) {
                leaks.push(format!("{name} has an endless line"));
            }
            leaks.extend(local_file(name, text));
        }
        for (name, (bytes, _)) in documents(&self.mill.path("feeds")) {
            let text = String::from_utf8_lossy(&bytes);
            leaks.extend(local_file(&name, &text));
            if name.ends_with(".rss") && rss::Channel::read_from(bytes.as_slice()).is_err() {
                leaks.push(format!("{name} is no RSS"));
            }
        }
        leaks
    }

    /// One source as `status` tells it after a run at [`NOW`].
    pub(crate) fn source(&self, id: &str) -> Value {
        self.status().remove(id).unwrap_or_else(|| panic!("no source {id}"))
    }
}

/// Every config of these tests. All servers are on one host here, which out there they are not: so many at once
/// to it as in total.
fn config(sources: &[(String, String)], timeout: &str) -> String {
    let sources: String = sources.iter().map(|(id, url)| format!("{id} = \"{url}\"\n")).collect();
    format!(
        "[fetch]\ntimeout = \"{timeout}\"\nconnect_timeout = \"700ms\"\nper_host = 16\n[sources]\n{sources}\
         [feeds.news]\ntitle = \"News\"\nlimit = 20000\nwindow = \"off\"\n"
    )
}

/// Minutes from [`NOW`] to a moment, if there is one.
pub(crate) fn minutes_until(moment: &Value) -> Option<i64> {
    let moment = moment.as_str()?;
    let [now, then] = [NOW, moment].map(|text| chrono::DateTime::parse_from_rfc3339(text).unwrap());
    Some((then - now).num_minutes())
}

fn local_file(name: &str, text: &str) -> Option<String> {
    text.contains("root:x:0:0").then(|| format!("{name} holds a file of this machine"))
}

/// The most memory that a process has had so far, in KB (proc(5), `VmHWM`); 0 where there is no such file. Until it has
/// become the program, it is a copy of this test, with all that this test holds.
fn peak_of(process: u32) -> u64 {
    let program = std::fs::read_link(format!("/proc/{process}/exe")).unwrap_or_default();
    if std::fs::canonicalize(env!("CARGO_BIN_EXE_feedmill")).ok().as_ref() != Some(&program) {
        return 0;
    }
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
