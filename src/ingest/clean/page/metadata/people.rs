//! Names of people out of what pages say in their place: labels, dates, roles, addresses and outlets off, several apart.

use super::outlets::is_nobody;
use super::pieces::SEAM;
use super::site::Site;
use super::spot::{date_start, has_date};
use crate::ingest::clean::document::{names, unlabelled};

/// Bytes of a text that may be names.
const LONGEST: usize = 300;
/// Names of one text.
const MANY: usize = 12;
/// Letters of a name.
const LONGEST_NAME: usize = 60;

/// What ends the names of a line; what follows is a role, a date, a place.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    " | ", " - ", " – ", " — ", " • ", " · ", "·", " // ", " / ", " ／ ", "|", "•", " @", " – ", "(", "<", "[",
    "【", "（", "\n",
];

/// What stands between a name and a date.
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    " on ", " am ", " le ", " el ", " il ", " op ", " den ", " em ", " at ", " vom ", " dnia ", " updated ",
    " published ", " posted ", " for ", " für ", " pour ", " para ", " per ", " from ", " in ", " special to ",
];

/// Labels of page by-lines that article files do not have; in lower case. Those with a blank at the end need none behind.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "posted by", "eingestellt von", "erstellt von", "gepostet von", "postado por", "gepost door", "gönderen", "投稿者", "執筆", "بقلم:", "كتب:", "文＝", "文=",  "published by", "publicado por", "publié par", "pubblicato da", "geschrieben von",
    "veröffentlicht von", "verfasst von", "ein beitrag von", "ein artikel von", "beitrag von", "text von",
    "text:", "a cura di", "scritto da", "written by", "analysis by", "opinion by", "review by", "reviewed by",
    "story by", "words by", "article by", "report by", "contributed by", "tested by", "escrito por",
    "rédigé par", "écrit par", "propos recueillis par", "geplaatst door", "geschreven door",
    "opublikowane przez", "napisał", "napisał(a)", "autor:", "autorka:", "dodał:", "автор:", "автор", "авторы:",
    "текст:", "опубликовал", "опубликовано", "yazan:", "yazar:", "συντάκτης:", "γράφει ο", "γράφει η", "του",
    "της", "από", "بقلم", "كتب", "کد خبرنگار", "skrevet af", "skrevet av", "skriven av", "publicerad av",
    "tekst:", "kirjoittanut", "teksti:", "autor", "autorin", "author", "authors", "by", "by:", "von", "von:",
    "par", "par :", "por", "por:", "di", "da", "door", "av", "af", "od", "przez", "ao", "文/", "文／", "撰文/",
    "作者/", "编辑/", "記者", "记者", "本报记者", "本报讯 记者", "文：", "著者", "執筆者", "ライター", "글",
];

/// The names in a text that is said to be one or more names. Empty for an outlet, an address, a sentence.
pub(super) fn people(text: &str, site: &Site) -> Vec<String> {
    if text.len() > LONGEST || text.contains("://") || text.contains("www.") {
        return Vec::new();
    }
    let line = without_label(text.trim());
    let line = before_date(before_end(line));
    let cut = names(line).into_iter().map(|name| bare_name(&name).to_owned());
    let mut found: Vec<String> = Vec::new();
    let mut is_behind_outlet = false;
    for name in cut.filter(|name| is_name(name)).take(MANY) {
        // What an agency writes behind its name is a place: "Reuters, Washington".
        if is_nobody(&name, site) {
            is_behind_outlet = true;
        } else if is_behind_outlet && !name.contains(char::is_whitespace) {
            is_behind_outlet = false;
        } else if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The names in the pieces of an element: the first piece that is a name, and those that a comma or an "and" ties to it.
/// A role, a date, a button behind it are pieces of their own.
pub(super) fn people_in_pieces(pieces: &str, site: &Site) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut is_tied, mut is_first) = (true, true);
    for piece in pieces.split(SEAM).map(str::trim).filter(|piece| !piece.is_empty()) {
        if is_tie(piece) {
            is_tied = true;
            continue;
        }
        if without_label(piece).is_empty() || is_handle(piece) {
            continue;
        }
        let mut names = if is_tied { people(piece, site) } else { Vec::new() };
        // Behind something else a single word is a place, a button, a section.
        names.retain(|name| is_first || name.contains(char::is_whitespace) || !name.is_ascii());
        is_first = false;
        if !names.is_empty() || !found.is_empty() {
            is_tied = piece.ends_with([',', '&', ';']);
        }
        found.extend(names);
    }
    found.truncate(MANY);
    found
}

