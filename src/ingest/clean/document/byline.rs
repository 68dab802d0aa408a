//! By-lines: who wrote it, in the words people use.

/// What stands before a name with a colon; in lower case.
const LABELS: &[&str] = &[
    "author",
    "authors",
    "author(s)",
    "by",
    "byline",
    "written by",
    "words by",
    "story by",
    "text",
    "autor",
    "autorin",
    "autoren",
    "von",
    "verfasser",
    "verfasserin",
    "auteur",
    "auteure",
    "auteurs",
    "par",
    "por",
    "autora",
    "autores",
    "escrito por",
    "di",
    "autore",
    "autrice",
    "autori",
    "door",
    "av",
    "af",
    "skribent",
    "forfatter",
    "autorka",
    "autorzy",
    "yazar",
    "автор",
    "авторы",
    "текст",
    "作者",
    "撰文",
    "文",
    "記者",
    "记者",
    "著者",
    "筆者",
    "글",
    "기자",
];

/// What stands before a name without a colon; in lower case, with the space.
const WORDS: &[&str] =
    &["written by ", "by ", "von ", "par ", "escrito por ", "por ", "di ", "door ", "av ", "af "];

/// What parts two names wherever it stands.
const ANDS: &[&str] = &[" and ", " und ", " et ", " och ", " og ", " и ", " & ", ";", "、", " with "];

/// What parts two names only if there are two words on both sides: `Ortega y Gasset` is one man.
const MAYBE_ANDS: &[&str] = &[" y ", " e ", " en ", " i ", " ja "];

/// Words of a part behind a comma that is no name.
const ROLES: &[&str] = &[
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "staff",
    "columnist",
    "contributor",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "journaliste",
    "journalist",
    "redacción",
    "phd",
    "jr",
    "jr.",
    "sr",
    "sr.",
    "md",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "das", "do", "dos", "del", "della", "di", "du", "des", "van", "von", "der", "den", "ten",
    "ter", "zu", "la", "le", "el", "al", "bin", "ibn", "y", "e", "and", "und", "et", "och", "og", "и", "&",
    "af", "av",
];

/// Letters of a by-line; a longer line is a sentence.
const LONGEST: usize = 120;

/// What follows a label with a colon, such as `Author: Jane Doe`.
pub(super) fn labelled(line: &str) -> Option<&str> {
    let line = line.trim().trim_matches(['*', '_']).trim();
    let (label, name) = line.split_once([':', '：'])?;
    let name = name.trim().trim_matches(['*', '_']).trim();
    let is_label = LABELS.contains(&label.trim().trim_matches(['*', '_']).to_lowercase().as_str());
    (is_label && !name.is_empty() && name.chars().count() <= LONGEST && !name.starts_with("//"))
        .then_some(name)
}

/// What follows a label of either kind: `By Jane Doe` too, if names follow and nothing else.
pub(super) fn byline(line: &str) -> Option<&str> {
    labelled(line).or_else(|| {
        let line = line.trim().trim_matches(['*', '_']).trim();
        let rest = unlabelled(line);
        (rest.len() < line.len() && is_names(rest)).then_some(rest)
    })
}

/// A name without a `By ` before it.
pub(in super::super) fn unlabelled(line: &str) -> &str {
    let line = line.trim();
    if let Some(name) = labelled(line) {
        return name;
    }
    let starts = |word: &&&str| line.get(..word.len()).is_some_and(|start| start.to_lowercase() == **word);
    WORDS.iter().find(starts).map_or(line, |word| line[word.len()..].trim())
}

/// Whether a text is nothing but names.
fn is_names(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let is_part = |word: &str| {
        PARTICLES.contains(&word)
            || word.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
    };
    let ends_as_sentence = text.ends_with(['!', '?', ':', '…'])
        || text.ends_with('.') && text.rsplit(' ').next().is_some_and(|word| word.chars().count() > 3);
    words.peek().is_some()
        && !ends_as_sentence
        && text.split_whitespace().count() <= 12
        && !text.contains(|c: char| c.is_ascii_digit())
        && words.all(is_part)
}

/// The names in a by-line, one by one, without addresses and functions.
pub(in super::super) fn names(text: &str) -> Vec<String> {
    let mut parts = vec![without_address(text)];
    for and in ANDS {
        parts = parts.iter().flat_map(|part| part.split(and)).map(str::to_owned).collect();
    }
    for and in MAYBE_ANDS {
        parts = parts.iter().flat_map(|part| split_maybe(part, and)).collect();
    }
    let names = parts.iter().flat_map(|part| split_commas(part));
    names
        .map(|name| unlabelled(name.trim_matches([' ', ',', '.', '|', '-'])).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
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

/// The text without `<address>`, `(address)` and bare addresses.
fn without_address(text: &str) -> String {
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
