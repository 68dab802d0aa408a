//! A damaged store, a full disk, a folder that nobody can write to, a clock that was moved: each ends in a clear message
//! and a true exit code, published files stay, and the next run goes on with nothing lost or doubled.

use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use crate::mill::{Ended, Mill, NOW, rss};
use crate::server::Server;

const CONFIG: &str = "[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\nlimit = 5000\n";
const STORE: &str = "state/feedmill.db";

/// A document with so many items.
fn document(items: usize) -> String {
    let texts: Vec<(String, String, String)> = (0..items)
        .map(|n| (format!("urn:x:{n}"), format!("Title {n:04}"), format!("https://one.example.com/{n}")))
        .collect();
    rss("One", &texts.iter().map(|(guid, title, link)| (&**guid, &**title, &**link)).collect::<Vec<_>>())
}

/// A mill that has run once, on twenty items.
fn mill() -> Mill {
    let mill = Mill::new(CONFIG);
    mill.write("one.rss", &document(20));
    mill.run(&["run"]).with(0);
    mill
}

/// Every item is published, and none twice.
fn assert_each_once(mill: &Mill, items: usize) {
    let mut titles = mill.titles("news");
    titles.sort();
    let wanted: Vec<String> = (0..items).map(|n| format!("Title {n:04}")).collect();
    assert_eq!(titles, wanted);
}

fn overwrite(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    use std::io::Write;
    let mut bytes = std::fs::read(path).unwrap();
    change(&mut bytes);
    std::fs::File::create(path).unwrap().write_all(&bytes).unwrap();
}