/// Whether a line begins by saying that names follow.
pub(super) fn is_labelled(line: &str) -> bool {
    let line = line.trim();
    without_label(line).len() < line.len()
}

fn is_tie(piece: &str) -> bool {
    let piece = piece.trim_matches(|c: char| c.is_whitespace() || c == ',').to_lowercase();
    matches!(
        piece.as_str(),
        "" | "and"
            | "und"
            | "et"
            | "y"
            | "e"
            | "och"
            | "og"
            | "i"
            | "и"
            | "&"
            | ";"
            | "en"
            | "ve"
            | "και"
            | "、"
            | "/"
            | "with"
    )
}

fn is_handle(piece: &str) -> bool {
    piece.starts_with('@') || piece.contains('@') && !piece.contains(' ')
}

/// The text behind its labels. One that is only a label is empty.
pub(super) fn without_label(text: &str) -> &str {
    let mut text = text.trim_start_matches([' ', '|', '-', '–', '—', '•', '·', ':', '/']).trim();
    for _ in 0..3 {
        let before = text.len();
        let label = LABELS.iter().filter_map(|label| rest_behind(text, label)).min_by_key(|rest| rest.len());
        text = unlabelled(label.unwrap_or(text))
            .trim_start_matches([' ', ':', '：', '|', '-', '–', '—', ','])
            .trim();
        if text.len() == before {
            break;
        }
    }
    text
}

/// What follows a label that a text begins with; a label in letters ends with its word.
fn rest_behind<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let mut characters = text.char_indices();
    for wanted in label.chars() {
        let (_, found) = characters.next()?;
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = characters.as_str();
    let is_open = label.ends_with(|c: char| c.is_alphabetic() && !is_ideograph(c))
        && rest.starts_with(char::is_alphanumeric);
    (!is_open).then_some(rest)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn before_end(text: &str) -> &str {
    let ends = ENDS.iter().filter_map(|end| text.find(end)).filter(|at| *at > 0);
    ends.min().map_or(text, |end| text[..end].trim())
}

/// The text before the first number, and before what leads to it: "Jane Doe on 3 May 2024".
fn before_date(text: &str) -> &str {
    let lower = text.to_lowercase();
    let is_same_length = lower.len() == text.len();
    let number = || text.find(|c: char| c.is_ascii_digit()).filter(|_| has_number(text));
    let digit = date_start(text).or_else(number);
    let leads = PREPOSITIONS.iter().filter(|_| is_same_length).filter_map(|word| lower.find(word));
    // A preposition counts where a number is behind it, or nothing that could be a name of somebody.
    let leads = leads
        .filter(|at| digit.is_some_and(|digit| digit >= *at) || lower[*at..].starts_with(" special to "));
    let end = leads.chain(digit).min();
    end.map_or(text, |end| text[..end].trim_end_matches([' ', ',', '-', '|', '–'])).trim()
}

/// A nickname may have digits; a number that is a word of its own is none.
fn has_number(text: &str) -> bool {
    text.split_whitespace().any(|word| word.starts_with(|c: char| c.is_ascii_digit())) && text.contains(' ')
}

/// The name without quotation marks, dots and asterisks around it, and without what "Ph.D." and the like say behind it.
fn bare_name(name: &str) -> &str {
    let name = without_label(name);
    name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '*' | ',' | ':' | ';' | '|' | '/' | '_')
    })
}

/// Whether a text has the shape of a name.
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let words = name.split_whitespace().count();
    let is_foreign = |c: char| {
        matches!(c, '@' | '/' | ':' | '=' | '{' | '}' | '<' | '>' | '#' | '?' | '!' | '%' | '…' | '\\')
    };
    let short = if words == 1 { 2 } else { 3 };
    letters >= short
        && name.chars().count() <= LONGEST_NAME
        && words <= 6
        && !name.contains(is_foreign)
        && !has_date(name)
        && (words == 1 || is_written_as_name(name))
        && (words > 1 || 3 * letters > name.chars().count())
}

