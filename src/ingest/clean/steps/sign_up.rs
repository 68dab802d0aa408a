//! Forms and invitations to subscribe: by class, by being a form, and at the end by where their link leads.

use super::body::{Body, Cut, Line};
use super::marks::{Mark, cut_marked};
use super::phrases::{SIGN_UP, SIGN_UP_WORDS};
use super::wording::{behind, count, has_more_words, key};

/// Words of an invitation.
const MANY: usize = 80;
/// Words of an invitation that only its link gives away.
const LINE: usize = 35;

/// Cuts sign-up forms.
pub(super) fn cut(body: &mut Body<'_>) {
    cut_marked(body, Mark::SignUp, |body, open, close| {
        words(body, open, close).is_some_and(|words| count(&words) <= MANY)
    });
    cut_marked(body, Mark::Form, |body, open, close| {
        words(body, open, close).is_some_and(|words| {
            count(&words) <= MANY
                && SIGN_UP_WORDS.iter().any(|known| words.split(' ').any(|word| word.starts_with(known)))
        })
    });
}

/// A last line that invites to subscribe, with a link to do so.
pub(super) fn at_end(body: &mut Body<'_>, line: &Line) -> Option<Cut> {
    if line.links == 0 || !body.has_more_than(1) {
        return None;
    }
    let said = body.words(line.from, line.to, true).filter(|said| !has_more_words(said, LINE))?;
    let said = key(&said);
    let begins = count(&said) <= LINE
        && behind(&said, SIGN_UP).any(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
    let leads = |href: &str| {
        let path = href.split_once("://").map_or(href, |(_, rest)| rest).to_ascii_lowercase();
        ["newsletter", "subscri", "signup", "sign-up", "abonn", "suscri", "inscri", "list-manage.com"]
            .iter()
            .any(|part| path.contains(part))
    };
    (begins && body.link_tags(line).any(|open| leads(&body.href(open)))).then(|| Cut::line(line))
}

fn words(body: &Body<'_>, from: usize, to: usize) -> Option<String> {
    body.words(from, to, true).map(|words| key(&words))
}
