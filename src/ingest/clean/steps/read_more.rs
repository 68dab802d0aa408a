//! "Continue reading", leading to the article itself: the end of what a feed has of it.

use super::body::{Body, Cut, Line};
use super::phrases::READ_MORE;
use super::wording::{behind, count, key};

/// Words of such a link; some have the whole headline in it.
const MANY: usize = 40;

/// The last link of the last line.
pub(super) fn at_end(body: &mut Body<'_>, line: &Line) -> Option<Cut> {
    if line.links == 0 {
        return None;
    }
    let link = body.links(line).next_back()?;
    let is_phrase = behind(&link.words, READ_MORE)
        .any(|(phrase, rest)| rest.is_empty() || rest.starts_with(' ') || !phrase.is_ascii());
    if !is_phrase || count(&link.words) > MANY {
        return None;
    }
    let close = body.pieces()[link.open].mate;
    let behind = body.words(close, line.to, true)?;
    if !key(&behind).is_empty() || !body.is_own_page(&link.href) {
        return None;
    }
    let before = key(&body.words(line.from, link.open, true)?);
    Some(if before.is_empty() { Cut::line(line) } else { Cut::tail(line, link.open) })
}
