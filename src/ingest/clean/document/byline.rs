//! By-lines: who wrote it, in the words people use.

use super::labels::{AGENCIES, ANDS, AUTHOR, BY, MAYBE_ANDS, ROLES};
use crate::model::{Author, PlainText};

/// Small words inside names.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "de", "da", "das", "do", "dos", "del", "della", "di", "du", "des", "van", "von", "der", "den", "ten", "ter", "zu", "la",
    "le", "el", "al", "bin", "ibn", "y", "e", "and", "und", "et", "och", "og", "и", "&", "af", "av", "ve", "ja", "és", "i", "en",
    "with", "ap", "vom", "zum", "т.",
];

/// Letters of a by-line; a longer line is a sentence.
const LONGEST: usize = 120;

/// What follows a label with a colon or a dash, such as `Author: Jane Doe`: names, and perhaps a few words of them.
pub(super) fn labelled(line: &str) -> Option<&str> {
    let line = bare(line);
    let (label, rest) = split_label(line)?;
    let rest = bare(rest);
    let is_label = AUTHOR.contains(&bare(label).to_lowercase().as_str());
    (is_label && is_credit(rest)).then_some(rest)
}

/// Whether a text behind a label is names, and perhaps a few words of them.
pub(super) fn is_credit(text: &str) -> bool {
    let (who, _) = split_bio(text);
    !who.is_empty() && who.chars().count() <= LONGEST && !who.starts_with("//") && are_people(who)
}

/// Whether a line is a label such as `Author:`, with nothing behind it.
pub(super) fn is_label(line: &str) -> bool {
    let label = bare(line).strip_suffix([':', '：']);
    label.is_some_and(|label| AUTHOR.contains(&bare(label).to_lowercase().as_str()))
}

/// Without white space, emphasis and brackets around it.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches(['*', '_']).trim();
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let inner = inner.or_else(|| text.strip_prefix('[').and_then(|text| text.strip_suffix(']')));
    inner.unwrap_or(text).trim()
}

/// The parts before and behind the first colon, or a dash with space around it.
fn split_label(line: &str) -> Option<(&str, &str)> {
    let colon = line.split_once([':', '：']);
    let dash = || [" – ", " — ", " - ", " | "].iter().find_map(|dash| line.split_once(dash));
    // `autor:in: Jane Doe` has two.
    match colon {
        Some(("Autor" | "autor", rest)) if rest.starts_with("in:") => Some(("autorin", &rest[3..])),
        Some(found) if AUTHOR.contains(&bare(found.0).to_lowercase().as_str()) => Some(found),
        _ => dash(),
    }
}

/// Whether each name in a text looks like one. Two words in lower case may be (`bell hooks`), behind a label.
fn are_people(text: &str) -> bool {
    let names = names(text);
    let is_agency = || AGENCIES.contains(&bare(text).to_lowercase().as_str());
    !names.is_empty() && names.iter().all(|name| is_names(name) || name.split_whitespace().count() <= 2)
        || is_agency()
}

/// What follows a label of either kind: `By Jane Doe` too, if names follow and nothing else.
pub(super) fn byline(line: &str) -> Option<&str> {
    labelled(line).or_else(|| {
        let line = bare(line);
        let rest = behind_by(line)?;
        let (who, _) = split_bio(rest);
        (is_names(without_place(who)) || names(who).iter().all(|name| is_names(name)) && who.contains(','))
            .then_some(rest)
    })
}

pub(super) fn behind_by(line: &str) -> Option<&str> {
    BY.iter().find_map(|word| {
        let end = line.char_indices().nth(word.chars().count()).map(|(at, _)| at)?;
        (line[..end].to_lowercase() == **word).then(|| line[end..].trim())
    })
}

/// A name without a `By ` before it.
pub(in super::super) fn unlabelled(line: &str) -> &str {
    let line = line.trim();
    labelled(line).or_else(|| behind_by(line)).unwrap_or(line)
}

/// `Jane Doe in Rome`, `Jane Doe à Paris`: without the place.
fn without_place(text: &str) -> &str {
    let place = [" in ", " à ", " aus ", " à "].iter().find_map(|word| text.split_once(word));
    match place {
        Some((who, place)) if two_words(who) && is_names(place) => who,
        _ => text,
    }
}

