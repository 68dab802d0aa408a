//! Sources of which nothing is said but the URL, a line each: `id = "url"`, as `feedmill add` writes them. A config may
//! list thousands, of which TOML's tokens, events and tree would take most of the time and memory that a config costs. So
//! such lines below `[sources]` are read as they are, up to the first that is neither one nor a whole table
//! (`id = { … }`), and all else as TOML. Where anything is wrong, or might be, the whole is read as TOML.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::reader::{self, Reading};
use super::shapes::Placed;
use super::text::{Lines, split_at_sign};
use super::written::Config;

/// The table that they stand in.
const HEADER: &str = "[sources]";
/// What TOML counts as white space within a line.
const BLANKS: [char; 2] = [' ', '\t'];
/// What begins a text of many lines.
const MULTILINE: [&str; 2] = ["\"\"\"", "'''"];

/// Sources that are not among those of the [`Config`] they were listed in.
#[derive(Debug, Default)]
pub(super) struct Listed<'t> {
    text: &'t str,
    /// Where the lines are.
    lines: Range<usize>,
    sources: Vec<Line>,
    /// Lines among them that are left to TOML.
    others: Vec<Range<usize>>,
}

/// Where the two parts of a line are; the URL with its quotes.
#[derive(Debug, Clone)]
struct Line {
    id: Range<usize>,
    url: Range<usize>,
}

/// Reads a config.
pub(super) fn read<'t>(lines: &Lines<'t>) -> (Reading<Config>, Listed<'t>) {
    if let Some(listed) = Listed::find(lines.text())
        && let Some(config) = listed.others()
    {
        return (Reading::of(config), listed);
    }
    (reader::read(lines), Listed::default())
}

impl<'t> Listed<'t> {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sources.len()
    }

    /// Ids and URLs, in file order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Placed<String>, Placed<String>)> {
        let placed =
            |span: &Range<usize>, value: &str| Placed { span: span.clone(), value: value.to_owned() };
        self.sources.iter().map(move |Line { id, url }| {
            let address = url.start + 1..url.end - 1;
            (placed(id, &self.text[id.clone()]), placed(url, &self.text[address]))
        })
    }

    /// The sources listed below the header, if there are any and no other reading of it is possible that reads all else
    /// without a fault: a line of nothing but the header is in no bracket then, and here we see that it is in no text.
    fn find(text: &'t str) -> Option<Self> {
        let mut found = text.match_indices(HEADER).map(|(at, _)| at);
        let header = found.find(|at| text[..*at].is_empty() || text[..*at].ends_with('\n'))?;
        let is_in_text = MULTILINE.iter().any(|quotes| text[..header].contains(quotes));
        let behind = text[header + HEADER.len()..].split_inclusive('\n').next().unwrap_or_default();
        if is_in_text || !is_empty(ended(behind)) {
            return None;
        }
        let start = header + HEADER.len() + behind.len();
        let mut listed = Self { text, lines: start..start, ..Self::default() };
        while let Some(behind) = text.get(listed.lines.end..).filter(|behind| !behind.is_empty()) {
            let line = memchr(b'\n', behind.as_bytes()).map_or(behind, |end| &behind[..=end]);
            let ended = ended(line);
            let (at, end) = (listed.lines.end, listed.lines.end + line.len());
            match source(ended, at) {
                Some(source) => listed.sources.push(source),
                None if is_empty(ended) => {}
                None if is_whole_table(ended) => listed.others.push(at..end),
                None => break,
            }
            listed.lines.end = end;
        }
        (!listed.sources.is_empty()).then_some(listed)
    }

    /// The config without them; `None` if there is anything wrong with it, or an id is there twice.
    fn others(&self) -> Option<Config> {
        let Reading { value, problems, .. } = reader::read::<Config>(&Lines::new(&self.rest()?));
        let config = value.filter(|_| problems.is_empty())?;
        let others = config.sources.as_ref()?.value.0.iter().map(|(id, _)| id.value.as_str());
        let mut ids: Vec<&str> = self.sources.iter().map(|line| &self.text[line.id.clone()]).collect();
        ids.extend(others);
        ids.sort_unstable();
        let is_double = ids.windows(2).any(|two| two[0] == two[1]);
        (!is_double).then_some(config)
    }

    /// The text with spaces in their place.
    fn rest(&self) -> Option<Cow<'t, str>> {
        let Range { start, end } = self.lines;
        if self.others.is_empty() && end == self.text.len() {
            return Some(Cow::Borrowed(&self.text[..start]));
        }
        let behind = end..self.text.len();
        let mut rest = Vec::with_capacity(self.text.len());
        rest.extend_from_slice(&self.text.as_bytes()[..start]);
        for kept in self.others.iter().chain([&behind]) {
            rest.resize(kept.start, b' ');
            rest.extend_from_slice(&self.text.as_bytes()[kept.clone()]);
        }
        String::from_utf8(rest).ok().map(Cow::Owned)
    }
}

/// A line that begins at this byte, if it is a source in the short form.
fn source(line: &str, at: usize) -> Option<Line> {
    let end = at + line.len();
    let from_id = line.trim_start_matches(BLANKS);
    let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let (id, behind) = from_id.split_at(from_id.bytes().take_while(is_bare).count());
    let from_url = behind.trim_start_matches(BLANKS).strip_prefix('=')?.trim_start_matches(BLANKS);
    let (url, behind) = split_at_sign(from_url.strip_prefix('"')?, b'"')?;
    if id.is_empty() || has_escapes(url) || !is_empty(behind) {
        return None;
    }
    let start = end - from_id.len();
    Some(Line { id: start..start + id.len(), url: end - from_url.len()..end - behind.len() })
}

