//! The blocks that were kept, as HTML.

use dom_query::{Document, NodeId, NodeRef};

use super::marks::Mark;
use super::outline::{Outline, Part, Role};
use super::region::Ground;

/// Takes from the page what was not kept, and writes the region.
pub(super) fn html(page: &Document, outline: &Outline, ground: &Ground, kept: &[bool]) -> String {
    let node = |id: NodeId| NodeRef::new(id, &page.tree);
    let region = &outline.parts[ground.region];
    for index in region.blocks.clone().filter(|&index| !kept[index]) {
        if !is_legend(outline, ground, index) {
            outline.blocks[index].nodes.iter().for_each(|id| node(*id).remove_from_parent());
        }
    }
    outline.hidden.iter().for_each(|id| node(*id).remove_from_parent());
    // From the inside: what is empty then takes its frame along.
    for index in (ground.region + 1..region.end).rev() {
        let part = &outline.parts[index];
        let shown = node(part.node);
        if is_outside(ground, part) || is_empty(&shown) {
            shown.remove_from_parent();
        } else if part.named.mark == Some(Mark::Caption) && part.role == Role::Division {
            shown.rename("figcaption");
        }
    }
    node(region.node).inner_html().to_string()
}

/// Whether a block is the line under a picture and marked as such: it stays with the picture.
fn is_legend(outline: &Outline, ground: &Ground, block: usize) -> bool {
    let mut is_caption = false;
    ground.out[block] == Some(Mark::Caption)
        && outline.around(outline.blocks[block].part).any(|index| {
            let part = &outline.parts[index];
            let is_figure = part.role == Role::Figure;
            is_caption |=
                !is_figure && (part.role == Role::Caption || part.named.mark == Some(Mark::Caption));
            is_figure && is_caption
        })
}

/// Whether all of a part's text was marked as no part of the story, and its pictures are not either.
fn is_outside(ground: &Ground, part: &Part) -> bool {
    let marks = &ground.out[part.blocks.clone()];
    !marks.is_empty() && marks.iter().all(|mark| mark.is_some_and(|mark| mark != Mark::Caption))
}

fn is_empty(node: &NodeRef<'_>) -> bool {
    node.descendants_it()
        .all(|inner| !inner.is_nonempty_text() && !SHOWN.iter().any(|name| inner.has_name(name)))
}

/// Elements that show something without text; cells keep a table in shape.
const SHOWN: &[&str] = &["img", "picture", "video", "audio", "iframe", "amp-img", "td", "th"];
