//! Attributes of a start tag, as leniently as browsers read them.

/// As many attributes of one tag as are read.
const MAX_ATTRIBUTES: usize = 256;

/// The attributes of a tag: name as written, value as written (references not resolved).
#[derive(Debug, Clone)]
pub(in crate::ingest::parse) struct Attributes<'a> {
    rest: &'a str,
    left: usize,
}

impl<'a> Attributes<'a> {
    /// Reads what stands between the tag's name and its end.
    pub(in crate::ingest::parse) fn new(raw: &'a str) -> Self {
        Self { rest: raw, left: MAX_ATTRIBUTES }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.rest.as_bytes();
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'' | b'=');
        let start = bytes.iter().position(|byte| !is_between(byte))?;
        self.left = self.left.checked_sub(1)?;
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'=';
        let end = bytes[start..].iter().position(is_end).map_or(bytes.len(), |length| start + length);
        let name = &self.rest[start..end];
        let behind = self.rest[end..].trim_ascii_start();
        let Some(value) = behind.strip_prefix('=') else {
            self.rest = behind;
            return Some((name, ""));
        };
        let (value, rest) = value_of(value.trim_ascii_start());
        self.rest = rest;
        Some((name, value))
    }
}

/// Splits a value, quoted or not, off what follows it.
fn value_of(text: &str) -> (&str, &str) {
    match text.as_bytes().first() {
        Some(&quote @ (b'"' | b'\'')) => {
            let inside = &text[1..];
            let end = memchr::memchr(quote, inside.as_bytes());
            (&inside[..end.unwrap_or(inside.len())], &inside[end.map_or(inside.len(), |end| end + 1)..])
        }
        _ => {
            let end = text.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(text.len());
            text.split_at(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_unquoted_and_bare_attributes_are_read() {
        let raw = " a=\"1\" b = '2\"' c=3 d e=\"\" f:g=\"x y\"h='z' i=\"open";
        let read: Vec<_> = Attributes::new(raw).collect();
        let expected = [
            ("a", "1"),
            ("b", "2\""),
            ("c", "3"),
            ("d", ""),
            ("e", ""),
            ("f:g", "x y"),
            ("h", "z"),
            ("i", "open"),
        ];
        assert_eq!(read, expected);
    }
}
