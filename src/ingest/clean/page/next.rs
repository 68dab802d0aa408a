//! Articles in several pages: where the next one is. A link counts only if its address is that of the same article with
//! the next number; so the next article of a site, and the next page of a list, are not taken.

use ::url::Url;
use dom_query::{Document, NodeRef};

use crate::model::link::absolute;

/// Pages of one article; a higher number is something else.
const MOST: u32 = 99;

/// What a link to the next page is called, in small letters.
const LABELS: &[&str] = &[
    "next",
    "next page",
    "continue",
    "continued",
    "›",
    "»",
    ">",
    ">>",
    "→",
    "weiter",
    "nächste",
    "nächste seite",
    "suivant",
    "suivante",
    "page suivante",
    "siguiente",
    "página siguiente",
    "próxima",
    "próxima página",
    "avanti",
    "pagina successiva",
    "successiva",
    "volgende",
    "volgende pagina",
    "nästa",
    "nästa sida",
    "neste",
    "næste",
    "następna",
    "następna strona",
    "další",
    "далее",
    "следующая",
    "следующая страница",
    "次へ",
    "次のページ",
    "下一页",
    "下一頁",
    "다음",
];

/// Names of the parameter or the path segment that numbers pages.
const NAMES: &[&str] =
    &["page", "p", "pg", "seite", "pagina", "página", "paged", "pageno", "pagenum", "strona", "sida", "side"];

/// The next page of the article at `url`, if the page links to one.
pub(super) fn next_page(page: &Document, url: &Url) -> Option<Url> {
    let here = Place::of(url);
    if here.is_front() {
        return None;
    }
    let number = here.number + 1;
    let digits = number.to_string();
    let root = page.root();
    let links = root.descendants_it().filter(|node| node.has_name("a") || node.has_name("link"));
    let mut targets = links.filter_map(|link| {
        let href = link.attr("href").filter(|href| has_number(href, &digits))?;
        if is_next(&link, number) { absolute(&href, Some(url)) } else { None }
    });
    targets.find(|target| Place::of(target).follows(&here))
}

/// Whether an address has this number in it: most have not, and need no reading.
fn has_number(address: &str, digits: &str) -> bool {
    address.split(|c: char| !c.is_ascii_digit()).any(|number| number == digits)
}

/// Whether a link says that it leads to the page of this number.
fn is_next(link: &NodeRef<'_>, number: u32) -> bool {
    let rel = link
        .attr("rel")
        .is_some_and(|rel| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("next")));
    if rel || link.has_name("link") {
        return rel;
    }
    let text = link.text();
    let text = text.trim();
    text.len() < 60 && {
        let label = text.to_lowercase();
        let label = label.trim_end_matches(['›', '»', '>', '→', ' ']);
        label.parse() == Ok(number) || LABELS.contains(&label) || LABELS.contains(&text)
    }
}

/// An address as an article's and a page number.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    host: String,
    /// Without the number.
    path: String,
    query: Vec<(String, String)>,
    number: u32,
    /// The number is a name's end, as in `mill-2.html`; the first of a series of articles may be called so too.
    is_suffix: bool,
}

impl Place {
    fn of(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
        let mut place = Self {
            host,
            path: url.path().trim_end_matches('/').to_owned(),
            query: url.query_pairs().into_owned().collect(),
            number: 1,
            is_suffix: false,
        };
        let numbered = place.query.iter().position(|(name, value)| is_name(name) && number(value).is_some());
        if let Some(index) = numbered {
            let (_, value) = place.query.remove(index);
            place.number = number(&value).unwrap_or(1);
        } else {
            place.cut_path();
        }
        place
    }

    /// Takes the number off the path: `/mill/2`, `/mill/page/2`, `/mill/seite-2`, `/mill-2.html`, `/mill,2.html`.
    fn cut_path(&mut self) {
        let path = self.path.clone();
        let Some((before, last)) = path.rsplit_once('/') else { return };
        if let Some(found) = number(last) {
            let frame = before.rsplit_once('/').filter(|(_, name)| is_name(name)).map(|(frame, _)| frame);
            (self.path, self.number) = (frame.unwrap_or(before).to_owned(), found);
            return;
        }
        let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
        let Some((name, found)) = stem
            .rsplit_once(['-', '_', ','])
            .and_then(|(name, digits)| Some((name, number(digits)?)))
            .filter(|(name, _)| !name.is_empty())
        else {
            return;
        };
        let dot = if extension.is_empty() { "" } else { "." };
        if is_name(name) {
            self.path = before.to_owned();
        } else {
            self.path = format!("{before}/{name}{dot}{extension}");
            self.is_suffix = true;
        }
        self.number = found;
    }

    /// A site's front page has lists, whose next page is more of the list.
    fn is_front(&self) -> bool {
        self.path.is_empty() && self.query.is_empty()
    }

    fn follows(&self, before: &Self) -> bool {
        let is_series = before.is_suffix && before.number == 1;
        (&self.host, &self.path, &self.query) == (&before.host, &before.path, &before.query)
            && self.number == before.number + 1
            && !is_series
    }
}

fn is_name(text: &str) -> bool {
    NAMES.contains(&text.to_ascii_lowercase().as_str())
}

fn number(text: &str) -> Option<u32> {
    let is_short =
        text.len() <= 2 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_short && *number <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(url: &str, html: &str) -> Option<String> {
        next_page(&Document::from(html), &Url::parse(url).unwrap()).map(Url::into)
    }

    #[test]
    fn the_next_page_of_the_same_article_is_found() {
        let table = [
            ("/2024/mill", "<link rel=next href=/2024/mill/2>", "/2024/mill/2"),
            ("/mill/2/", "<a rel=next href=/mill/3/>more</a>", "/mill/3/"),
            ("/mill", "<a href='?page=2'>2</a>", "/mill?page=2"),
            ("/mill?id=7&page=2", "<a href='?page=3&id=7'>Next »</a>", "/mill?page=3&id=7"),
            ("/mill.html", "<a href=mill-2.html>Nächste Seite</a>", "/mill-2.html"),
            ("/mill", "<a href=/mill/page/2/>→</a>", "/mill/page/2/"),
            ("/mill", "<a href=/mill/seite-2>Weiter</a>", "/mill/seite-2"),
            ("/mill-2.html", "<a href=mill.html>1</a><a href=mill-3.html>3</a>", "/mill-3.html"),
        ];
        for (url, html, expected) in table {
            let site = "https://example.org";
            assert_eq!(
                next(&format!("{site}{url}"), html),
                Some(format!("{site}{expected}")),
                "{url} {html}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_the_next_page_is_not_taken() {
        let table = [
            // The next article, the next page of the list, of the comments, of another site.
            ("/2024/mill", "<link rel=next href=/2024/wheel>"),
            ("/2024/mill", "<link rel=next href=/page/2>"),
            ("/mill", "<a rel=next href=/mill/comment-page-2>Next</a>"),
            ("/mill", "<a rel=next href=https://example.com/mill/2>Next</a>"),
            // A front page, a series, a page that is not the next, a number that is a year, a link that does not say so.
            ("/", "<a rel=next href=/page/2>Next</a>"),
            ("/mill-1.html", "<a href=mill-2.html>Next</a>"),
            ("/mill", "<a rel=next href=/mill/3>Next</a>"),
            ("/mill", "<a href=/mill/2024>Next</a>"),
            ("/mill", "<a href=/mill/2>The wheel</a>"),
        ];
        for (url, html) in table {
            assert_eq!(next(&format!("https://example.org{url}"), html), None, "{url} {html}");
        }
    }
}
