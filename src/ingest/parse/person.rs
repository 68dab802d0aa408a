//! Persons in one line of text: `me@example.org (Name)`, `Name <me@example.org>`, a name, an address.

use std::borrow::Cow;

use crate::model::parts::Person;

/// Reads a person. What is an e-mail address or a web address goes where it belongs, in whatever brackets it stands;
/// what is left is the name, never empty. RSS 2.0 writes `address (name)`, RFC 5322 §3.4 `name <address>`. Of several
/// addresses the first outside of brackets counts, else the first. A list of names is one name: nothing tells
/// `Doe, Jane` from two persons.
#[must_use]
pub fn parse_person(text: &str) -> Person {
    if !text.contains(['@', ':', '<', '(', '[', '&']) {
        return Person { name: clean_name(text), ..Person::default() };
    }
    if is_email(text) {
        return Person { email: Some(text.to_owned()), ..Person::default() };
    }
    // Brackets that were escaped twice.
    let text = match text.contains("&lt;") {
        true => Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">")),
        false => Cow::Borrowed(text),
    };
    Parts::split(&text).person()
}

/// What a text says in brackets and outside of them. Tags of markup are read over.
#[derive(Default)]
struct Parts {
    /// The addresses in brackets.
    bracketed: Person,
    /// Everything but those.
    whole: String,
    /// What stands outside brackets.
    outside: String,
    /// What stands in the first bracket that holds no address.
    aside: Option<String>,
}

impl Parts {
    fn split(text: &str) -> Self {
        let mut parts = Self::default();
        let has_tags = text.contains("</");
        let mut rest = text;
        while let Some(open) = next_bracket(rest) {
            let (before, bracket) = rest.split_at(open);
            let (inside, behind) = bracket_content(bracket);
            let is_tag = has_tags && bracket.starts_with('<');
            parts.outside.extend([before, " "]);
            parts.whole.extend([before, if is_tag { " " } else { "" }]);
            if !is_tag && !take_address(inside, &mut parts.bracketed) && !inside.trim().is_empty() {
                parts.whole.push_str(&bracket[..bracket.len() - behind.len()]);
                parts.aside.get_or_insert_with(|| inside.to_owned());
            }
            rest = behind;
        }
        parts.outside.push_str(rest);
        parts.whole.push_str(rest);
        parts
    }

    fn person(self) -> Person {
        let mut person = Person::default();
        let mut words = self.outside.split_whitespace().skip_while(|word| word.ends_with(':'));
        let leads = words.next().is_some_and(|word| take_address_word(word, &mut person));
        for word in self.outside.split_whitespace() {
            take_address_word(word, &mut person);
        }
        person.email = person.email.or(self.bracketed.email);
        person.uri = person.uri.or(self.bracketed.uri);
        let has_address = person.email.is_some() || person.uri.is_some();
        let name = match self.aside {
            Some(aside) if leads => aside,
            _ if has_address => without_addresses(&self.whole),
            _ => self.whole,
        };
        person.name = clean_name(&name).filter(|name| !is_email(name));
        person
    }
}

/// Where the next bracket opens. A square one in an address is none: `me@[192.0.2.1]`.
fn next_bracket(text: &str) -> Option<usize> {
    let opens = |at: usize| !text[at..].starts_with('[') || !text[..at].ends_with('@');
    text.match_indices(['<', '(', '[']).map(|(at, _)| at).find(|&at| opens(at))
}

/// What is inside the bracket that a text begins with, and what is behind it. A bracket not closed ends with the text.
fn bracket_content(bracket: &str) -> (&str, &str) {
    let (open, close) = match bracket.as_bytes().first() {
        Some(b'<') => ('<', '>'),
        Some(b'[') => ('[', ']'),
        _ => ('(', ')'),
    };
    let content = bracket.get(1..).unwrap_or_default();
    let mut depth = 0_usize;
    for (at, sign) in content.match_indices([open, close]) {
        match depth.checked_sub(usize::from(sign.starts_with(close))) {
            None => return (&content[..at], &content[at + 1..]),
            // Only round brackets are put in one another.
            Some(outer) => depth = outer + usize::from(open == '(' && sign.starts_with(open)),
        }
    }
    (content, "")
}

/// Puts an address where it belongs, if nothing is there yet; `false` if the text is none.
fn take_address(text: &str, person: &mut Person) -> bool {
    let (slot, address) = match address(text.trim()) {
        Some(Address::Email(email)) => (&mut person.email, email),
        Some(Address::Web(uri)) => (&mut person.uri, uri),
        None => return false,
    };
    slot.get_or_insert_with(|| address.to_owned());
    true
}

/// [`take_address`] for a word with punctuation around it, or several without a blank between.
fn take_address_word(word: &str, person: &mut Person) -> bool {
    let mut words = word.split([',', ';']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| take_address(trim_word(word), person))
}