/// Whether a text is nothing but names.
pub(super) fn is_names(text: &str) -> bool {
    let words = || text.split_whitespace();
    let is_part = |word: &str| {
        PARTICLES.contains(&word)
            || word
                .trim_start_matches(['"', '“', '„', '(', '\''])
                .starts_with(|c: char| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
    };
    let last_of = |text: &str| words().next_back().unwrap_or(text).chars().count();
    let ends_as_sentence =
        text.ends_with(['!', '?', ':', '…', '。', '؟']) || text.ends_with('.') && last_of(text) > 3;
    // Scripts without capitals tell nothing by them: only what is short is a name.
    let is_caseless = !text.contains(|c: char| c.is_uppercase() || c.is_lowercase());
    let most = if is_caseless { 4 } else { 12 };
    words().next().is_some_and(|first| first.chars().any(char::is_alphabetic))
        && !ends_as_sentence
        && words().count() <= most
        && !(is_caseless && text.chars().count() > 30)
        && !text.contains(|c: char| c.is_ascii_digit() || "。「」“”«»".contains(c))
        && words().all(is_part)
}

/// Words that begin a line in capitals which is no name.
#[rustfmt::skip]
const NO_NAME: &[&str] = &[
    "the", "a", "an", "part", "chapter", "how", "why", "what", "when", "where", "who", "introduction", "summary", "contents",
    "news", "der", "die", "das", "ein", "eine", "teil", "kapitel", "le", "la", "les", "un", "une", "el", "los", "las", "una",
    "il", "lo", "gli", "o", "os", "as", "um", "uma", "de", "het", "een", "den", "det", "en", "ett", "my", "our", "your", "his", "her",
    "in", "on", "at", "for", "from", "no", "not", "this", "that", "to", "of", "with", "and", "chapter", "section", "appendix",
    "photo", "photos", "foto", "fotos", "bild", "image", "all", "press", "media", "breaking", "exclusive", "opinion", "comment",
    "amen", "merry", "happy", "good", "dear", "thank", "thanks",
];

/// Whether a line is one full name and nothing else: two or three words with capitals.
pub(super) fn is_lone_name(line: &str) -> bool {
    let line = line.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_plain = |word: &&str| {
        let is_word = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        is_word && !NO_NAME.contains(&word.to_lowercase().as_str())
    };
    let is_cased = |word: &&str| PARTICLES.contains(word) || word.starts_with(char::is_uppercase);
    (2..=4).contains(&words.len())
        && !line.ends_with('.')
        && line.contains(char::is_lowercase)
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(|word| is_plain(word) && is_cased(word))
        && words.iter().filter(|word| !PARTICLES.contains(word)).count() >= 2
}

/// The names in a by-line, one by one, without addresses and functions.
pub(in super::super) fn names(text: &str) -> Vec<String> {
    let mut parts = vec![without_place(&without_address(text)).to_owned()];
    for and in ANDS {
        parts = parts.iter().flat_map(|part| part.split(and)).map(str::to_owned).collect();
    }
    for and in MAYBE_ANDS {
        parts = parts.iter().flat_map(|part| split_maybe(part, and)).collect();
    }
    let names = parts.iter().flat_map(|part| split_commas(part));
    names
        .map(|name| unlabelled(name.trim_matches([' ', ',', '|', '-', '–', '—', '"'])).trim().to_owned())
        .map(|name| if abbreviates(&name) { name } else { name.trim_end_matches('.').to_owned() })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether the stop at the end belongs to the name: `Jr.`, an initial.
fn abbreviates(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|word| word.chars().count() <= 3)
}

/// The names of a text as authors, agencies left out; one for whom nothing else was said.
pub(super) fn named(text: &str) -> Vec<Author> {
    let names = names(text).into_iter().filter(|name| !AGENCIES.contains(&name.to_lowercase().as_str()));
    let authors = names.map(|name| Author { name: PlainText::line(&name), ..Author::default() });
    authors.filter(|author| !author.name.is_empty()).collect()
}

/// The authors that a by-line names, and what it says of them on the same line, as the bio of the first.
pub(super) fn people(text: &str) -> Vec<Author> {
    let (who, bio) = split_bio(text);
    let mut authors = named(who);
    if let (Some(first), Some(bio)) = (authors.first_mut(), bio) {
        first.bio = Some(PlainText::line(bio)).filter(|bio| !bio.is_empty());
    }
    authors
}

/// A by-line's names, and what is said of them behind: `Jane Doe, a reporter based in Rome`, `Jane Doe is a reporter`.
fn split_bio(text: &str) -> (&str, Option<&str>) {
    let mut seps = [", ", " – ", " — ", " - ", " | ", "，", ". "].iter().filter_map(|sep| {
        let at = text.find(sep)?;
        Some((&text[..at], text[at + sep.len()..].trim()))
    });
    if let Some((who, bio)) = seps.find(|(who, bio)| is_said_of(bio) && is_names(who)) {
        return (who, Some(bio));
    }
    match leading_name(text) {
        Some(name) if text[name.len()..].split_whitespace().nth(2).is_some() => (name, Some(text)),
        _ => (text, None),
    }
}

/// Whether words behind a name and a comma are of the person, no further names or an outlet.
fn is_said_of(text: &str) -> bool {
    let is_caseless = !text.contains(|c: char| c.is_uppercase() || c.is_lowercase());
    if is_caseless {
        return text.chars().filter(|c| c.is_alphabetic()).count() >= 6
            && !text.contains(['、', '，', '،', '和', '・'])
            && !text.contains(' ');
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = words.iter().filter(|word| word.starts_with(char::is_lowercase) && !PARTICLES.contains(word));
    let is_role = words.iter().any(|word| ROLES.contains(word)) && text.starts_with(char::is_lowercase);
    is_role || words.len() >= 3 && lower.count() >= 1 && !is_names(text)
}

/// The name that a sentence about a person begins with: `Jane Doe is ..`.
pub(super) fn leading_name(text: &str) -> Option<&str> {
    let mut end = 0;
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let is_name = word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
        if !is_name || super::labels::IS.contains(&word) {
            let name = text[..end].trim();
            let is_lower = word.starts_with(char::is_lowercase) || super::labels::IS.contains(&word);
            return (is_lower && (2..=5).contains(&name.split_whitespace().count()) && is_names(name))
                .then_some(name);
        }
        if word.ends_with(['.', ',', ';', ':', '!', '?']) && word.chars().count() > 3 {
            return None;
        }
        end = at + word.len();
    }
    None
}

fn split_maybe(text: &str, and: &str) -> Vec<String> {
    match text.split_once(and) {
        Some((one, other)) if two_words(one) && two_words(other) => vec![one.to_owned(), other.to_owned()],
        _ => vec![text.to_owned()],
    }
}

/// Names between commas: a function or a single word (an outlet, `Jr.`) behind a full name is none.
fn split_commas(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for part in text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_role = part.split_whitespace().any(|word| ROLES.contains(&word.to_lowercase().as_str()));
        let is_lone = !two_words(part) && names.first().is_some_and(|first| two_words(first));
        if names.is_empty() || !(is_role || is_lone) {
            names.push(part);
        }
    }
    names
}

