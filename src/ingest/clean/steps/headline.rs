//! The headline, once more, at the start of its own article.

use super::body::{Body, Cut, Line};
use super::wording::key;

/// A first line that is a heading of the headline's words.
pub(super) fn at_start(body: &Body<'_>, line: &Line) -> Option<Cut> {
    let is_heading = line.block.is_some_and(|block| matches!(body.name(block), "h1" | "h2" | "h3"));
    if !is_heading
        || line.has_media
        || body.title().is_empty()
        || !body.has_more_than(1)
        || !body.is_whole(line)
    {
        return None;
    }
    let words = body.words(line.from, line.to, true)?;
    (key(&words) == body.title()).then(|| Cut::line(line))
}
