//! Killed in the middle, again and again, while the sources go on: published files are whole at every moment, the store
//! is sound after every kill, no article is lost or doubled, and in the end every byte is what a mill publishes that
//! nobody disturbed.

mod newsroom;
mod watch;

use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use rustix::process::{Pid, Signal, kill_process};

use crate::mill::Mill;

use self::newsroom::{Newsroom, moment};
use self::watch::{Reader, assert_whole};

/// What the mills of this test publish: all there is, and what a feed has by default.
const FEEDS: &str = "[defaults.feed]\nwindow = \"off\"\n[feeds.all]\ntitle = \"All\"\nlimit = 100000\n[feeds.news]\ntitle = \"News\"\n";

/// Steps between two runs of the mill that nobody disturbs; no item leaves its source so soon.
const UNDISTURBED_EVERY: u64 = 10;

#[test]
fn a_run_killed_at_any_moment_loses_and_doubles_nothing() {
    println!("{:?}", soak(50));
}

/// `cargo test --release --test it -- --ignored --nocapture a_thousand_kills`
#[test]
#[ignore = "takes minutes: run by hand"]
fn a_thousand_kills_lose_and_double_nothing() {
    println!("{:?}", soak(1000));
}

/// What a soak saw.
#[derive(Debug, Default)]
#[allow(dead_code, reason = "printed")]
struct Figures {
    kills: u64,
    /// Killed while it ran; the others had ended before.
    in_the_middle: u64,
    /// Of these, asked to stop by SIGTERM rather than killed.
    asked_to_stop: u64,
    /// Kills that left a log in the store for the next run to take up.
    logs_left: u64,
    /// Kills that left an unfinished file in the output folder.
    unfinished_files: u64,
    /// Looks that a reader took at published documents meanwhile.
    documents_read: u64,
    articles: i64,
    seconds: u64,
}

fn soak(kills: u64) -> Figures {
    let began = Instant::now();
    let newsroom = Newsroom::open();
    let (mill, calm) = (newsroom.mill(FEEDS), newsroom.mill(FEEDS));
    let reader = Reader::of(&mill);
    let mut figures = Figures { kills, ..Figures::default() };
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut takes = Duration::from_millis(100);
    let mut stored = BTreeMap::new();
    for step in 0..kills {
        newsroom.go_on_to(step, &[&mill, &calm]);
        if step.is_multiple_of(UNDISTURBED_EVERY) {
            let start = Instant::now();
            calm.run_at(&moment(step), &["run", "--force", "--quiet"]).with(0);
            takes = start.elapsed();
        }
        let mut command = mill.command(&moment(step));
        let child = command.args(["run", "--force", "--quiet"]).stderr(Stdio::inherit()).spawn().unwrap();
        // From before the first write of a run to after its last.
        std::thread::sleep(takes.mul_f64(chance.share() * 1.2));
        end(child, step, &mut figures);
        assert_whole(&mill);
        look_into(&mill, &mut stored);
        figures.note_what_is_left(&mill);
    }
    let last = moment(kills);
    newsroom.go_on_to(kills, &[&mill, &calm]);
    for mill in [&mill, &calm] {
        mill.run_at(&last, &["run", "--force"]).with(0);
        look_into(mill, &mut BTreeMap::new());
    }
    figures.documents_read = reader.close();
    figures.articles = newsroom.assert_each_once(&mill, kills);
    assert_same(&mill, &calm);
    figures.seconds = began.elapsed().as_secs();
    figures
}

/// Kills a run, or asks it to stop, or asks twice.
fn end(mut child: Child, step: u64, figures: &mut Figures) {
    let runs = child.try_wait().unwrap().is_none();
    figures.in_the_middle += u64::from(runs);
    let asks = if step % 5 == 4 { 1 + step % 2 } else { 0 };
    for _ in 0..asks {
        let _ = kill_process(Pid::from_child(&child), Signal::TERM);
    }
    if asks == 0 {
        child.kill().unwrap();
    }
    let code = child.wait().unwrap().code();
    let asked = code == Some(143);
    figures.asked_to_stop += u64::from(asked);
    // Killed, ended before, or stopped; no kill may make a later run fail. Before it listens, a signal is the end.
    assert!(matches!(code, None | Some(0)) || (asks > 0 && asked), "step {step}: exit code {code:?}");
}

/// The store is sound, holds no article twice, and all that it held before.
fn look_into(mill: &Mill, stored: &mut BTreeMap<String, i64>) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(store) = Connection::open_with_flags(mill.path("state/feedmill.db"), flags) else { return };
    let number = |sql: &str| store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    if number("PRAGMA user_version") == 0 {
        return;
    }
    let sound: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(number("SELECT count(*) - count(DISTINCT guid) FROM articles"), 0, "an article twice");
    assert_eq!(number("SELECT count(*) FROM articles WHERE revision > 2"), 0, "an edit twice");
    let mut statement = store.prepare("SELECT guid, revision FROM articles").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let now: BTreeMap<String, i64> = rows.map(Result::unwrap).collect();
    for (guid, revision) in &*stored {
        assert!(now.get(guid).is_some_and(|kept| kept >= revision), "{guid} was stored, and is not any more");
    }
    *stored = now;
}

impl Figures {
    fn note_what_is_left(&mut self, mill: &Mill) {
        let log = mill.path("state/feedmill.db-wal").metadata();
        self.logs_left += u64::from(log.is_ok_and(|log| log.len() > 0));
        self.unfinished_files += u64::from(mill.published().keys().any(|name| name.starts_with('.')));
    }
}

/// Both mills publish the same files, byte for byte; nothing unfinished is left.
fn assert_same(mill: &Mill, calm: &Mill) {
    let (published, wanted) = (mill.published(), calm.published());
    assert_eq!(published.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    for (name, (bytes, _)) in &published {
        assert!(*bytes == wanted[name].0, "{name} is not what an undisturbed mill publishes");
    }
}

/// The same numbers each time, so that what fails can be repeated as far as timing can.
struct Chance(u64);

impl Chance {
    /// Between 0 and 1.
    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
}
