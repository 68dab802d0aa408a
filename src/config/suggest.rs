//! "Did you mean": the known name nearest to a wrong one.

/// The candidate a person most likely meant, if one is near enough.
pub(super) fn closest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let allowed = (wrong.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wrong, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Slips of the finger; a beginning (`desc` for `description`) and another word separator count as one slip.
fn distance(wrong: &str, candidate: &str) -> usize {
    let begun = wrong.chars().count() >= 3 && candidate.starts_with(wrong);
    let slips = strsim::damerau_levenshtein(wrong, &candidate.replace('-', "_"))
        .min(strsim::damerau_levenshtein(wrong, candidate));
    if begun { slips.min(1) } else { slips }
}

/// A hint for a wrong name: the nearest known one, else all of them.
pub(crate) fn hint(wrong: &str, known: &[&str]) -> Option<String> {
    match closest(wrong, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if known.is_empty() => None,
        None => Some(format!("known here: {}", list(known))),
    }
}

/// Names listed at most.
const LISTED: usize = 20;

/// `a`, `b`, `c`, in back quotes; a long list is cut.
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = names.len().saturating_sub(LISTED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["title", "description", "base_url", "republish", "rss", "atom", "json"];
        for (wrong, meant) in [
            ("titel", Some("title")),
            ("desc", Some("description")),
            ("base-url", Some("base_url")),
            ("Title", Some("title")),
            ("rs", Some("rss")),
            ("republsih", Some("republish")),
            ("timezone", None),
            ("x", None),
        ] {
            assert_eq!(closest(wrong, known), meant, "{wrong}");
        }
    }

    #[test]
    fn without_a_near_name_the_known_ones_are_listed() {
        assert_eq!(hint("zzzz", &["rss", "atom"]).unwrap(), "known here: `rss`, `atom`");
        assert_eq!(hint("zzzz", &[]), None);
    }
}
