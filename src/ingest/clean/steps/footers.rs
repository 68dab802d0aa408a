//! Lines at the end that say which site this is from: "The post … appeared first on …", reddit's [link] [comments],
//! "Filed under".

use memchr::memmem;

use super::body::{Body, Cut, Line, Link};
use super::phrases::{APPEARED_FIRST, FILED_UNDER};
use super::wording::{behind, count, has_more_words, key};

/// Words of such a line: it may have the whole headline in it.
const MANY: usize = 60;
/// Words beside the links, where no phrase is known.
const BESIDE: usize = 14;
/// Links where no phrase is known: the headline's and the site's.
const LINKS: usize = 2;
/// What reddit says beside its links.
const BY_REDDIT: &[&str] = &["", "submitted by", "submitted by to", "to"];
/// Words of a site's name.
const NAME: usize = 8;
/// Words that the longest of the phrases has.
const PHRASE: usize = 9;

/// A last line that is a footer.
pub(super) fn at_end(body: &mut Body<'_>, line: &Line) -> Option<Cut> {
    let said = body.words(line.from, line.to, false)?;
    // The last line is the story's own nearly always, and that a long one is no phrase, headline and name is seen without
    // folding it.
    let headline = body.title().bytes().filter(|&byte| byte == b' ').count() + 1;
    if has_more_words(&said, PHRASE + headline + NAME) {
        return None;
    }
    let beside = key(&said);
    if !may_be_footer(body, line, &beside) || !is_short(body, line, &beside) {
        return None;
    }
    let links: Vec<Link<'_>> = body.links(line).collect();
    let is_footer = is_appeared_first(body, &links, &beside)
        || is_by_reddit(&links, &beside)
        || is_filed_under(&links, &beside);
    is_footer.then(|| Cut::line(line))
}

/// Whether a line has no more words, with those of its links, than a footer.
fn is_short(body: &Body<'_>, line: &Line, beside: &str) -> bool {
    if line.links == 0 {
        return count(beside) <= MANY;
    }
    body.words(line.from, line.to, true).is_some_and(|all| count(&key(&all)) <= MANY)
}

/// Whether the words beside its links, of which there are so many, may be those of a footer.
fn may_be_footer(body: &Body<'_>, line: &Line, beside: &str) -> bool {
    line.links >= LINKS && count(beside) <= BESIDE
        || BY_REDDIT.contains(&beside)
        || FILED_UNDER.contains(&beside)
        || says_where_first(cut_out(beside, body.title()).as_deref().unwrap_or(beside))
}

fn says_where_first(said: &str) -> bool {
    behind(said, APPEARED_FIRST)
        .any(|(_, name)| name.is_empty() || name.starts_with(' ') && count(name) <= NAME)
}

/// Where an article was first, if that is here. Credit to another site is the story's own.
fn is_appeared_first(body: &mut Body<'_>, links: &[Link<'_>], beside: &str) -> bool {
    let own_page: Vec<bool> = links.iter().map(|link| body.is_own_page(&link.href)).collect();
    let own_site = links.iter().map(|link| body.is_own_site(&link.href));
    let is_own = own_page.iter().zip(own_site).all(|(page, site)| *page || site);
    let without_title = cut_out(beside, body.title());
    let names_article = without_title.is_some() || own_page.contains(&true);
    let said = without_title.as_deref().unwrap_or(beside);
    if says_where_first(said) && names_article && (is_own || body.page.is_none()) {
        return true;
    }
    // In a language that nobody thought of: the headline, linked, and the site, linked.
    let names_headline = links
        .iter()
        .zip(&own_page)
        .any(|(link, own)| *own && !link.words.is_empty() && link.words == body.title());
    let names_site = own_page.contains(&false);
    is_own && names_headline && names_site && links.len() == LINKS && (1..=BESIDE).contains(&count(beside))
}

/// A text less the words of another; `None` where they are not in it.
fn cut_out(text: &str, words: &str) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let at = memmem::find(text.as_bytes(), words.as_bytes())?;
    let (before, behind) = (&text[..at], &text[at + words.len()..]);
    Some(key(&format!("{before} {behind}")))
}

/// `submitted by /u/name [link] [comments]`, in one line or several.
fn is_by_reddit(links: &[Link<'_>], beside: &str) -> bool {
    let is_of_reddit = |link: &Link<'_>| {
        let host =
            link.href.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
        host == "reddit.com" || host.ends_with(".reddit.com")
    };
    let is_button = |link: &Link<'_>| matches!(&*link.words, "link" | "comments");
    let is_person = |link: &Link<'_>| {
        is_of_reddit(link) && (link.words.starts_with("u ") || link.words.starts_with("r "))
    };
    // The link of a link post leads anywhere.
    match beside {
        "" => {
            links.iter().any(|link| is_of_reddit(link) && is_button(link))
                && links.iter().all(|link| is_button(link) || is_person(link))
        }
        "submitted by" | "submitted by to" | "to" => {
            links.iter().any(is_person) && links.iter().all(|link| is_button(link) || is_person(link))
        }
        _ => false,
    }
}

/// A label, and links to categories.
fn is_filed_under(links: &[Link<'_>], beside: &str) -> bool {
    const PATHS: &[&str] = &[
        "/tag/",
        "/tags/",
        "/category/",
        "/categories/",
        "/topic/",
        "/topics/",
        "/kategorie/",
        "/categoria/",
    ];
    !links.is_empty()
        && FILED_UNDER.contains(&beside)
        && links.iter().all(|link| PATHS.iter().any(|path| link.href.contains(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_has_more_words() {
        let phrases = [APPEARED_FIRST, FILED_UNDER, BY_REDDIT].concat();
        assert_eq!(phrases.iter().map(|phrase| phrase.split(' ').count()).max(), Some(PHRASE));
        const { assert!(BESIDE <= PHRASE + NAME) };
    }
}
