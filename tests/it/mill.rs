//! A mill of one's own: a folder with a config, and the program run in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;

/// A folder that is gone when the test is.
pub(crate) struct Mill {
    folder: TempDir,
}

/// How the program ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    /// Asserts the exit code; shows what was said when it is another.
    pub(crate) fn with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// The moment at which tests take place.
pub(crate) const NOW: &str = "2026-11-23T07:00:00Z";

/// What `[fetch]` needs for the test's own servers, which are not of the public internet.
const LOOPBACK: &str = "allow_networks = [\"127.0.0.0/8\"]\n";

/// A config with leave to ask the test's own servers.
pub(crate) fn with_leave(config: &str) -> String {
    // At the end, so that places in the text stay.
    if config.contains("[fetch]") {
        config.replacen("[fetch]\n", &format!("[fetch]\n{LOOPBACK}"), 1)
    } else {
        format!("{config}\n[fetch]\n{LOOPBACK}")
    }
}

impl Mill {
    /// A mill with this `config.toml`, which may ask the test's own servers.
    pub(crate) fn new(config: &str) -> Self {
        Self::exactly(&with_leave(config))
    }

    /// A mill with this `config.toml`, which does not let it ask this machine.
    pub(crate) fn exactly(config: &str) -> Self {
        let mill = Self { folder: tempfile::tempdir().unwrap() };
        mill.write("config.toml", config);
        mill
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[allow(clippy::disallowed_methods, reason = "a test's own files need no atomic write")]
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|cause| panic!("{name}: {cause}"))
    }

    /// The program with these arguments, at [`NOW`].
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_at(NOW, arguments)
    }

    /// The program with these arguments, at this moment.
    pub(crate) fn run_at(&self, now: &str, arguments: &[&str]) -> Ended {
        Ended::from(self.command(now).args(arguments).output().unwrap())
    }

    /// The program with these arguments and this stdin.
    pub(crate) fn feed(&self, arguments: &[&str], stdin: &str) -> Ended {
        use std::io::Write;
        let mut command = self.command(NOW);
        let child =
            command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        Ended::from(child.wait_with_output().unwrap())
    }

    /// The program, not started yet.
    pub(crate) fn command(&self, now: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedmill"));
        command.current_dir(self.folder.path()).args(["--now", now]).stdin(Stdio::null());
        command
    }

    /// Every published document: name, bytes and time of its last change.
    pub(crate) fn published(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        documents(&self.path("feeds"))
    }

    /// The items of a published JSON Feed.
    pub(crate) fn items(&self, feed: &str) -> Vec<serde_json::Value> {
        let document: serde_json::Value =
            serde_json::from_str(&self.read(&format!("feeds/{feed}.json"))).unwrap();
        document["items"].as_array().unwrap().clone()
    }

    /// The titles of a published feed, in its order.
    pub(crate) fn titles(&self, feed: &str) -> Vec<String> {
        self.items(feed).iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

pub(crate) fn documents(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let bytes = std::fs::read(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), (bytes, entry.metadata().unwrap().modified().unwrap()))
        })
        .collect()
}

/// An RSS document with these items: guid, title, link.
pub(crate) fn rss(title: &str, items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .enumerate()
        .map(|(number, (guid, title, link))| {
            format!(
                "<item><guid isPermaLink=\"false\">{guid}</guid><title>{title}</title><link>{link}</link>\
                 <pubDate>Fri, 20 Nov 2026 10:{number:02}:00 GMT</pubDate>\
                 <description>About {title}.</description></item>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>\
         <link>https://{}.example.com/</link><description>d</description>\n{items}</channel></rss>",
        title.to_lowercase()
    )
}