/// In scripts that have capitals, the words of a name begin with them, but for the small words inside.
fn is_written_as_name(name: &str) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let small = name.split_whitespace().filter(|word| is_small(word)).count();
    let words = name.split_whitespace().count();
    // A nickname in small letters may have two words; a sentence has more.
    let is_nickname = small == words && words == 2;
    let ends_big = name.split_whitespace().next_back().is_some_and(|word| !is_small(word));
    is_nickname || (ends_big && 2 * small <= words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::url::Url;

    fn site() -> Site {
        Site::new(&["The Example", "Kreis-Blatt"], Url::parse("https://www.example.org/a").ok().as_ref())
    }

    #[test]
    fn names_are_found_in_what_stands_around_them() {
        let table = [
            ("Jane Doe", "Jane Doe"),
            ("Reuters, Washington", ""),
            ("dpa, Berlin", ""),
            ("Reuters, Jane Doe", "Jane Doe"),
            ("Max, Reuters", "Max"),
            ("By TOM KRISHER, AP Auto Writer", "TOM KRISHER"),
            ("By MEG KINNARD and ERRIN HAINES, Associated Press", "MEG KINNARD;ERRIN HAINES"),
            ("Analysis by Chris Doe, CNN Editor-at-large", "Chris Doe"),
            ("Tess Doe - 11/19/19 06:56 AM EST", "Tess Doe"),
            ("Jane Doe | Special to the Pioneer Press", "Jane Doe"),
            ("Written by Rachael Doe, MS, RD on November 14, 2019", "Rachael Doe"),
            ("By Matthew Doe , Minh Do on Monday, November 18th, 2019", "Matthew Doe;Minh Do"),
            (
                "Von Anna Müller-Lüdenscheidt und Jörg von der Heide",
                "Anna Müller-Lüdenscheidt;Jörg von der Heide",
            ),
            ("Veröffentlicht von Max am 3. Mai 2019", "Max"),
            ("Par Élise du Val et Luc Noir", "Élise du Val;Luc Noir"),
            ("Publicado por: Clarissa Borba", "Clarissa Borba"),
            ("Por Ana Ruiz y Luis Gil", "Ana Ruiz;Luis Gil"),
            ("di Maria Rossi e Carlo Verdi", "Maria Rossi;Carlo Verdi"),
            ("Текст: Лида Петрова·11 октября 2018", "Лида Петрова"),
            ("文/王小明", "王小明"),
            ("作者：王小明、李大同", "王小明;李大同"),
            ("Jane Doe <jane@example.org>", "Jane Doe"),
            ("Jane Doe @janedoe", "Jane Doe"),
            ("rmb8090", "rmb8090"),
            // Their twins: nobody.
            ("By The Example", ""),
            ("Staff Writer", ""),
            ("https://www.facebook.com/jane.doe", ""),
            ("@janedoe", ""),
            ("3 May 2024", ""),
            ("By the river stood a mill that nobody knew", ""),
            ("Read more about mills!", ""),
            ("", ""),
        ];
        for (text, wanted) in table {
            assert_eq!(people(text, &site()).join(";"), wanted, "{text}");
        }
    }

    #[test]
    fn in_an_element_the_pieces_tell_names_from_roles() {
        let table = [
            ("By \u{1f}Jane Doe\u{1f}Staff Writer", "Jane Doe"),
            ("By \u{1f}Jane Doe\u{1f} and \u{1f}John Roe\u{1f}3 May 2024", "Jane Doe;John Roe"),
            ("Jane Doe\u{1f}, \u{1f}John Roe\u{1f}Follow", "Jane Doe;John Roe"),
            ("Jane Doe\u{1f}@janedoe\u{1f}jane@example.org", "Jane Doe"),
            ("The Example\u{1f}Jane Doe", "Jane Doe"),
        ];
        for (pieces, wanted) in table {
            assert_eq!(people_in_pieces(pieces, &site()).join(";"), wanted, "{pieces}");
        }
    }
}
