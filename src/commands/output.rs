//! What people and programs see: data on stdout, talk on stderr.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::cli::{Format, Global};
use crate::config::ConfigError;

use super::Usage;

/// Where a verb prints.
#[derive(Debug, Clone)]
pub(super) struct Output {
    format: Format,
    quiet: bool,
}

impl Output {
    pub(super) fn new(global: &Global) -> Self {
        Self { format: global.format, quiet: global.quiet }
    }

    /// Whether results are printed as JSON lines; a format that is only for `render` is refused.
    pub(super) fn json(&self) -> anyhow::Result<bool> {
        match self.format {
            Format::Text => Ok(false),
            Format::Json => Ok(true),
            Format::Rss | Format::Atom => Err(Usage(
                "--format rss and atom are for `feedmill render`; here it is text or json".to_owned(),
            )
            .into()),
        }
    }

    /// The format as asked for.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Whether progress may be drawn.
    pub(super) fn may_draw(&self) -> bool {
        !self.quiet && self.format == Format::Text && io::stderr().is_terminal()
    }

    /// Prints data, whatever `--quiet` says.
    pub(super) fn data(&self, text: &str) -> anyhow::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        Ok(stdout.flush()?)
    }

    /// Prints one JSON object on a line of its own.
    pub(super) fn json_line<T: Serialize>(&self, value: &T) -> anyhow::Result<()> {
        let mut line = escaped(&serde_json::to_string(value)?);
        line.push('\n');
        self.data(&line)
    }

    /// Prints a summary, unless people asked for quiet.
    pub(super) fn summary(&self, text: &str) -> anyhow::Result<()> {
        if self.quiet { Ok(()) } else { self.data(text) }
    }

    /// Says something on stderr, unless people asked for quiet.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            self.warn(text);
        }
    }

    /// Says on stderr what people must know.
    pub(super) fn warn(&self, text: &str) {
        // A stderr that is gone leaves nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// Says why the verb failed.
    pub(super) fn failure(&self, fault: &anyhow::Error) {
        if self.format == Format::Json
            && let Some(config) = fault.downcast_ref::<ConfigError>()
            && let Ok(line) = serde_json::to_string(config)
        {
            self.warn(&escaped(&line));
            return;
        }
        self.warn(&format!("feedmill: {fault:#}"));
    }
}

/// Whether a failure is only that the reader of our stdout went away (`feedmill list | head`).
pub(super) fn is_broken_pipe(fault: &anyhow::Error) -> bool {
    fault.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// What steers a terminal, or turns a line around under the reader's eyes: control characters (C0 and C1) and overrides of
/// the direction of writing (Unicode Bidirectional Algorithm §2).
fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// JSON with such characters escaped, which stand in strings only; it says the same.
fn escaped(json: &str) -> String {
    if !json.contains(is_steering) {
        return json.to_owned();
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_steering(c) && c != '\n' {
            safe.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// The text with control characters made visible: nothing a feed says may steer a terminal.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if is_steering(c) && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c })
        .collect()
}

/// `1 article`, `2 articles`.
pub(super) fn count(number: usize, thing: &str) -> String {
    match (number, thing) {
        (1, _) => format!("1 {thing}"),
        (_, "entry") => format!("{number} entries"),
        _ => format!("{number} {thing}s"),
    }
}

/// The text cut to so many characters, with an ellipsis.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\u{7}\tc\n"), "a\u{fffd}[31mb\u{fffd}\tc\n");
        let sly = "\u{9b}2J \u{202e}gpj.exe\u{202c} \u{2066}x\u{2069}";
        assert!(!visible(sly).contains(is_steering) && visible(sly).contains("gpj.exe"));
        let json = escaped(&serde_json::to_string(sly).unwrap());
        assert!(!json.contains(is_steering), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), sly);
    }

    #[test]
    fn long_texts_are_cut_at_characters_not_bytes() {
        assert_eq!(cut("Ünïcödé text", 8), "Ünïcödé…");
        assert_eq!(cut("short", 8), "short");
    }
}
