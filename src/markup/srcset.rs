//! `srcset`: image candidates (HTML §4.8.4.3.10).

/// The candidates of a value, each as its URL and its descriptor as written, which may be empty.
pub(crate) fn candidates(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, behind) = rest.split_at(end);
        let bare = url.trim_end_matches(',');
        let (descriptor, next) = if bare.len() < url.len() {
            ("", behind)
        } else {
            behind.split_once(',').unwrap_or((behind, ""))
        };
        rest = next;
        (!url.is_empty()).then(|| (bare, descriptor.trim_ascii()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_told_apart_as_a_browser_does() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("", &[]),
            (" , ,", &[]),
            ("a.png", &[("a.png", "")]),
            ("a.png, b.png 2x", &[("a.png", ""), ("b.png", "2x")]),
            ("a,b.png 1.5x,c.png 640w", &[("a,b.png", "1.5x"), ("c.png", "640w")]),
            (" a.png  100w 50h , b.png,", &[("a.png", "100w 50h"), ("b.png", "")]),
        ];
        for (value, expected) in table {
            assert_eq!(candidates(value).collect::<Vec<_>>(), *expected, "{value}");
        }
    }
}
