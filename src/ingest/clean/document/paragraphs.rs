//! Blocks of plain text to HTML: paragraphs, lists, quotations, bare URLs linked. Nothing is repaired in the words.

use crate::model::escape;

/// Lines that stand together between blank lines; never empty.
pub(super) type Block<'a> = Vec<&'a str>;

/// Columns of a line that is a paragraph of its own, because nobody wraps so late.
const UNWRAPPED: usize = 160;

/// Columns of a line that is one if it ends as a sentence does.
const LONG: usize = 100;

/// Columns of the longest line of a block whose line ends are meant: verse, addresses.
const VERSE: usize = 45;

/// A text's blocks: what stands between blank lines, or begins with a line that is set in. A text without any blank line
/// may be one of a paragraph a line.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        match blocks.last_mut() {
            Some(block) if !line.trim().is_empty() => block.push(line),
            Some(block) if block.is_empty() => {}
            _ => blocks.push(Vec::new()),
        }
    }
    blocks.retain(|block| !block.is_empty());
    if let [only] = &blocks[..]
        && only.len() > 1
        && only.iter().any(|line| columns(line) > UNWRAPPED)
    {
        return only.iter().map(|line| vec![*line]).collect();
    }
    blocks.into_iter().flat_map(split_at_indents).collect()
}

