//! What a robots.txt says to us (RFC 9309 §2). Pure.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::pattern::{Pattern, target};

/// Our product token (§2.2.1); groups name it in any case.
const PRODUCT: &str = "feedmill";
/// What lies beyond is not read (§2.5 asks for at least so much).
const LIMIT: usize = 500 * 1024;
/// A longer `Crawl-delay` is taken for this: a day, after which the file itself is read anew.
const LONGEST_DELAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The rules that concern us; none: everything may be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// As written; printed for the store.
    written: String,
    pattern: Pattern,
}

impl Rules {
    /// Reads a robots.txt, whatever bytes it is made of: what is not understood is passed over.
    ///
    /// The groups that name us count, together; without any, those of `*`, together (§2.2.1).
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LIMIT)]);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut reading = Reading::default();
        text.split(['\r', '\n']).filter_map(record).for_each(|(key, value)| reading.record(key, value));
        reading.ours.or(reading.everybodys).unwrap_or_default()
    }

    /// Whether a URL of the origin may be asked: the longest pattern that matches decides, `Allow` where two are as long
    /// (§2.2.2). robots.txt itself always may.
    #[must_use]
    pub fn allow(&self, url: &Url) -> bool {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        if path == "/robots.txt" {
            return true;
        }
        let target = target(path);
        let matching = self.rules.iter().filter(|rule| rule.pattern.matches(&target));
        let nearest = matching.max_by_key(|rule| (rule.pattern.octets(), rule.allow));
        nearest.is_none_or(|rule| rule.allow)
    }

    /// `Crawl-delay`: the least time between two requests. No part of the RFC, but widely written and easily kept.
    #[must_use]
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.delay
    }

    fn push(&mut self, allow: bool, written: &str) {
        // `Disallow:` without a path forbids nothing.
        if !written.is_empty() {
            self.rules.push(Rule { allow, written: written.to_owned(), pattern: Pattern::new(written) });
        }
    }
}

/// As a robots.txt for us alone: what is read back is equal.
impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "User-agent: {PRODUCT}")?;
        if let Some(delay) = self.delay {
            writeln!(f, "Crawl-delay: {}", delay.as_secs_f64())?;
        }
        self.rules.iter().try_for_each(|rule| {
            writeln!(f, "{}: {}", if rule.allow { "Allow" } else { "Disallow" }, rule.written)
        })
    }
}

/// A line as key and value, without its comment.
fn record(line: &str) -> Option<(&str, &str)> {
    let line = line.split('#').next().unwrap_or_default();
    line.split_once(':').map(|(key, value)| (key.trim(), value.trim()))
}

/// The groups while they are being read.
#[derive(Default)]
struct Reading {
    ours: Option<Rules>,
    everybodys: Option<Rules>,
    /// Whom the present group is for.
    is_ours: bool,
    is_everybodys: bool,
    /// Whether the group has rules: then the next `User-agent` begins another.
    has_rules: bool,
}

impl Reading {
    fn record(&mut self, key: &str, value: &str) {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        if is("user-agent") {
            self.agent(value);
        } else if is("allow") || is("disallow") {
            self.has_rules = true;
            self.groups().for_each(|group| group.push(is("allow"), value));
        } else if is("crawl-delay") {
            // Other records must not come between the lines of a group (§2.2.4).
            self.groups().for_each(|group| group.delay = group.delay.max(delay(value)));
        }
    }

    fn agent(&mut self, value: &str) {
        if std::mem::take(&mut self.has_rules) {
            (self.is_ours, self.is_everybodys) = (false, false);
        }
        let end = value.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')));
        let token = &value[..end.unwrap_or(value.len())];
        if token.eq_ignore_ascii_case(PRODUCT) {
            self.is_ours = true;
            self.ours.get_or_insert_default();
        } else if value == "*" {
            self.is_everybodys = true;
            self.everybodys.get_or_insert_default();
        }
    }

    fn groups(&mut self) -> impl Iterator<Item = &mut Rules> {
        let ours = self.ours.as_mut().filter(|_| self.is_ours);
        ours.into_iter().chain(self.everybodys.as_mut().filter(|_| self.is_everybodys))
    }
}

