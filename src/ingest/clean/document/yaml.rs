//! The YAML of front matter: maps and lists by indentation, scalars over several lines, quoted texts, `[flow, lists]`
//! and `{flow: maps}`, `|` and `>` blocks. Not YAML at large: no anchors, tags or documents, and more patient with a
//! colon in a headline.

use super::value::{MAX_DEPTH, Value};

/// A fault: the line, from 1, and what is wrong.
type Fault = (usize, String);

/// Reads the keys with their values.
///
/// # Errors
/// The line, from 1, and what is wrong.
pub(super) fn read(text: &str) -> Result<Vec<(String, Value)>, Fault> {
    let mut lines = Lines::of(text)?;
    let Some(first) = lines.peek() else { return Ok(Vec::new()) };
    if is_item(first.content) {
        return Err((first.number, "a list item without a key before it".to_owned()));
    }
    lines.map(first.indent, 0)
}

#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    /// From 1.
    number: usize,
    indent: usize,
    content: &'a str,
}

struct Lines<'a> {
    list: Vec<Line<'a>>,
    at: usize,
}

fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Result<Self, Fault> {
        let mut list = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('\t') && !line.trim().is_empty() {
                return Err((index + 1, "a tab begins the line; YAML wants spaces".to_owned()));
            }
            let indent = line.len() - line.trim_start_matches(' ').len();
            list.push(Line { number: index + 1, indent, content: line.trim() });
        }
        Ok(Self { list, at: 0 })
    }

    /// The next line that says anything.
    fn peek(&mut self) -> Option<Line<'a>> {
        while self
            .list
            .get(self.at)
            .is_some_and(|line| line.content.is_empty() || line.content.starts_with('#'))
        {
            self.at += 1;
        }
        self.list.get(self.at).copied()
    }

    /// The next line, if it is set in deeper.
    fn peek_below(&mut self, indent: usize) -> Option<Line<'a>> {
        self.peek().filter(|line| line.indent > indent)
    }

    fn map(&mut self, indent: usize, depth: usize) -> Result<Vec<(String, Value)>, Fault> {
        let mut pairs = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent >= indent) {
            let Some((name, text)) = key(line.content) else {
                return Err((line.number, format!("`{}` is no `key: value`", line.content)));
            };
            self.at += 1;
            pairs.push((name.to_owned(), self.value(text, line, depth)?));
        }
        Ok(pairs)
    }

    /// The value behind a key or a dash; `line` is where that stands.
    fn value(&mut self, text: &'a str, line: Line<'a>, depth: usize) -> Result<Value, Fault> {
        if text.is_empty() || text.starts_with('#') {
            return self.nested(line, depth);
        }
        if matches!(text.trim_end_matches(['-', '+']), "|" | ">") {
            return Ok(Value::Text(self.block(line.indent, text.starts_with('|'))));
        }
        let fault = |cause: String| (line.number, cause);
        if text.starts_with(['[', '{']) {
            let text = self.gathered(text, line.indent, is_balanced);
            return Flow { rest: &text }.value(depth).map_err(fault);
        }
        if text.starts_with(['"', '\'']) {
            let text = self.gathered(text, line.indent, |text| scalar(text).is_ok());
            return scalar(&text).map(Value::Text).map_err(fault);
        }
        let mut whole = without_comment(text).trim().to_owned();
        while let Some(more) = self.peek_below(line.indent) {
            self.at += 1;
            whole.push(' ');
            whole.push_str(without_comment(more.content).trim());
        }
        scalar(&whole).map(Value::Text).map_err(fault)
    }

    /// What stands below a key that has nothing behind its colon.
    fn nested(&mut self, line: Line<'a>, depth: usize) -> Result<Value, Fault> {
        let is_own_list = |next: &Line<'_>| next.indent == line.indent && is_item(next.content);
        let own_list = self.peek().filter(|next| !is_item(line.content) && is_own_list(next));
        let Some(next) = self.peek_below(line.indent).or(own_list) else { return Ok(Value::text("")) };
        if depth >= MAX_DEPTH {
            return Err((next.number, "nested too deep".to_owned()));
        }
        if is_item(next.content) {
            return self.items(next.indent, depth + 1);
        }
        if key(next.content).is_none() {
            return self.value(next.content, line, depth + 1).inspect(|_| self.at += 1);
        }
        self.map(next.indent, depth + 1).map(Value::Map)
    }

    fn items(&mut self, indent: usize, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.indent == indent && is_item(line.content)) {
            let item = line.content[1..].trim_start();
            let is_map = !item.starts_with(['"', '\'', '[', '{', '#']) && key(item).is_some();
            if is_map {
                // `- name: X` begins a map whose other keys stand under `name`.
                let inner = indent + line.content.len() - item.len();
                self.list[self.at] = Line { indent: inner, content: item, ..line };
                items.push(Value::Map(self.map(inner, depth)?));
            } else {
                self.at += 1;
                items.push(self.value(item, line, depth)?);
            }
        }
        Ok(Value::List(items))
    }

    /// A `|` or `>` block.
    fn block(&mut self, indent: usize, keeps_lines: bool) -> String {
        let rest = &self.list[self.at..];
        let length = rest.iter().take_while(|line| line.content.is_empty() || line.indent > indent).count();
        let lines: Vec<&str> = rest[..length].iter().map(|line| line.content).collect();
        self.at += length;
        lines.join(if keeps_lines { "\n" } else { " " }).trim().to_owned()
    }

    /// A text with as many of the lines behind it as it needs to be whole.
    fn gathered(&mut self, text: &str, indent: usize, is_whole: fn(&str) -> bool) -> String {
        let mut whole = text.to_owned();
        let start = self.at;
        while self.at - start < LONGEST.0 && whole.len() < LONGEST.1 && !is_whole(&whole) {
            let closes = |line: &Line<'_>| line.indent == indent && line.content.starts_with([']', '}']);
            let Some(more) = self.peek().filter(|line| line.indent > indent || closes(line)) else { break };
            self.at += 1;
            whole.push(' ');
            whole.push_str(more.content);
        }
        whole
    }
}