fn trim_word(word: &str) -> &str {
    word.trim_matches(|c| matches!(c, '.' | ':' | '"' | '\'' | '<' | '>' | '(' | ')'))
}

/// The words that are no addresses, nor say that one comes, without the punctuation that parted them from those.
fn without_addresses(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let is_label = ["mailto:", "email:", "e-mail:"].iter().any(|label| word.eq_ignore_ascii_case(label));
        if is_label || take_address_word(word, &mut Person::default()) {
            continue;
        }
        if !name.is_empty() && !matches!(word, "," | ";") {
            name.push(' ');
        }
        name.push_str(word);
    }
    name.trim_matches(|c: char| ",;:-–—|/<> ".contains(c)).to_owned()
}

/// The e-mail address that a link is, with `mailto:` or without.
pub(super) fn email_address(link: &str) -> Option<&str> {
    match address(link.trim())? {
        Address::Email(email) => Some(email),
        Address::Web(_) => None,
    }
}

enum Address<'a> {
    Email(&'a str),
    Web(&'a str),
}

fn address(text: &str) -> Option<Address<'_>> {
    let email = match text.split_once(':') {
        Some((scheme, _)) if is_web_scheme(scheme) && !text.contains(char::is_whitespace) => {
            return Some(Address::Web(text));
        }
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => rest,
        _ => text,
    };
    // What `mailto:` links ask for besides (RFC 6068): `?subject=..`.
    let email = email.split('?').next().unwrap_or(email).trim();
    is_email(email).then_some(Address::Email(email))
}

fn is_web_scheme(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether a text is shaped like an e-mail address: one `@` between two parts of plain characters.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_special =
        |c| matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ':' | ';' | ',' | '"' | '\\' | '/' | '@');
    let is_local = |c: char| !c.is_whitespace() && !c.is_control() && !is_special(c);
    !local.is_empty() && local.chars().all(is_local) && is_domain(domain)
}

/// A host's name, or its number in brackets (RFC 5322 §3.4.1).
fn is_domain(text: &str) -> bool {
    if let Some(number) = text.strip_prefix('[').and_then(|number| number.strip_suffix(']')) {
        return number.parse::<std::net::Ipv4Addr>().is_ok();
    }
    let is_plain = |c: char| c.is_alphanumeric() || c == '.' || c == '-' || c == '_';
    let sound = text.chars().all(is_plain) && text.starts_with(char::is_alphanumeric);
    sound && text.ends_with(char::is_alphanumeric)
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
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        for &(text, name, email, uri) in PERSONS {
            let expected = Person { name: some(name), email: some(email), uri: some(uri) };
            assert_eq!(parse_person(text), expected, "{text:?}");
        }
    }

    /// Text, name, address, page.
    const PERSONS: &[(&str, &str, &str, &str)] = &[
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
        ("me@example.org, Jane Doe", "Jane Doe", "me@example.org", ""),
        ("Jane Doe me@example.org>", "Jane Doe", "me@example.org", ""),
        ("Jane [me@example.org]", "Jane", "me@example.org", ""),
        ("Jane &lt;me@example.org&gt;", "Jane", "me@example.org", ""),
        ("me@example.org (Jane (JD) Doe)", "Jane (JD) Doe", "me@example.org", ""),
        ("me@example.org (Jane Doe) desk", "Jane Doe", "me@example.org", ""),
        ("Jane Doe (JD) <me@example.org>", "Jane Doe (JD)", "me@example.org", ""),
        ("Email: me@example.org (Jane)", "Jane", "me@example.org", ""),
        ("E-mail: me@example.org", "", "me@example.org", ""),
        ("me@example.org?subject=Hi (Jane)", "Jane", "me@example.org", ""),
        ("me@example.org.", "", "me@example.org", ""),
        ("me@[192.0.2.1] (Jane)", "Jane", "me@[192.0.2.1]", ""),
        ("me@example.org (you@example.org)", "", "me@example.org", ""),
        ("me@example.org, you@example.org", "", "me@example.org", ""),
        ("me@example.org,you@example.org", "", "me@example.org", ""),
        ("me@example.org (Jane), you@example.org (John)", "Jane", "me@example.org", ""),
        ("Jane <me@example.org>, John <you@example.org>", "Jane, John", "me@example.org", ""),
        ("Jane, https://example.org/jane", "Jane", "", "https://example.org/jane"),
        ("Doe, Jane", "Doe, Jane", "", ""),
        ("A, B and C", "A, B and C", "", ""),
        ("<b>Jane</b> Doe", "Jane Doe", "", ""),
        ("<name>Jane</name><email>me@example.org</email>", "Jane", "me@example.org", ""),
        ("jane [at] example.org", "jane [at] example.org", "", ""),
        ("Jane & John", "Jane & John", "", ""),
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
