//! Path patterns of robots.txt (RFC 9309 §2.2.2, §2.2.3): `*` is anything, `$` at the end is the end. Pure, and linear
//! but for the number of `*`.

use memchr::memmem;

/// A pattern, ready to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What lies between the `*`; never empty.
    parts: Vec<Vec<u8>>,
    /// Whether it ends with `$`.
    anchored: bool,
    /// As written, in the normal form of octets.
    octets: usize,
}

impl Pattern {
    /// Reads a pattern as written.
    pub(super) fn new(written: &str) -> Self {
        let (body, anchored) = written.strip_suffix('$').map_or((written, false), |body| (body, true));
        let mut in_query = false;
        let parts: Vec<Vec<u8>> = body
            .split('*')
            .map(|part| {
                let octets = normal(part, in_query);
                in_query |= part.contains('?');
                octets
            })
            .collect();
        let stars = parts.len() - 1;
        let octets = parts.iter().map(Vec::len).sum::<usize>() + stars + usize::from(anchored);
        Self { parts, anchored, octets }
    }

    /// How specific it is: "the most octets" (§2.2.2).
    pub(super) fn octets(&self) -> usize {
        self.octets
    }

    /// Whether it matches a target in its normal form, from its start.
    pub(super) fn matches(&self, target: &[u8]) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return false };
        let Some(mut left) = target.strip_prefix(first.as_slice()) else { return false };
        let Some((last, between)) = rest.split_last() else {
            return !self.anchored || left.is_empty();
        };
        for part in between {
            // The earliest place leaves the most for what follows.
            let Some(at) = memmem::find(left, part) else { return false };
            left = &left[at + part.len()..];
        }
        if self.anchored { left.ends_with(last) } else { memmem::find(left, last).is_some() }
    }
}

/// The target of a request as patterns are matched against it: path and query.
pub(super) fn target(path_and_query: &str) -> Vec<u8> {
    normal(path_and_query, false)
}

/// Octets, with percent-encoding undone where that cannot change what is meant: both `%7E` and `~`, both `%E3%83%84` and
/// `ツ` are the same (§2.2.2). In a path `%2F` and `%3F` are no separators, `%25` is never one; in a query only the latter.
fn normal(text: &str, in_query: bool) -> Vec<u8> {
    let (bytes, mut in_query) = (text.as_bytes(), in_query);
    let mut octets = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let kept = |decoded: &u8| *decoded == b'%' || !in_query && matches!(*decoded, b'/' | b'?');
        match (byte, encoded(&bytes[at..])) {
            (b'%', Some(decoded)) if !kept(&decoded) => octets.push(decoded),
            (b'%', Some(_)) => octets.extend(bytes[at..at + 3].to_ascii_uppercase()),
            _ => octets.push(byte),
        }
        at += if byte == b'%' && encoded(&bytes[at..]).is_some() { 3 } else { 1 };
        in_query |= byte == b'?';
    }
    octets
}

/// The octet that `%XX` at the start stands for.
fn encoded(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(*high)? * 16 + digit(*low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Pattern::new(pattern).matches(&target(path))
    }

    #[test]
    fn a_pattern_is_a_prefix_with_wildcards_and_an_end() {
        for (pattern, yes, no) in [
            ("/", &["/", "/a", "/a?b"][..], &[][..]),
            ("/fish", &["/fish", "/fish.html", "/fishheads/yum", "/fish?id=1"], &["/Fish", "/catfish", "/"]),
            ("/fish*", &["/fish", "/fish.html"], &["/Fish", "/catfish"]),
            ("/fish/", &["/fish/", "/fish/salmon"], &["/fish", "/fish.html"]),
            ("/*.php", &["/x.php", "/a/b.php?c", "/x.php5", "/a.phps/b"], &["/", "/x.PHP"]),
            ("/*.php$", &["/x.php", "/a.php.php"], &["/x.php?a", "/x.php/", "/x.php5"]),
            ("/fish*.php", &["/fish.php", "/fishes/a.php?x"], &["/Fish.php"]),
            ("*", &["/", "/a"], &[]),
            ("*/private/", &["/private/", "/a/private/b"], &["/private"]),
            ("/$", &["/"], &["/a", "/?x"]),
            ("/a*b*c$", &["/abc", "/a-b-b-c-c"], &["/acb", "/abcd", "/ab"]),
            ("/a$b", &["/a$b"], &["/a", "/ab"]),
            ("/a*$", &["/a", "/abc"], &["/b"]),
            ("/ab*ba$", &["/abba", "/ab-ba"], &["/aba"]),
            ("fish", &[], &["/fish"]),
        ] {
            for path in yes {
                assert!(matches(pattern, path), "{pattern} matches {path}");
            }
            for path in no {
                assert!(!matches(pattern, path), "{pattern} does not match {path}");
            }
        }
    }

    #[test]
    fn percent_encoding_is_compared_by_what_it_means() {
        for (pattern, path) in [
            ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
            ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"),
            ("/foo/bar?baz=https%3a%2f%2Ffoo.bar", "/foo/bar?baz=https://foo.bar"),
            ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
            ("/foo/bar/%e3%83%84", "/foo/bar/ツ"),
            ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
            ("/%7Ejoe/", "/~joe/index.html"),
            ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
            ("/path/foo-%24", "/path/foo-$"),
            ("/a%2fb", "/a%2Fb"),
            ("/100%", "/100%"),
        ] {
            assert!(matches(pattern, path), "{pattern} matches {path}");
        }
        for (pattern, path) in [
            ("/a/b", "/a%2Fb"),
            ("/a?b", "/a%3Fb"),
            ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html"),
            ("/path/foo-%24", "/path/foo-"),
            ("/a%25", "/a%"),
        ] {
            assert!(!matches(pattern, path), "{pattern} does not match {path}");
        }
    }

    #[test]
    fn many_wildcards_cost_no_more_than_one_walk() {
        let pattern = format!("/{}$", "*a".repeat(50_000));
        assert!(!matches(&pattern, &format!("/{}b", "a".repeat(60_000))));
        assert!(matches(&pattern, &format!("/{}", "a".repeat(60_000))));
    }
}