fn two_words(text: &str) -> bool {
    text.split_whitespace().nth(1).is_some()
}

/// The text without `<address>`, bare addresses and what stands in brackets behind.
fn without_address(text: &str) -> String {
    let text = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).map_or(text, |(who, _)| who);
    let words = text.split_whitespace().filter(|word| !word.contains('@') || word.starts_with('@'));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_told_from_a_sentence() {
        let table = [
            ("Author: Jane Doe", Some("Jane Doe")),
            ("**Author:** Jane Doe", Some("Jane Doe")),
            ("By Jane Doe and John Roe", Some("Jane Doe and John Roe")),
            ("BY JANE DOE", Some("JANE DOE")),
            ("Von Änne Müller", Some("Änne Müller")),
            ("Par Élise du Val", Some("Élise du Val")),
            ("Автор: Иван Петров", Some("Иван Петров")),
            ("作者：王小明", Some("王小明")),
            ("By the river stood a mill", None),
            ("By June Everything Had Changed.", None),
            ("Par contre, il pleut", None),
            ("By 2030 we will know", None),
            ("Note: this is no author", None),
            ("By", None),
        ];
        for (line, wanted) in table {
            assert_eq!(byline(line), wanted, "{line}");
        }
    }

    #[test]
    fn several_authors_come_apart() {
        let table = [
            ("Jane Doe", vec!["Jane Doe"]),
            ("Jane Doe and John Roe", vec!["Jane Doe", "John Roe"]),
            ("Jane Doe, John Roe & Max Mu", vec!["Jane Doe", "John Roe", "Max Mu"]),
            ("José Ortega y Gasset", vec!["José Ortega y Gasset"]),
            ("Ana Ruiz y Luis Gil", vec!["Ana Ruiz", "Luis Gil"]),
            ("Jane Doe, Staff Writer", vec!["Jane Doe"]),
            ("Jane Doe, Reuters", vec!["Jane Doe"]),
            ("By Jane Doe <jane@example.org>", vec!["Jane Doe"]),
            ("", vec![]),
        ];
        for (text, wanted) in table {
            assert_eq!(names(text), wanted, "{text}");
        }
    }
}