/// Columns of a line: signs of Han and kana take two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Paragraphs that are told by their first line's indentation alone.
fn split_at_indents(block: Block<'_>) -> Vec<Block<'_>> {
    let is_in = |line: &str| line.starts_with(['\u{3000}', '\t']) || line.starts_with("  ");
    let is_mixed = block.iter().any(|line| !is_in(line)) || block[0].starts_with('\u{3000}');
    if block.len() < 2 || !is_in(block[0]) || !is_mixed || block.iter().any(|line| marker(line).is_some()) {
        return vec![block];
    }
    let mut parts: Vec<Block<'_>> = Vec::new();
    for line in block {
        match parts.last_mut() {
            Some(last) if !is_in(line) => last.push(line),
            _ => parts.push(vec![line]),
        }
    }
    parts
}

/// The blocks as HTML.
pub(super) fn html(blocks: &[Block<'_>]) -> String {
    let mut html = String::new();
    let mut rest = blocks;
    while let Some((block, behind)) = rest.split_first() {
        // A list may have blank lines between its items.
        let alike = marker(block[0]).map_or(0, |kind| {
            behind.iter().take_while(|next| marker(next[0]).is_some_and(|(next, _)| next == kind.0)).count()
        });
        let (more, behind) = behind.split_at(alike);
        let lines: Vec<&str> = block.iter().chain(more.iter().flatten()).copied().collect();
        push_block(&mut html, &lines);
        rest = behind;
    }
    html
}

fn push_block(html: &mut String, lines: &[&str]) {
    let items = lines.iter().filter(|line| marker(line).is_some()).count();
    if let Some((kind, _)) = marker(lines[0]).filter(|_| items > 1) {
        push_list(html, kind, lines);
    } else if lines.iter().all(|line| line.trim_start().starts_with('>')) {
        let inner: Vec<&str> =
            lines.iter().map(|line| line.trim_start().trim_start_matches('>').trim()).collect();
        html.push_str(&format!("<blockquote><p>{}</p></blockquote>", inline(&joined(&inner))));
    } else if is_rule(lines) {
        html.push_str("<hr>");
    } else if are_paragraphs(lines) {
        lines.iter().for_each(|line| html.push_str(&format!("<p>{}</p>", inline(line.trim()))));
    } else if lines.len() > 1 && lines.iter().all(|line| columns(line) < VERSE) {
        let verse: Vec<String> = lines.iter().map(|line| inline(line.trim())).collect();
        html.push_str(&format!("<p>{}</p>", verse.join("<br>")));
    } else {
        html.push_str(&format!("<p>{}</p>", inline(&joined(lines))));
    }
}

/// Whether each line is a paragraph: too long to be wrapped, or long and a sentence to its end.
fn are_paragraphs(lines: &[&str]) -> bool {
    let longest = lines.iter().map(|line| columns(line)).max().unwrap_or_default();
    let ends = |line: &str| {
        line.trim_end().ends_with(['.', '!', '?', '…', '”', '"', '»', '“', '。', '」', '؟', ')'])
    };
    longest > UNWRAPPED || longest > LONG && lines.iter().all(|line| ends(line))
}

/// `***`, `---`, `* * *`.
pub(super) fn is_rule(lines: &[&str]) -> bool {
    let signs: String = lines[0].split_whitespace().collect();
    lines.len() == 1
        && signs.len() >= 3
        && ["*", "-", "_", "="].iter().any(|sign| signs.replace(sign, "").is_empty())
}

/// Kinds of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Bullets,
    Numbers,
}

/// What kind of list item a line begins, and its text.
pub(super) fn marker(line: &str) -> Option<(List, &str)> {
    let line = line.trim_start();
    if let Some(item) = ["- ", "* ", "• ", "+ "].iter().find_map(|bullet| line.strip_prefix(bullet)) {
        return Some((List::Bullets, item.trim()));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let item = line[digits..].strip_prefix(". ").or_else(|| line[digits..].strip_prefix(") "))?;
    (1..=3).contains(&digits).then(|| (List::Numbers, item.trim()))
}

fn push_list(html: &mut String, kind: List, lines: &[&str]) {
    let mut items: Vec<Vec<&str>> = Vec::new();
    for line in lines {
        match (marker(line), items.last_mut()) {
            (Some((_, item)), _) => items.push(vec![item]),
            (None, Some(last)) => last.push(line),
            (None, None) => {}
        }
    }
    let tag = if kind == List::Bullets { "ul" } else { "ol" };
    let items: String = items.iter().map(|item| format!("<li>{}</li>", inline(&joined(item)))).collect();
    html.push_str(&format!("<{tag}>{items}</{tag}>"));
}

/// Wrapped lines as one: with a space, but for a word parted at its hyphen and scripts without spaces.
pub(super) fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let mut before = text.chars().rev();
        let (last, last_but_one) = (before.next(), before.next());
        let is_parted = last == Some('-') && last_but_one.is_some_and(char::is_alphanumeric);
        let is_unspaced = last.is_some_and(is_wide) && line.starts_with(is_wide);
        if !text.is_empty() && !is_parted && !is_unspaced {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

/// Han, kana and their punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

/// Text as HTML, its bare URLs as links.
pub(super) fn inline(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = url_start(rest) {
        let (before, from) = rest.split_at(at);
        let (url, behind) = from.split_at(url_length(from));
        html.push_str(&escape(before));
        html.push_str(&format!("<a href=\"{0}\">{0}</a>", escape(url)));
        rest = behind;
    }
    html.push_str(&escape(rest));
    html
}

/// Where a URL with something behind its scheme begins.
fn url_start(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find("http")?;
        let host = ["https://", "http://"].iter().find_map(|scheme| text[at..].strip_prefix(scheme));
        if host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '[')) {
            return Some(at);
        }
        at += 4;
    }
}

/// Bytes of the URL at the start: to white space, less the sentence's punctuation.
fn url_length(text: &str) -> usize {
    let end =
        text.find(|c: char| c.is_whitespace() || "<>\"“”«»（）。，、".contains(c)).unwrap_or(text.len());
    let mut url = &text[..end];
    loop {
        let cut = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '…']);
        let is_open = |open: char, close: char| {
            cut.ends_with(close) && cut.matches(open).count() < cut.matches(close).count()
        };
        let cut = if is_open('(', ')') || is_open('[', ']') { &cut[..cut.len() - 1] } else { cut };
        if cut.len() == url.len() {
            return url.len();
        }
        url = cut;
    }
}
