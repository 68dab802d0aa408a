//! Players: frames of other sites that belong to a story. One table says whose, and at which of their addresses.

mod table;
#[cfg(test)]
mod tests;

use ::url::{Url, form_urlencoded};

use table::{PLAYERS, Row, Takes};

/// The most bytes of a path's segment or a query's word: ids and names of players are short.
const LONGEST_WORD: usize = 128;
/// The most bytes of any value in a query.
const LONGEST_VALUE: usize = 2 << 10;

/// A film, a sound, a map or a chart of a known site, as it is embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// The frame's address: https, a host of the table, a path it names, and of the query what it names. Built
    /// anew: nothing of the feed's own string is in it that the table does not allow.
    pub src: String,
    /// The page of the same thing, for readers who follow a link; the frame's address where the site has no other.
    pub page: String,
    /// A picture of it, where the site has one at an address that can be known and lasts.
    pub thumbnail: Option<String>,
}

impl Player {
    /// The player at this address; `None` where the table has none. The parsed URL decides, so that a host is what
    /// a browser takes it for: exactly one of the table, without a name, password or port before or behind it.
    #[must_use]
    pub fn at(url: &Url) -> Option<Self> {
        let is_plain = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none();
        let host = url.host_str().filter(|_| is_plain)?;
        let shaped = |row: &'static Row| Some((row, captures(row.path, url.path())?));
        let (row, found) = PLAYERS.iter().filter(|row| row.hosts.contains(&host)).find_map(shaped)?;
        row.player(url, &found)
    }
}

impl Row {
    fn player(&self, url: &Url, found: &[&str]) -> Option<Player> {
        let query = self.query(url)?;
        let mut src = match self.moved {
            "" => format!("https://{}{}", url.host_str()?, url.path()),
            moved => filled(moved, found),
        };
        if !query.is_empty() {
            src.push('?');
            src.push_str(&query);
        }
        let page = if self.page.is_empty() { src.clone() } else { filled(self.page, found) };
        let thumbnail = Some(filled(self.thumbnail, found)).filter(|url| !url.is_empty());
        Some(Player { src, page, thumbnail })
    }

    /// What is kept of the query, encoded anew; `None` where that lacks what the player needs.
    fn query(&self, url: &Url) -> Option<String> {
        let mut kept: Vec<(&str, String)> = Vec::new();
        for (key, value) in url.query_pairs() {
            let known = self.keys.iter().find(|(known, _)| *known == key);
            let Some(&(key, _)) = known.filter(|(_, takes)| takes.fits(&value)) else { continue };
            if !kept.iter().any(|(other, _)| *other == key) {
                kept.push((key, value.into_owned()));
            }
        }
        let has_all = self.needs.is_empty() || kept.iter().any(|(key, _)| *key == self.needs);
        has_all.then(|| form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish())
    }
}

impl Takes {
    fn fits(self, value: &str) -> bool {
        match self {
            Self::Word => is_word(value),
            Self::Text => value.len() <= LONGEST_VALUE && !value.chars().any(char::is_control),
            Self::Page(hosts) => {
                let url = Url::parse(value).ok().filter(|_| value.len() <= LONGEST_VALUE);
                url.is_some_and(|url| {
                    matches!(url.scheme(), "http" | "https")
                        && url.host_str().is_some_and(|host| hosts.contains(&host))
                })
            }
        }
    }
}

/// Letters and digits, and marks that are no markup and mean nothing in a path.
fn is_word(text: &str) -> bool {
    (1..=LONGEST_WORD).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.=,~".contains(&byte))
}

/// The segments that the pattern's `*` stand for, in order; `None` where the path is of another shape. `**` at the
/// end stands for one or more.
fn captures<'p>(pattern: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let mut segments = segments_of(path);
    let mut found = Vec::new();
    for wanted in segments_of(pattern) {
        let segment = segments.next()?;
        match wanted {
            "*" | "**" if is_word(segment) => found.push(segment),
            _ if wanted == segment => {}
            _ => return None,
        }
        if wanted == "**" {
            return segments.all(is_word).then_some(found);
        }
    }
    segments.next().is_none().then_some(found)
}

fn segments_of(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split('/').skip(1)
}

/// A template with `{0}` and `{1}` filled.
fn filled(template: &str, found: &[&str]) -> String {
    let at = |place: usize| found.get(place).copied().unwrap_or_default();
    template.replace("{0}", at(0)).replace("{1}", at(1))
}
