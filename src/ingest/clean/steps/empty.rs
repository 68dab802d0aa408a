//! Blocks without words, images or anything else, and what stood around what went.

use super::body::Body;
use crate::markup::Kind;

/// Drops elements that hold nothing, from the inside out.
pub(super) fn cut(body: &mut Body<'_>) {
    // For each open element: its start, whether it holds anything, whether it holds white space.
    let mut open: Vec<(usize, bool, bool)> = Vec::new();
    for (index, piece) in body.pieces().iter().enumerate() {
        if body.is_gone(index) {
            continue;
        }
        let (holds, spaced) = match piece.kind {
            Kind::Open { .. } => {
                open.push((index, false, false));
                continue;
            }
            Kind::Text { is_worded } => (is_worded, true),
            Kind::Void => (!matches!(body.name(index), "br" | "wbr"), true),
            Kind::Close => {
                let Some((start, holds, spaced)) = open.pop() else { continue };
                let holds = holds || !may_go(body.name(start));
                // White space in it parts the words around it.
                let goes = !holds && (is_box(body.name(start)) || !spaced);
                if goes {
                    body.drop_wordless(start, index);
                }
                (holds, spaced && !goes)
            }
        };
        if let Some((_, holds_more, has_space)) = open.last_mut() {
            *holds_more |= holds;
            *has_space |= spaced;
        }
    }
}

/// Elements that are nothing without what they hold.
fn may_go(name: &str) -> bool {
    is_box(name)
        || matches!(name, "a" | "b" | "em" | "i" | "small" | "span" | "strike" | "s" | "strong" | "u")
}

/// Elements that only part what they hold from the rest.
pub(super) fn is_box(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "aside"
            | "blockquote"
            | "div"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "li"
            | "ol"
            | "p"
            | "section"
            | "ul"
    )
}
