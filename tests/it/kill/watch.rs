//! Readers of what is published: nothing half-written, at no moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use crate::mill::{Mill, documents};

/// Reads every published document over and over, as the readers of a web server do.
pub(super) struct Reader {
    goes_home: Arc<AtomicBool>,
    thread: JoinHandle<u64>,
}

impl Reader {
    pub(super) fn of(mill: &Mill) -> Self {
        let (folder, goes_home) = (mill.path("feeds"), Arc::new(AtomicBool::new(false)));
        let heard = Arc::clone(&goes_home);
        Self { goes_home, thread: std::thread::spawn(move || read_on(&folder, &heard)) }
    }

    /// How many documents it read; panics if one was not whole.
    pub(super) fn close(self) -> u64 {
        self.goes_home.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

fn read_on(folder: &Path, goes_home: &AtomicBool) -> u64 {
    let mut read = 0;
    while !goes_home.load(Ordering::Relaxed) {
        for path in served(folder) {
            // What is listed may be replaced before it is opened, but there is always one.
            let bytes = std::fs::read(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
            let end = ending(path.extension().unwrap().to_str().unwrap());
            assert!(bytes.trim_ascii_end().ends_with(end.as_bytes()), "{} is cut off", path.display());
            read += 1;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    read
}

/// The files that a web host would serve: not those that start with a dot.
fn served(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let hidden = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with('.');
    entries.map(|entry| entry.unwrap().path()).filter(|path| !hidden(path)).collect()
}

fn ending(extension: &str) -> &'static str {
    match extension {
        "rss" => "</rss>",
        "atom" => "</feed>",
        "json" => "}",
        "opml" => "</opml>",
        "html" => "</html>",
        other => panic!("{other} is not published"),
    }
}

/// Every published document can be read to its end by a strict reader.
pub(super) fn assert_whole(mill: &Mill) {
    for (name, (bytes, _)) in documents(&mill.path("feeds")) {
        if name.starts_with('.') {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let extension = name.rsplit_once('.').unwrap().1;
        assert!(text.trim_end().ends_with(ending(extension)), "{name} is cut off");
        match extension {
            "rss" => drop(rss::Channel::read_from(text.as_bytes()).unwrap()),
            "atom" => drop(text.parse::<atom_syndication::Feed>().unwrap()),
            "json" => drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()),
            _ => {}
        }
    }
}