/// Whether a line is `id = { … }` and, if TOML finds no fault in it, ends where the table does: the one brace that opens is
/// before all texts; and the one that closes, which ends the line, is in no comment, and in no text that ends there.
fn is_whole_table(line: &str) -> bool {
    let Some((id, value)) = split_at_sign(line, b'=') else { return false };
    let value = value.trim_matches(BLANKS);
    let inside = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
    let is_plain =
        |inside: &str| !inside.contains(['{', '}', '#']) && !MULTILINE.iter().any(|q| inside.contains(q));
    !id.contains(['"', '\'', '#']) && inside.is_some_and(is_plain)
}

/// Whether there is nothing in a line, or in the rest of it, but a comment.
fn is_empty(line: &str) -> bool {
    let line = line.trim_start_matches(BLANKS);
    line.is_empty() || (line.starts_with('#') && !has_escapes(line))
}

/// Whether there are characters that TOML forbids in texts and comments, or reads as others in texts.
fn has_escapes(text: &str) -> bool {
    let is_one = |byte: u8| (byte.is_ascii_control() && byte != b'\t') || byte == b'\\';
    // Without a way out in between, so that many bytes are looked at together.
    text.bytes().fold(false, |found, byte| found | is_one(byte))
}

/// A line without its end.
fn ended(line: &str) -> &str {
    let Some(line) = line.strip_suffix('\n') else { return line };
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    /// All that is made of a config, or said of it.
    fn whole(lines: &Lines<'_>, (reading, listed): (Reading<Config>, Listed<'_>)) -> String {
        format!("{:?}", crate::config::plan_of(lines, Path::new("/srv"), (reading, &listed)))
    }

    fn listed(text: &str) -> Vec<(String, String)> {
        let (_, listed) = read(&Lines::new(text));
        listed.iter().map(|(id, url)| (id.value, url.value)).collect()
    }

    /// Lines of a config, most of them sources, and such as may change what the others mean.
    fn texts() -> impl Strategy<Value = String> {
        let source = "[a-e]{1,3} ?= ?\"https://[ab]\\.example/\"";
        let line = prop_oneof![
            8 => source,
            2 => Just("[sources]".to_owned()),
            2 => "|#.{0,3}|[ab]\\.url = \"https://c\\.example/\"|'?[ab]'? = '(https://d\\.example/)?'|\\[sources\\] # x",
            2 => "\\[feeds\\.f\\]|title = \"T\"|\\[sources\\.[ab]\\]|url = \"https://e\\.example/\"|\\[\\[sources\\]\\]",
            1 => "[ab] = \\{ url = [\"'\\{]https://f\\.example/[\"'\\}]( \\}|, tags = \\[\"t\"\\] ?\\}| #\\}|\\}\\})",
            1 => "x = (\\{|\\[|\"\"\"|''')|\\}|\\]|\"\"\"|'''|[ab] = \\{|a = \"\\PC\"|a = 1|, b = 2|config_version = 1",
        ];
        let end = prop_oneof![6 => Just("\n"), 1 => Just("\r\n"), 1 => Just(" # c\n"), 1 => Just("\r")];
        let lines = prop::collection::vec((line, end), 0..9);
        let head = "\u{feff}?(\\[feeds\\.f\\]\ntitle = \"T\"\n)?(\\[sources\\]\n)?";
        (head, lines, any::<prop::sample::Index>(), "|||\\PC|[\"'\\\\\t\0]").prop_map(
            |(head, lines, at, more)| {
                let mut text = head;
                lines.iter().for_each(|(line, end)| text.extend([line, *end]));
                let at = text.floor_char_boundary(at.index(text.len() + 1));
                text.insert_str(at, &more);
                text
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn what_is_listed_is_what_toml_makes_of_it(text in texts()) {
            let lines = Lines::new(&text);
            let toml = whole(&lines, (reader::read(&lines), Listed::default()));
            prop_assert_eq!(whole(&lines, read(&lines)), toml);
        }
    }

    #[test]
    fn a_list_goes_to_the_first_line_that_is_neither_a_source_nor_a_whole_table() {
        let text = "[feeds.f]\ntitle = \"T\"\n[sources] # mine\n\n  a = \"x\"\r\n# and\n\
                    c = { url = \"z\", tags = [\"t\"] }\r\nb-1=\t\"\" # y\nd.url = \"z\"\ne = \"z\"\n";
        let expected = [("a", "x"), ("b-1", "")].map(|(id, url)| (id.to_owned(), url.to_owned()));
        assert_eq!(listed(text), expected);
        let lines = Lines::new(text);
        assert_eq!(whole(&lines, read(&lines)), whole(&lines, (reader::read(&lines), Listed::default())));
    }

    #[test]
    fn what_may_mean_something_else_is_left_to_toml() {
        for text in [
            "x = \"\"\"\n[sources]\na = \"x\"\n\"\"\"\n",
            "x = [\n[sources]\na = \"x\"\n]\n",
            "[sources]\na = \"x\"\na = \"y\"\n",
            "[sources]\na = \"x\"\n[sources.a]\nurl = \"y\"\n",
            "[sources]\na = \"\\u0041\"\n",
            "[sources]\na = \"x\" b = \"y\"\n",
            "[[sources]]\na = \"x\"\n",
            "[sources]\nx = {\nurl = \"x\"\n}\n",
            "[sources]\nx = { url = \"y\", #}\ntags = \"x\"\n}\n",
            "[sources]\nx = { a = { b = \"}\",\ntags = \"x\"\n} }\n",
            "[sources]\nx = { url = \"\"\"}\na = \"x\"\n\"\"\" }\n",
        ] {
            assert!(listed(text).is_empty(), "{text}");
        }
    }
}
