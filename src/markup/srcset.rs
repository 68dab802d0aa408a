//! `srcset`: image candidates, parsed as HTML has it (§4.8.4.3.10).

/// The candidates of a value, each as its URL and the descriptor that counts (`640w`, `1.5x`, or nothing). Those that a
/// browser drops are left out.
pub(crate) fn candidates(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (url, behind) = rest.split_at(end);
            let bare = url.trim_end_matches(',');
            let (descriptors, next) = if bare.len() < url.len() { ("", behind) } else { split(behind) };
            rest = next;
            if let Some(descriptor) = sound(descriptors) {
                return Some((bare, descriptor));
            }
        }
    })
}

/// Descriptors up to a comma that is in no parentheses, and what is behind it.
fn split(text: &str) -> (&str, &str) {
    let mut in_parentheses = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => in_parentheses = true,
            b')' => in_parentheses = false,
            b',' if !in_parentheses => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

/// The width or density among descriptors, or nothing where there is none; `None` where a browser drops the candidate.
fn sound(descriptors: &str) -> Option<&str> {
    let (mut size, mut height) = ("", false);
    for descriptor in descriptors.split_ascii_whitespace() {
        let (number, kind) =
            descriptor.split_at(descriptor.len() - descriptor.chars().next_back()?.len_utf8());
        let is_sound = match kind {
            "w" => size.is_empty() && is_positive(number),
            "x" => size.is_empty() && !height && is_density(number),
            "h" => !height && is_positive(number),
            _ => false,
        };
        if !is_sound {
            return None;
        }
        if kind == "h" {
            height = true;
        } else {
            size = descriptor;
        }
    }
    (!height || size.ends_with('w')).then_some(size)
}

/// A whole number above zero, of a size that images have.
fn is_positive(number: &str) -> bool {
    number.len() <= 8
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && number.bytes().any(|byte| byte != b'0')
}

/// A floating-point number (HTML §2.3.4.3), not negative.
fn is_density(number: &str) -> bool {
    let is_written = number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.len() <= 8
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    is_written && number.parse::<f64>().is_ok_and(|density| density.is_finite() && density >= 0.0)
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
            (" a.png  100w 50h , b.png,", &[("a.png", "100w"), ("b.png", "")]),
            ("data:,a ( , ) 2x, b.png .5x", &[("b.png", ".5x")]),
            ("a (,b 2x", &[]),
            ("a 50h, b 50h 100w, c 50h 2x", &[("b", "100w")]),
            ("a 0w, b 0x, c -1x, d 1w 1w, e 1x 1w, f 1e1x, g +1x, h 2., i é", &[("b", "0x"), ("f", "1e1x")]),
        ];
        for (value, expected) in table {
            assert_eq!(candidates(value).collect::<Vec<_>>(), *expected, "{value}");
        }
    }
}