fn sql(path: &Path, statements: &str) {
    Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

/// What happens to the store, the exit code of the next run, and what it says.
type Damage = (&'static str, fn(&Path), i32, &'static str);

const DAMAGES: [Damage; 9] = [
    ("it is no database", |path| overwrite(path, |bytes| bytes.fill(b'x')), 1, "move it away, its -wal too"),
    (
        "its second half is gone",
        |path| overwrite(path, |bytes| bytes.truncate(bytes.len() / 2)),
        1,
        "cannot be read",
    ),
    (
        "all but its first page is garbage",
        |path| overwrite(path, |bytes| bytes[8192..].fill(7)),
        1,
        "cannot be read",
    ),
    ("its first page is garbage", |path| overwrite(path, |bytes| bytes[..8192].fill(7)), 1, "cannot be read"),
    ("it is empty", |path| overwrite(path, Vec::clear), 0, "is an empty file: a new one is begun"),
    ("it is gone", |path| std::fs::remove_file(path).unwrap(), 0, ""),
    (
        "a folder is in its place",
        |path| {
            std::fs::remove_file(path).unwrap();
            std::fs::create_dir(path).unwrap();
        },
        1,
        "a folder of that name",
    ),
    ("a newer Feedmill wrote it", |path| sql(path, "PRAGMA user_version = 99"), 1, "use the newer Feedmill"),
    ("another program's", |path| sql(path, "PRAGMA application_id = 7"), 1, "a database of another program"),
];

#[test]
fn a_damaged_store_is_told_what_is_published_stays_and_the_sources_fill_a_new_one() {
    for (damage, harm, code, says) in DAMAGES {
        let mill = mill();
        let published = mill.published();
        harm(&mill.path(STORE));
        let said = mill.run(&["run"]);
        assert_eq!(said.code, code, "{damage}: {}", said.stderr);
        assert!(said.stderr.contains(says), "{damage}: {}", said.stderr);
        assert!(code == 0 || said.stderr.contains("feedmill.db"), "{damage}: {}", said.stderr);
        assert_eq!(mill.published(), published, "{damage}");
        if code != 0 {
            for verb in ["status", "list", "publish"] {
                mill.run(&[verb]).with(1);
            }
            std::fs::rename(mill.path(STORE), mill.path("state/away")).unwrap();
        }
        mill.write("one.rss", &document(21));
        mill.run(&["run"]).with(0);
        assert_each_once(&mill, 21);
    }
}

#[test]
fn a_lost_log_loses_and_doubles_nothing() {
    let mill = mill();
    // While somebody reads, the log is not taken into the file.
    let reader = Connection::open(mill.path(STORE)).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM articles;").unwrap();
    mill.write("one.rss", &document(25));
    mill.run(&["run"]).with(0);
    assert!(mill.path("state/feedmill.db-wal").metadata().unwrap().len() > 0);
    std::fs::copy(mill.path(STORE), mill.path("state/copy")).unwrap();
    drop(reader);
    for name in ["feedmill.db-wal", "feedmill.db-shm"] {
        let _ = std::fs::remove_file(mill.path(&format!("state/{name}")));
    }
    std::fs::rename(mill.path("state/copy"), mill.path(STORE)).unwrap();
    let published = mill.published();
    mill.run(&["run"]).with(0);
    assert_eq!(mill.published(), published);
    mill.write("one.rss", &document(26));
    mill.run(&["run"]).with(0);
    assert_each_once(&mill, 26);
}

/// The program in a world where no file may grow beyond so many blocks: what it meets then is what a full disk does.
#[cfg(unix)]
fn run_with_little_room(mill: &Mill, blocks: u32, verb: &str) -> Ended {
    let program = mill.command(NOW).get_program().to_owned();
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --now {NOW} {verb}");
    let mut shell = Command::new("sh");
    shell.current_dir(mill.path("")).arg("-c").arg(script).arg(program);
    Ended::from(shell.output().unwrap())
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_from_the_start_is_told_and_the_next_run_does_it_all() {
    let mill = Mill::new(CONFIG);
    mill.write("one.rss", &document(20));
    let said = run_with_little_room(&mill, 20, "run").with(1).stderr;
    assert!(said.contains("feedmill.db") && said.contains("disk"), "{said}");
    mill.run(&["run"]).with(0);
    assert_each_once(&mill, 20);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_while_storing_is_told_and_the_next_run_goes_on() {
    let mill = mill();
    let published = mill.published();
    mill.write("one.rss", &document(3000));
    let said = run_with_little_room(&mill, 600, "run").with(1).stderr;
    assert!(said.contains("feedmill.db failed at record") && said.contains("disk"), "{said}");
    assert_eq!(mill.published(), published);
    mill.run(&["run"]).with(0);
    assert_each_once(&mill, 3000);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_while_publishing_leaves_the_old_documents_whole() {
    let mill = mill();
    mill.write("one.rss", &document(3000));
    mill.run(&["run"]).with(0);
    let published = mill.published();
    mill.write("config.toml", &CONFIG.replace("\"News\"", "\"Other news\""));
    let said = run_with_little_room(&mill, 600, "publish").with(3).stderr;
    assert!(said.contains("feed news: cannot write") && said.contains("make room"), "{said}");
    for name in ["news.rss", "news.atom", "news.json"] {
        assert_eq!(mill.published()[name], published[name], "{name}");
    }
    assert!(!mill.published().keys().any(|name| name.starts_with('.')), "nothing unfinished is left");
    mill.run(&["publish"]).with(0);
    assert!(mill.read("feeds/news.rss").contains("Other news"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_nobody_can_write_to_is_told() {
    // Not even root makes anything there.
    let store = format!("store = \"/sys/feedmill/feedmill.db\"\n{CONFIG}");
    let feeds = format!("{CONFIG}[publish.files]\ndir = \"/sys/feedmill\"\n");
    for (config, code, says) in
        [(store, 1, "/sys/feedmill"), (feeds, 3, "feed news: cannot make the folder of")]
    {
        let mill = Mill::new(&config);
        mill.write("one.rss", &document(2));
        let said = mill.run(&["run"]).with(code).stderr;
        assert!(said.contains(says) && said.contains("must be writable"), "{said}");
        mill.write("config.toml", CONFIG);
        mill.run(&["run"]).with(0);
        assert_each_once(&mill, 2);
    }
}

#[test]
fn a_clock_that_jumps_forth_and_back_stops_no_source_and_doubles_nothing() {
    let server = Server::start();
    let mill = Mill::new(&format!(
        "[sources]\none = \"{}/a.xml\"\n[feeds.news]\ntitle = \"News\"\nwindow = \"off\"\n",
        server.url
    ));
    let years = ["2026-11-23", "2036-01-01", "2026-11-24", "2027-06-01", "2026-11-25"];
    for (run, day) in years.iter().enumerate() {
        server.put("/a.xml", "application/rss+xml", document(5 + run));
        let said = mill.run_at(&format!("{day}T07:00:00Z"), &["run"]).with(0).stderr;
        assert_eq!(said.contains("the clock was moved"), [2, 4].contains(&run), "{day}: {said}");
        assert_eq!(server.asked().len(), 1, "{day}");
        assert_each_once(&mill, 5 + run);
    }
}