/// Lines and bytes that one flow list or quoted text over several lines may have.
const LONGEST: (usize, usize) = (200, 20_000);

/// Whether all brackets outside of quotes are closed.
fn is_balanced(text: &str) -> bool {
    let (mut open, mut quote) = (0_usize, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(sign), _) if sign == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => open += 1,
            (None, ']' | '}') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open == 0
}

/// What is left of a flow list or map.
struct Flow<'a> {
    rest: &'a str,
}

impl Flow<'_> {
    fn value(&mut self, depth: usize) -> Result<Value, String> {
        if depth > MAX_DEPTH {
            return Err("nested too deep".to_owned());
        }
        self.rest = self.rest.trim_start();
        match self.rest.chars().next() {
            Some('[') => self.list(depth),
            Some('{') => self.map(depth),
            _ => self.scalar().map(Value::Text),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, String> {
        let mut items = Vec::new();
        self.skip();
        while !self.closes(']')? {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, String> {
        let mut pairs = Vec::new();
        self.skip();
        while !self.closes('}')? {
            let end = self.rest.find([':', ',', '}']).unwrap_or(self.rest.len());
            let name = self.rest[..end].trim().trim_matches(['"', '\'']).to_owned();
            self.rest = &self.rest[end..];
            let value = if self.rest.starts_with(':') {
                self.skip();
                self.value(depth + 1)?
            } else {
                Value::text("")
            };
            pairs.push((name, value));
        }
        Ok(Value::Map(pairs))
    }

    fn skip(&mut self) {
        self.rest = &self.rest[1..];
    }

    /// Whether the list or map ends here; commas are passed over.
    fn closes(&mut self, sign: char) -> Result<bool, String> {
        self.rest = self.rest.trim_start_matches([',', ' ']);
        let is_end = self.rest.starts_with(sign);
        if is_end {
            self.skip();
        } else if self.rest.is_empty() || self.rest.starts_with([']', '}']) {
            return Err(format!("`{}` is never closed", if sign == ']' { '[' } else { '{' }));
        }
        Ok(is_end)
    }

    fn scalar(&mut self) -> Result<String, String> {
        let end = match self.rest.chars().next() {
            Some('"') => closing(&self.rest[1..]).map(|end| end + 2),
            Some('\'') => self.rest[1..].find('\'').map(|end| end + 2),
            _ => None,
        };
        let end = end.unwrap_or_else(|| self.rest.find([',', ']', '}']).unwrap_or(self.rest.len()));
        let text = self.rest[..end].trim();
        self.rest = &self.rest[end..];
        scalar(text)
    }
}

/// The text before ` #`, where that stands outside quotes.
fn without_comment(text: &str) -> &str {
    text.split(" #").next().unwrap_or(text)
}

fn scalar(text: &str) -> Result<String, String> {
    if let Some(quoted) = text.strip_prefix('"') {
        let end = closing(quoted).ok_or_else(|| format!("`{text}` has no closing quote"))?;
        return Ok(unescaped(&quoted[..end]));
    }
    if let Some(quoted) = text.strip_prefix('\'') {
        let quoted =
            quoted.split("' #").next().map_or(quoted, |start| &quoted[..(start.len() + 1).min(quoted.len())]);
        let inner =
            quoted.trim_end().strip_suffix('\'').ok_or_else(|| format!("`{text}` has no closing quote"))?;
        return Ok(inner.replace("''", "'"));
    }
    Ok(if matches!(text, "~" | "null") { String::new() } else { text.to_owned() })
}

/// A line's key and what follows its colon.
pub(super) fn key(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
    let is_parted = value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && is_parted).then(|| (name, value.trim()))
}

/// Where the first quote stands that no backslash escapes.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}

/// The escapes of double quotes that titles have.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(escaped)) => {
                chars.next();
                match escaped {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'u' => out.extend(hex(&mut chars, 4)),
                    'x' => out.extend(hex(&mut chars, 2)),
                    other => out.push(other),
                }
            }
            _ => out.push(c),
        }
    }
    out
}

fn hex(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let text: String = chars.by_ref().take(digits).collect();
    u32::from_str_radix(&text, 16).ok().and_then(char::from_u32)
}
