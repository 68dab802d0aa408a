//! The blocks that were kept, as HTML.

use dom_query::{Document, NodeId, NodeRef};

use super::marks::Mark;
use super::outline::{Outline, Role};
use super::region::Ground;

/// Takes from the page what was not kept, and writes the region.
pub(super) fn html(page: &Document, outline: &Outline, ground: &Ground, kept: &[bool]) -> String {
    let node = |id: NodeId| NodeRef::new(id, &page.tree);
    let region = &outline.parts[ground.region];
    for index in region.blocks.clone() {
        let is_caption = ground.out[index] == Some(Mark::Caption) && in_figure(outline, index);
        if !kept[index] && !is_caption {
            outline.blocks[index].nodes.iter().for_each(|id| node(*id).remove_from_parent());
        }
    }
    // From the inside: what is empty then takes its frame along.
    for index in (ground.region + 1..region.end).rev() {
        let part = &outline.parts[index];
        let is_out = !part.blocks.is_empty()
            && part.blocks.clone().all(|block| ground.out[block].is_some_and(|mark| mark != Mark::Caption));
        let shown = node(part.node);
        if is_out || is_empty(&shown) {
            shown.remove_from_parent();
        }
    }
    node(region.node).inner_html().to_string()
}

fn in_figure(outline: &Outline, block: usize) -> bool {
    let mut part = outline.blocks[block].part;
    while part > 0 {
        if outline.parts[part].role == Role::Figure {
            return true;
        }
        part = outline.parts[part].parent;
    }
    false
}

fn is_empty(node: &NodeRef<'_>) -> bool {
    node.descendants_it().all(|inner| {
        !inner.is_nonempty_text()
            && !["img", "picture", "video", "audio", "iframe", "amp-img", "td", "th"]
                .iter()
                .any(|name| inner.has_name(name))
    })
}
