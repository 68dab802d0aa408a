//! What stands where in balanced HTML, noted while it was written: for steps that look at whole blocks.

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A start tag.
    Open {
        /// Whether the element parts paragraphs of text.
        is_block: bool,
    },
    /// An end tag.
    Close,
    /// A void element.
    Void,
    /// Text, with its character references.
    Text {
        /// Whether it has anything to read.
        is_worded: bool,
    },
}

/// One tag or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it begins; it ends where the next begins.
    pub(crate) at: usize,
    /// The index of the other tag of its element; its own for what has none.
    pub(crate) mate: usize,
    /// What it is.
    pub(crate) kind: Kind,
    /// What the writer of a start tag noted.
    pub(crate) note: u8,
}

/// The name in a tag as the balancer writes it.
pub(crate) fn tag_name(tag: &str) -> &str {
    let name = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')).unwrap_or(tag);
    let end = name.bytes().position(|byte| matches!(byte, b' ' | b'>'));
    &name[..end.unwrap_or(name.len())]
}

/// The pieces of balanced HTML, in order.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// All of them.
    pub(crate) pieces: Vec<Piece>,
    open: Vec<usize>,
}

impl Outline {
    /// An empty one, for so many bytes of HTML.
    pub(super) fn with_room_for(bytes: usize) -> Self {
        // Articles have a tag or text every forty bytes; one with more of them takes more room.
        Self { pieces: Vec::with_capacity(bytes / 40 + 4), open: Vec::new() }
    }

    /// Whether a piece opens an element that parts paragraphs of text.
    pub(super) fn is_block(&self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|piece| piece.kind == Kind::Open { is_block: true })
    }

    /// Each piece, and what it has of the HTML of which this is the outline.
    pub(super) fn written<'a>(&'a self, html: &'a str) -> impl Iterator<Item = (&'a Piece, &'a str)> {
        let ends = self.pieces.iter().skip(1).map(|piece| piece.at).chain([html.len()]);
        self.pieces.iter().zip(ends).map(|(piece, end)| (piece, &html[piece.at..end]))
    }

    /// Notes the piece that begins at `at`. Text behind text is one with it, as it will be to who reads it.
    pub(super) fn push(&mut self, at: usize, kind: Kind, note: u8) {
        if let (Kind::Text { is_worded }, Some(Kind::Text { is_worded: before })) =
            (kind, self.pieces.last_mut().map(|last| &mut last.kind))
        {
            *before |= is_worded;
            return;
        }
        let index = self.pieces.len();
        let mut mate = index;
        match kind {
            Kind::Open { .. } => self.open.push(index),
            Kind::Close => {
                if let Some(open) = self.open.pop() {
                    self.pieces[open].mate = index;
                    mate = open;
                }
            }
            Kind::Void | Kind::Text { .. } => {}
        }
        self.pieces.push(Piece { at, mate, kind, note });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Balancer, Scanner, Token};
    use super::*;

    #[test]
    fn every_piece_is_noted_with_its_place_and_its_mate() {
        let mut out = Balancer::outlined(0);
        for token in Scanner::fragment("<p>a<b>c<p>d<br><table><td>e") {
            match token {
                Token::Text(text) => out.text(text),
                Token::Start(tag) => out.start_noted(tag.name.into(), "", u8::from(tag.name == "b")),
                Token::End(name) => out.end(name),
                Token::Frame(_) | Token::Whole(_) => unreachable!(),
            }
        }
        let (html, outline) = out.finish_outlined();
        let texts: Vec<&str> = outline.written(&html).map(|(_, written)| written).collect();
        assert_eq!(texts.concat(), html);
        for (index, piece) in outline.pieces.iter().enumerate() {
            assert_eq!(outline.pieces[piece.mate].mate, index);
            match piece.kind {
                Kind::Open { .. } => assert_eq!(texts[index].replace('<', "</"), texts[piece.mate]),
                Kind::Close => assert!(texts[index].starts_with("</")),
                Kind::Void => assert_eq!(texts[index], "<br>"),
                Kind::Text { is_worded } => assert!(is_worded && !texts[index].starts_with('<')),
            }
            assert_eq!(piece.note, u8::from(texts[index] == "<b>"));
        }
    }
}
