//! Persons in one line of text: `me@example.org (Name)`, `Name <me@example.org>`, a name, an address.

use crate::model::parts::Person;

/// Reads a person. What is an e-mail address or a web address goes where it belongs, in whatever brackets it stands;
/// what is left is the name, never empty. RSS 2.0 writes `address (name)`, RFC 5322 §3.4 `name <address>`.
#[must_use]
pub fn parse_person(text: &str) -> Person {
    let mut person = Person::default();
    let mut rest = Rest::default();
    rest.split(text, &mut person);
    let name = if take_address(&rest.outside, &mut person) {
        rest.aside.unwrap_or_default()
    } else {
        take_address_word(&rest.whole, &mut person).unwrap_or(rest.whole)
    };
    person.name = clean_name(&name).filter(|name| Some(name) != person.email.as_ref());
    person
}

/// What is left of a text without the addresses in its brackets.
#[derive(Default)]
struct Rest {
    /// Everything.
    whole: String,
    /// What stands outside brackets.
    outside: String,
    /// What stands in the first bracket that holds no address.
    aside: Option<String>,
}

impl Rest {
    fn split(&mut self, text: &str, person: &mut Person) {
        let mut rest = text;
        while let Some(open) = rest.find(['<', '(']) {
            let (before, bracket) = rest.split_at(open);
            let (inside, behind) = bracket_content(bracket);
            self.outside.push_str(before);
            self.whole.push_str(before);
            if !take_address(inside, person) && !inside.trim().is_empty() {
                self.whole.push_str(&bracket[..bracket.len() - behind.len()]);
                self.aside.get_or_insert_with(|| inside.to_owned());
            }
            rest = behind;
        }
        self.outside.push_str(rest);
        self.whole.push_str(rest);
    }
}

/// What is inside the bracket that a text begins with, and what is behind it. A bracket not closed ends with the text.
fn bracket_content(bracket: &str) -> (&str, &str) {
    let close = if bracket.starts_with('<') { '>' } else { ')' };
    let content = bracket.get(1..).unwrap_or_default();
    content.split_once(close).unwrap_or((content, ""))
}

/// Puts an address where it belongs; `false` if the text is none or the place is taken.
fn take_address(text: &str, person: &mut Person) -> bool {
    let (slot, address) = match address(text.trim()) {
        Some(Address::Email(email)) => (&mut person.email, email),
        Some(Address::Web(uri)) => (&mut person.uri, uri),
        None => return false,
    };
    slot.is_none() && slot.replace(address.to_owned()).is_none()
}

enum Address<'a> {
    Email(&'a str),
    Web(&'a str),
}

fn address(text: &str) -> Option<Address<'_>> {
    match text.split_once(':') {
        Some((scheme, _)) if is_web_scheme(scheme) && !text.contains(char::is_whitespace) => {
            Some(Address::Web(text))
        }
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => {
            let email = rest.split('?').next().unwrap_or(rest).trim();
            is_email(email).then_some(Address::Email(email))
        }
        _ => is_email(text).then_some(Address::Email(text)),
    }
}

/// Takes the first word that is an e-mail address out of a text without brackets around it; gives back the rest.
fn take_address_word(text: &str, person: &mut Person) -> Option<String> {
    let is_edge = |c: char| ",;:\"'".contains(c);
    let found = text.split_whitespace().find(|word| is_email(word.trim_matches(is_edge)))?;
    if !take_address(found.trim_matches(is_edge), person) {
        return None;
    }
    let rest = text.replacen(found, " ", 1);
    Some(rest.trim_matches(|c: char| c.is_whitespace() || ",;:-–—|/".contains(c)).to_owned())
}

fn is_web_scheme(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether a text is shaped like an e-mail address: one `@` between two parts of plain characters.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_domain = |c: char| c.is_alphanumeric() || c == '.' || c == '-' || c == '_';
    let is_local = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]:;,\"\\/@".contains(c);
    let sound = !local.is_empty() && local.chars().all(is_local) && domain.chars().all(is_domain);
    sound && domain.starts_with(char::is_alphanumeric) && domain.ends_with(char::is_alphanumeric)
}

/// A name on one line, out of its quotation marks; `None` where nothing is left.
fn clean_name(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = ['"', '\''].iter().find_map(|quote| line.strip_prefix(*quote)?.strip_suffix(*quote));
    let name = match bare {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\").trim().to_owned(),
        None => line,
    };
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn persons_are_read_in_every_spelling() {
        // (text, name, email, uri)
        let rows = [
            ("me@example.org (Jane Doe)", "Jane Doe", "me@example.org", ""),
            ("Jane Doe (me@example.org)", "Jane Doe", "me@example.org", ""),
            ("Jane Doe <me@example.org>", "Jane Doe", "me@example.org", ""),
            ("\"Doe, Jane\" <me@example.org>", "Doe, Jane", "me@example.org", ""),
            ("'Jane' <me@example.org>", "Jane", "me@example.org", ""),
            (r#""Jane \"JD\" Doe" <me@example.org>"#, "Jane \"JD\" Doe", "me@example.org", ""),
            ("<me@example.org> Jane", "Jane", "me@example.org", ""),
            ("Jane <mailto:me@example.org?subject=hi>", "Jane", "me@example.org", ""),
            ("mailto:me@example.org", "", "me@example.org", ""),
            ("MAILTO: me@example.org (Jane)", "Jane", "me@example.org", ""),
            ("me@example.org", "", "me@example.org", ""),
            (" me@localhost ", "", "me@localhost", ""),
            ("me@example.org Jane Doe", "Jane Doe", "me@example.org", ""),
            ("Jane Doe, me@example.org", "Jane Doe", "me@example.org", ""),
            ("Jane Doe - me@example.org", "Jane Doe", "me@example.org", ""),
            ("me@example.org ()", "", "me@example.org", ""),
            ("me@example.org (me@example.org)", "", "me@example.org", ""),
            ("me@example.org (Jane", "Jane", "me@example.org", ""),
            ("me@example.org (Jane) (desk)", "Jane", "me@example.org", ""),
            (
                "Jane <me@example.org> (https://example.org/jane)",
                "Jane",
                "me@example.org",
                "https://example.org/jane",
            ),
            ("Jane (https://example.org/jane)", "Jane", "", "https://example.org/jane"),
            ("https://example.org/@jane", "", "", "https://example.org/@jane"),
            ("Jane\n  Doe ", "Jane Doe", "", ""),
            ("Jane Doe (Example News)", "Jane Doe (Example News)", "", ""),
            ("@jane@example.org", "@jane@example.org", "", ""),
            ("jane at example.org", "jane at example.org", "", ""),
            ("Doe: a life", "Doe: a life", "", ""),
            ("jos\u{e9}@ex\u{e4}mple.org", "", "jos\u{e9}@ex\u{e4}mple.org", ""),
            ("", "", "", ""),
            (" \n ", "", "", ""),
            ("\"\"", "", "", ""),
            ("()", "", "", ""),
            ("mailto:", "mailto:", "", ""),
        ];
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        for (text, name, email, uri) in rows {
            let expected = Person { name: some(name), email: some(email), uri: some(uri) };
            assert_eq!(parse_person(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_gives_an_empty_part(text in "[ a@.<>()\"'\\\\,:é-]{0,40}") {
            let person = parse_person(&text);
            for part in [person.name, person.email, person.uri].into_iter().flatten() {
                prop_assert!(!part.trim().is_empty(), "{:?}", text);
            }
        }
    }
}
