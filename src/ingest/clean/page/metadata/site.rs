//! The names of the site a page is of: they are no part of a headline, and nobody's name.

use ::url::Url;

use super::text::loose;

/// What parts a headline from the name of its site, with the blanks around it.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " » ", " « ", " :: ", " · ", " • ", " ~ ", " › ", " ‹ ", " > ", " < ", " / ",
    " ‐ ", " ― ", " : ", "｜", " ∙ ", " ⋆ ", " ► ", " » ", "：", ": ", " @ ", "| ", " |", " -- ", "_", "-",
];

/// The separators that need what is behind them to be the site's whole name: they stand in headlines too.
const COMMON: &[&str] = &["：", ": ", "_", "-", "| ", " |", " @ "];

/// Parts of a title that may be taken off: site, section, section above it.
const MOST_PARTS: usize = 4;

/// The site of a page.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// As [`loose`] gives them, none empty.
    names: Vec<String>,
    /// The host without `www.` and the public end: `example` of `www.example.co.uk`.
    domain: String,
    /// The whole host without `www.` and dots.
    host: String,
    /// The folders of the path: sections of the site.
    folders: Vec<String>,
}

impl Site {
    /// The site of a page at `url` that calls itself by `names`.
    pub(super) fn new(names: &[&str], url: Option<&Url>) -> Self {
        let host = url.and_then(Url::host_str).unwrap_or_default().to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let folders = url
            .and_then(Url::path_segments)
            .into_iter()
            .flatten()
            .map(loose)
            .filter(|folder| folder.len() > 1);
        let mut folders: Vec<String> = folders.take(8).collect();
        folders.pop();
        let mut known: Vec<String> =
            names.iter().map(|name| loose(name)).filter(|name| name.chars().count() > 1).collect();
        known.dedup();
        Self { names: known, domain: loose(domain(host)), host: loose(host), folders }
    }

    /// Whether a text is a name of the site: one it gives itself, or what its domain spells.
    pub(super) fn is_named(&self, text: &str) -> bool {
        self.is_loose_name(&loose(text))
    }

    fn is_loose_name(&self, name: &str) -> bool {
        let letters = name.chars().count();
        let is_part = |one: &str, other: &str| 2 * one.len() > other.len() && other.contains(one);
        letters > 1
            && (self.names.iter().any(|own| own == name)
                || name == self.host
                || name == self.domain
                || letters > 3
                    && self.domain.len() > 3
                    && (is_part(name, &self.domain) || is_part(&self.domain, name))
                || letters > 4
                    && self
                        .names
                        .iter()
                        .any(|own| own.len() > 4 && (is_part(own, name) || is_part(name, own))))
    }

    /// Whether a text names a section of the site that its address names too.
    fn is_section(&self, text: &str) -> bool {
        let text = loose(text);
        text.chars().count() > 2 && self.folders.contains(&text)
    }

    /// The title without the names of site and sections at its ends. A part that is neither stays: headlines have
    /// dashes and colons of their own.
    pub(super) fn strip<'a>(&self, title: &'a str) -> &'a str {
        let mut title = title.trim();
        for _ in 0..MOST_PARTS {
            let Some(rest) = self.strip_end(title).or_else(|| self.strip_start(title)) else { break };
            title = rest;
        }
        title
    }

    fn strip_end<'a>(&self, title: &'a str) -> Option<&'a str> {
        SEPARATORS.iter().find_map(|separator| {
            let (rest, part) = title.rsplit_once(separator)?;
            // A name may have a separator of its own: "Headline - The Site - News".
            let longer =
                rest.rsplit_once(separator).map(|(rest, _)| (rest, &title[rest.len() + separator.len()..]));
            let whole = longer.filter(|(_, part)| self.names.contains(&loose(part)));
            let (rest, part) = whole.unwrap_or((rest, part));
            (self.goes(part, separator) && is_title(rest)).then(|| trimmed(rest))
        })
    }

    fn strip_start<'a>(&self, title: &'a str) -> Option<&'a str> {
        SEPARATORS.iter().find_map(|separator| {
            let (part, rest) = title.split_once(separator)?;
            let is_name = self.goes(part, separator) && !self.is_section(part);
            (is_name && is_title(rest)).then(|| trimmed(rest))
        })
    }

    fn goes(&self, part: &str, separator: &str) -> bool {
        if COMMON.contains(&separator) {
            let name = loose(part);
            let is_domain = name == self.domain && name.len() > 3 && !matches!(separator, "-" | "_");
            return self.names.contains(&name) || name == self.host || is_domain;
        }
        self.is_named(part) || self.is_section(part)
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '»' | '«' | '·' | '•' | '›' | '‹'))
}

/// What is left must be something to read.
fn is_title(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).count() > 2
}

/// The label of a host that was registered: `example` of `news.example.co.uk`. Public ends are told by their length.
fn domain(host: &str) -> &str {
    let mut labels = host.rsplit('.');
    let (_, second) = (labels.next(), labels.next().unwrap_or(host));
    match labels.next() {
        Some(third) if second.len() <= 3 => third,
        _ => second,
    }
}

/// Whether a title is a headline with something parted from it behind or before.
pub(super) fn holds(title: &str, headline: &str) -> bool {
    let parts = |rest: &str, separator: &str| rest.starts_with(separator) || rest.ends_with(separator);
    let rest = title.strip_prefix(headline).or_else(|| title.strip_suffix(headline));
    rest.is_some_and(|rest| rest.is_empty() || SEPARATORS.iter().any(|separator| parts(rest, separator)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(names: &[&str], url: &str) -> Site {
        Site::new(names, Url::parse(url).ok().as_ref())
    }

    #[test]
    fn the_names_of_site_and_sections_go_and_the_headline_stays() {
        let site = site(
            &["The Example", "Example Nachrichten - Regional"],
            "https://www.example.co.uk/news/world/1/mill",
        );
        let table = [
            ("Mill turns again | The Example", "Mill turns again"),
            ("Mill turns again - example.co.uk", "Mill turns again"),
            ("The Example: Mill turns again", "Mill turns again"),
            ("Mill turns again – World – News – The Example", "Mill turns again"),
            ("Mill turns again » Example", "Mill turns again"),
            ("Mill turns again - Example Nachrichten - Regional", "Mill turns again"),
            ("Mühle – THE EXAMPLE", "Mühle"),
            // Their twins, that stay.
            ("Mill turns again – after eleven years", "Mill turns again – after eleven years"),
            ("World: a mill turns again", "World: a mill turns again"),
            ("A counter-example", "A counter-example"),
            ("Mill-wright: an example", "Mill-wright: an example"),
            ("The Example", "The Example"),
            ("Example | The Example", "Example"),
        ];
        for (title, wanted) in table {
            assert_eq!(site.strip(title), wanted, "{title}");
        }
    }

    #[test]
    fn a_site_is_known_by_its_names_and_its_domain() {
        let site = site(&["Kreis-Blatt"], "https://www.kreisblatt-online.de/a");
        for name in ["Kreis-Blatt", "kreisblatt", "Kreisblatt Online", "kreisblatt-online.de"] {
            assert!(site.is_named(name), "{name}");
        }
        for name in ["Karl Blatt", "Kreis", "Online", ""] {
            assert!(!site.is_named(name), "{name}");
        }
    }

    #[test]
    fn a_title_holds_its_headline() {
        assert!(holds("Mill turns - The Example", "Mill turns") && holds("Mill", "Mill"));
        assert!(holds("The Example: Mill turns", "Mill turns"));
        assert!(!holds("Mill turns again", "Mill turns") && !holds("A mill", "mill"));
    }
}