fn delay(value: &str) -> Option<Duration> {
    let seconds: f64 = value.parse().ok()?;
    let delay = Duration::try_from_secs_f64(seconds).ok()?;
    (!delay.is_zero()).then(|| delay.min(LONGEST_DELAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        let url = Url::parse("https://example.org/").unwrap().join(path).unwrap();
        Rules::parse(robots.as_bytes()).allow(&url)
    }

    fn seconds(robots: &str) -> Option<f64> {
        Rules::parse(robots.as_bytes()).crawl_delay().map(|delay| delay.as_secs_f64())
    }

    #[test]
    fn the_longest_match_decides_and_allow_wins_a_tie() {
        for (rules, path, expected) in [
            ("Allow: /p\nDisallow: /", "/page", true),
            ("Disallow: /\nAllow: /p", "/page", true),
            ("Allow: /folder\nDisallow: /folder", "/folder/page", true),
            ("Disallow: /folder\nAllow: /folder", "/folder/page", true),
            ("Allow: /page\nDisallow: /*.htm", "/page.htm", false),
            ("Allow: /page\nDisallow: /*.ph", "/page.php5", true),
            ("Allow: /$\nDisallow: /", "/", true),
            ("Allow: /$\nDisallow: /", "/page.htm", false),
            ("Disallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b/c", false),
            ("Disallow:", "/a", true),
            ("Disallow:\nAllow:", "/a", true),
            ("Disallow: /", "/robots.txt", true),
            ("Disallow: /?q=", "/?q=a", false),
            ("Disallow: /?q=", "/", true),
        ] {
            assert_eq!(allows(&format!("User-agent: *\n{rules}\n"), path), expected, "{rules:?} {path}");
        }
    }

    #[test]
    fn our_own_groups_count_together_and_keep_those_of_everybody_out() {
        let robots = "User-agent: *\nDisallow: /all\n\nUser-agent: other\nDisallow: /\n\n\
                      User-agent: FeedMill/9.9 (x)\nDisallow: /one\n\nuser-agent: feedmill\nDisallow: /two\n";
        for (path, expected) in [("/all", true), ("/one", false), ("/two", false), ("/three", true)] {
            assert_eq!(allows(robots, path), expected, "{path}");
        }
        for foreign in ["feedmiller", "feed", "feedmill-images", "my feedmill", "**", "*bot"] {
            assert!(allows(&format!("User-agent: {foreign}\nDisallow: /\n"), "/a"), "{foreign}");
        }
    }

    #[test]
    fn groups_of_everybody_are_merged_and_agents_share_the_rules_below_them() {
        let twice = "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /b\n";
        assert!(!allows(twice, "/a") && !allows(twice, "/b") && allows(twice, "/c"));
        let shared = "User-agent: x\nUser-agent: feedmill\nSitemap: https://example.org/s.xml\nUser-agent: y\n\
                      Disallow: /a\n";
        assert!(!allows(shared, "/a"));
        let before = "Disallow: /\nUser-agent: feedmill\n";
        assert!(allows(before, "/a"), "rules of nobody");
    }

    #[test]
    fn line_ends_comments_spaces_case_and_a_byte_order_mark_change_nothing() {
        for robots in [
            "User-agent: *\rDisallow: /a\r",
            "User-agent: *\r\nDisallow: /a\r\n",
            "\u{feff}User-agent: *\nDisallow: /a",
            "  user-AGENT :*# all\n\n\n DISALLOW:/a # not this\nnonsense\n: :\n",
        ] {
            assert!(!allows(robots, "/a") && allows(robots, "/b"), "{robots:?}");
        }
        for page in ["<!doctype html><title>User-agent: what?</title>", "", "\u{0}\u{1}", "Disallow"] {
            assert_eq!(Rules::parse(page.as_bytes()), Rules::default());
        }
        assert_eq!(Rules::parse(b"\xff\xfe\n\xffUser-agent\xff: *\nDisallow: /"), Rules::default());
    }

    #[test]
    fn what_lies_beyond_500_kib_is_not_read() {
        let padding = "#".repeat(LIMIT);
        assert!(!allows(&format!("User-agent: *\nDisallow: /a\n{padding}"), "/a"));
        assert!(allows(&format!("{padding}\nUser-agent: *\nDisallow: /a\n"), "/a"));
    }

    #[test]
    fn a_crawl_delay_is_seconds_of_our_group_and_the_longest_counts() {
        for (rules, expected) in [
            ("Crawl-delay: 10", Some(10.0)),
            ("crawl-delay: 0.5\nDisallow: /a\nCrawl-delay: 2", Some(2.0)),
            ("Crawl-delay: 1e12", Some(86_400.0)),
            ("Crawl-delay: 0", None),
            ("Crawl-delay: -1", None),
            ("Crawl-delay: NaN", None),
            ("Crawl-delay: soon", None),
        ] {
            assert_eq!(seconds(&format!("User-agent: *\n{rules}\n")), expected, "{rules:?}");
        }
        assert_eq!(seconds("User-agent: feedmill\nDisallow: /a\nUser-agent: *\nCrawl-delay: 9\n"), None);
        let between = "User-agent: feedmill\nCrawl-delay: 5\nUser-agent: other\nDisallow: /a\n";
        assert!(seconds(between) == Some(5.0) && !allows(between, "/a"), "one group");
    }

    #[test]
    fn what_is_printed_reads_back_equal() {
        let robots =
            "User-agent: *\nCrawl-delay: 1.5\nDisallow: /*.php$\nAllow: /%7Ea\nDisallow: /\u{30c4}\n";
        let rules = Rules::parse(robots.as_bytes());
        assert_eq!(Rules::parse(rules.to_string().as_bytes()), rules);
        assert_eq!(Rules::parse(Rules::default().to_string().as_bytes()), Rules::default());
    }
}
