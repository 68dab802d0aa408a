//! The text of a small element, with a mark where one text node ends and another begins: `<a>Jane Doe</a><i>Editor</i>`
//! is two things to a reader.

use dom_query::NodeRef;

/// Stands between two pieces.
pub(super) const SEAM: char = '\u{1f}';

/// Nodes of an element that are looked at.
const MANY: usize = 200;

/// The pieces of an element's text, white space folded and [`SEAM`]s between them. `None` where it is longer than
/// `longest` bytes: then it is not what it was taken for.
pub(super) fn pieces(element: &NodeRef<'_>, longest: usize) -> Option<String> {
    let mut text = String::new();
    let mut next = element.first_child();
    let mut left = MANY;
    while let Some(node) = next {
        left = left.checked_sub(1)?;
        if node.is_text() {
            push(&mut text, &node.text());
            if text.len() > longest {
                return None;
            }
        }
        next = node.first_child().filter(|_| !is_silent(&node)).or_else(|| behind(node, element));
    }
    Some(text.trim_matches([' ', SEAM]).to_owned())
}

/// The next node behind this one and all in it, inside the element.
fn behind<'a>(node: NodeRef<'a>, element: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent().filter(|parent| parent.id != element.id)?;
    }
}

fn is_silent(node: &NodeRef<'_>) -> bool {
    let names = ["script", "style", "noscript", "template", "svg", "iframe", "select", "button"];
    node.element_ref().is_some_and(|element| names.contains(&&*element.name.local))
}

fn push(text: &mut String, piece: &str) {
    if piece.trim().is_empty() {
        if !piece.is_empty() && !text.is_empty() && !text.ends_with([' ', SEAM]) {
            text.push(' ');
        }
        return;
    }
    if !text.is_empty() {
        text.push(SEAM);
    }
    if piece.starts_with(char::is_whitespace) && !text.is_empty() {
        text.push(' ');
    }
    for (index, word) in piece.split_whitespace().enumerate() {
        text.push_str(if index > 0 { " " } else { "" });
        text.push_str(word);
    }
    if piece.ends_with(char::is_whitespace) {
        text.push(' ');
    }
}

/// The pieces as one line of text. Two that stand side by side without a blank are one word (`<b>T</b>he`), unless the
/// second begins as a new one (`Politics` `The mill turns`).
pub(super) fn joined(pieces: &str) -> String {
    let mut text = String::with_capacity(pieces.len());
    for piece in pieces.split(SEAM) {
        let (before, after) = (text.chars().last(), piece.chars().next());
        let is_new = before
            .is_some_and(|c| !c.is_uppercase() && !c.is_whitespace() && !"(«„“‘\"'-/".contains(c))
            && after.is_some_and(|c| c.is_uppercase());
        text.push_str(if is_new { " " } else { "" });
        text.push_str(piece);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn of(html: &str) -> Option<String> {
        let page = Document::from(format!("<div id=x>{html}</div>"));
        pieces(page.select("#x").nodes().first().unwrap(), 40)
    }

    #[test]
    fn a_text_is_read_piece_by_piece() {
        let table = [
            ("By <a>Jane Doe</a> and <a>John</a>", "By \u{1f}Jane Doe\u{1f} and \u{1f}John"),
            ("<b>T</b>he mill", "T\u{1f}he mill"),
            (" <script>x</script> <i> a </i>\n", "a"),
            ("", ""),
        ];
        for (html, wanted) in table {
            assert_eq!(of(html).as_deref(), Some(wanted), "{html}");
        }
        assert_eq!(of(&"long ".repeat(20)), None);
        assert_eq!(of(&"<i></i>".repeat(1_000)), None);
    }

    #[test]
    fn pieces_are_joined_as_a_reader_sees_them() {
        let table = [
            ("T\u{1f}he mill", "The mill"),
            ("Politics\u{1f}The mill", "Politics The mill"),
            ("The \u{1f}mill\u{1f} turns", "The mill turns"),
            ("Mc\u{1f}DONALD", "Mc DONALD"),
        ];
        for (pieces, wanted) in table {
            assert_eq!(joined(pieces), wanted);
        }
    }
}
