//! The text of a file a person wrote: reading it, and finding places in it.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;

use memchr::memchr;

use super::problem::{ConfigError, Problem, Spot};

/// Bytes of a config or overrides file: far above any list of sources people keep.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Reads a file whole as UTF-8. `None` where there is no such file.
pub(super) fn read_file(path: &Path) -> Result<Option<String>, ConfigError> {
    let fail = |problem| ConfigError { path: path.to_owned(), problems: vec![problem] };
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(fail(Problem::of_file(format!("cannot be read: {cause}"), None))),
    };
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("is larger than {} MiB: this is no file of Feedmill's", MAX_BYTES >> 20);
        return Err(fail(Problem::of_file(message, None)));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| fail(not_utf8(&error)))
}

fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Shows the line with the bytes that are no UTF-8 replaced.
fn not_utf8(error: &std::string::FromUtf8Error) -> Problem {
    let good = error.utf8_error().valid_up_to();
    let lossy = String::from_utf8_lossy(error.as_bytes());
    Problem {
        // What comes before the fault is the same in both texts, so the offset holds.
        spot: Some(Lines::new(&lossy).spot(&(good..good))),
        message: format!("this byte (0x{:02x}) is not UTF-8", error.as_bytes().get(good).unwrap_or(&0)),
        hint: Some("save the file as UTF-8".to_owned()),
    }
}

/// Splits a text at the first of such signs, which are ASCII, as [`str::split_once`] does, and sooner.
pub(super) fn split_at_sign(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = memchr(sign, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// A text and where its lines start.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Looked for when the first place is asked for: in most files there is nothing to point at.
    starts: OnceCell<Vec<usize>>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    /// Where the lines start. A byte order mark is no part of the first.
    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let mark = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
            let next = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(mark).chain(next).collect()
        })
    }

    /// The text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The line, column and length of a byte range; of a range over several lines, the part on the first one.
    pub(super) fn spot(&self, span: &Range<usize>) -> Spot {
        let starts = self.starts();
        let from = self.text.floor_char_boundary(span.start).max(starts[0]);
        let line = starts.partition_point(|&start| start <= from).max(1);
        let start = starts[line - 1];
        let rest = &self.text[start..];
        let whole = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let end = self.text.floor_char_boundary(span.end).clamp(from, (start + whole.len()).max(from));
        Spot {
            line,
            column: self.text[start..from].chars().count() + 1,
            width: self.text[from..end].chars().count().max(1),
            text: whole.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_before_crlf() {
        let lines = Lines::new("a = 1\r\n# é\nü = \"x\"\n");
        let at = lines.text().find("\"x\"").unwrap();
        let spot = lines.spot(&(at..at + 3));
        assert_eq!((spot.line, spot.column, spot.width, spot.text.as_str()), (3, 5, 3, "ü = \"x\""));
        assert_eq!(lines.spot(&(0..7)).text, "a = 1");
        assert_eq!(lines.spot(&(0..7)).width, 5);
    }

    #[test]
    fn a_place_at_or_behind_the_end_is_on_the_last_line() {
        for text in ["", "a", "a\n"] {
            let spot = Lines::new(text).spot(&(99..120));
            assert_eq!(spot.line, text.matches('\n').count() + 1);
            assert_eq!(spot.width, 1);
        }
    }

    #[test]
    fn a_byte_that_is_no_utf8_has_a_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        io::Write::write_all(&mut File::create(&path).unwrap(), b"# ok \xc3\xa9\nx = \"\xe9\"\n").unwrap();
        let error = read_file(&path).unwrap_err();
        let spot = error.problems[0].spot.as_ref().unwrap();
        assert_eq!((spot.line, spot.column), (2, 6));
        assert!(error.to_string().contains("0xe9"), "{error}");
    }
}
