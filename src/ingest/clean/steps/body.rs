//! A body as the steps on blocks see it: balanced HTML, cut into lines of words.

use std::borrow::Cow;
use std::cell::OnceCell;

use ::url::Url;

use crate::markup::{Kind, Piece, Tag, decode_attribute, decode_text, tag_name};
use crate::model::link::link_form;

use super::Subject;
use super::empty::is_box;
use super::wording::key;

/// Bytes of HTML that a line or block may have to be litter.
const LONG: usize = 8 << 10;

/// What stands between the boundaries of blocks, and line breaks: an index of its first piece, and one behind its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The innermost block it stands in, if any.
    pub(super) block: Option<usize>,
    /// It has words.
    has_text: bool,
    /// It has images, sounds or films.
    pub(super) has_media: bool,
    /// How many links it has.
    pub(super) links: usize,
}

/// A link of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link<'a> {
    /// The piece that opens it.
    pub(super) open: usize,
    pub(super) href: Cow<'a, str>,
    /// Its words, as [`key`] has them.
    pub(super) words: String,
}

/// What goes: pieces from one index to before another. Tags whose mate is not among them stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    from: usize,
    to: usize,
}

impl Cut {
    /// All of a line.
    pub(super) fn line(line: &Line) -> Self {
        Self { from: line.from, to: line.to }
    }

    /// A line from one piece on.
    pub(super) fn tail(line: &Line, from: usize) -> Self {
        Self { from, to: line.to }
    }
}

/// A body, and what of it goes.
#[derive(Debug)]
pub(super) struct Body<'a> {
    html: &'a str,
    pieces: &'a [Piece],
    /// Which pieces go; empty as long as none does.
    gone: Vec<bool>,
    pub(super) lines: Vec<Line>,
    /// How many lines with words are left.
    worded: usize,
    /// Lines from here on have been looked at from the end, and before here from the start.
    ends: (usize, usize),
    pub(super) page: Option<&'a Url>,
    page_form: Option<String>,
    headline: &'a str,
    title: OnceCell<String>,
    /// Which [marks](super::marks::Mark) its blocks have, a bit for each.
    marks: u8,
}

impl<'a> Body<'a> {
    pub(super) fn new(html: &'a str, pieces: &'a [Piece], subject: &Subject<'a>) -> Self {
        let mut body = Self {
            html,
            pieces,
            gone: Vec::new(),
            // A paragraph has three pieces, and a line break one.
            lines: Vec::with_capacity(pieces.len().div_ceil(2)),
            worded: 0,
            ends: (0, 0),
            page: subject.page,
            page_form: None,
            headline: subject.title,
            title: OnceCell::new(),
            marks: pieces.iter().fold(0, |marks, piece| marks | 1 << piece.note),
        };
        body.read_lines();
        body.worded = body.lines.iter().filter(|line| line.has_text).count();
        body.ends = (0, body.lines.len());
        body
    }

    fn read_lines(&mut self) {
        let empty = |from, block| Line { from, to: from, block, has_text: false, has_media: false, links: 0 };
        let mut blocks: Vec<usize> = Vec::new();
        let mut line = empty(0, None);
        for (index, piece) in self.pieces.iter().enumerate() {
            let is_boundary = match piece.kind {
                Kind::Text { is_worded } => {
                    line.has_text |= is_worded;
                    false
                }
                Kind::Open { is_block } => {
                    let tag = self.html_of(index);
                    line.links += usize::from(tag.starts_with("<a "));
                    line.has_media |=
                        tag.starts_with("<video") || tag.starts_with("<audio") || tag.starts_with("<iframe");
                    is_block
                }
                Kind::Close => blocks.last() == Some(&piece.mate),
                Kind::Void => {
                    let name = self.name(index);
                    line.has_media |= name == "img";
                    matches!(name, "br" | "hr")
                }
            };
            if !is_boundary {
                continue;
            }
            line.to = index;
            self.push_line(line);
            match piece.kind {
                Kind::Open { .. } => blocks.push(index),
                Kind::Close => {
                    blocks.pop();
                }
                Kind::Void | Kind::Text { .. } => {}
            }
            line = empty(index + 1, blocks.last().copied());
        }
        line.to = self.pieces.len();
        self.push_line(line);
    }

    fn push_line(&mut self, line: Line) {
        if line.has_text || line.has_media {
            self.lines.push(line);
        }
    }

    /// The headline, as [`key`] has it.
    pub(super) fn title(&self) -> &str {
        self.title.get_or_init(|| key(self.headline))
    }

    /// Whether a block was noted to have this mark.
    pub(super) fn has_mark(&self, mark: u8) -> bool {
        self.marks & 1 << mark != 0
    }

    /// The pieces.
    pub(super) fn pieces(&self) -> &'a [Piece] {
        self.pieces
    }

    /// What a piece has of the HTML.
    pub(super) fn html_of(&self, index: usize) -> &'a str {
        let end = self.pieces.get(index + 1).map_or(self.html.len(), |next| next.at);
        &self.html[self.pieces[index].at..end]
    }

    /// The name of a tag.
    pub(super) fn name(&self, index: usize) -> &'a str {
        tag_name(self.html_of(index))
    }

    pub(super) fn is_gone(&self, index: usize) -> bool {
        self.gone.get(index).copied().unwrap_or(false)
    }

    /// Whether a line is all that its block holds.
    pub(super) fn is_whole(&self, line: &Line) -> bool {
        line.block.is_none_or(|block| line.from == block + 1 && line.to == self.pieces[block].mate)
    }

    /// How many bytes of HTML stand from one piece to before another.
    pub(super) fn bytes(&self, from: usize, to: usize) -> usize {
        let at = |index: usize| self.pieces.get(index).map_or(self.html.len(), |piece| piece.at);
        at(to).saturating_sub(at(from))
    }

    /// The words from one piece to before another, with or without those of links, one space between; `None` where that
    /// is too long to be litter.
    pub(super) fn words(&self, from: usize, to: usize, with_links: bool) -> Option<Cow<'a, str>> {
        let room = self.bytes(from, to);
        if room > LONG {
            return None;
        }
        let mut text = Cow::Borrowed("");
        let mut index = from;
        while index < to {
            let piece = self.pieces[index];
            if !with_links && matches!(piece.kind, Kind::Open { .. }) && self.name(index) == "a" {
                append(&mut text, Cow::Borrowed(" "), room);
                index = piece.mate.max(index);
            } else if self.is_gone(index) {
            } else if let Kind::Text { .. } = piece.kind {
                append(&mut text, decode_text(self.html_of(index)), room);
            } else if !matches!(piece.kind, Kind::Close | Kind::Open { is_block: false }) {
                append(&mut text, Cow::Borrowed(" "), room);
            }
            index += 1;
        }
        Some(text)
    }

    /// The links of a line.
    pub(super) fn links(&self, line: &Line) -> impl DoubleEndedIterator<Item = Link<'a>> {
        self.link_tags(line).filter_map(|open| {
            let words = self.words(open, self.pieces[open].mate.min(line.to), true)?;
            Some(Link { open, href: self.href(open), words: key(&words) })
        })
    }

    /// The tags that open the links of a line.
    pub(super) fn link_tags(&self, line: &Line) -> impl DoubleEndedIterator<Item = usize> {
        (line.from..line.to).filter(|&index| {
            matches!(self.pieces[index].kind, Kind::Open { .. })
                && !self.is_gone(index)
                && self.name(index) == "a"
        })
    }

    /// Where a link leads.
    pub(super) fn href(&self, open: usize) -> Cow<'a, str> {
        let tag = self.html_of(open).strip_prefix("<a").and_then(|tag| tag.strip_suffix('>'));
        let mut attributes = Tag::new("a", tag.unwrap_or_default()).attributes();
        let href = attributes.find(|(name, _)| *name == "href");
        href.map(|(_, value)| decode_attribute(value)).unwrap_or_default()
    }

    /// Whether an address is that of the article's own page, or of a place on it.
    pub(super) fn is_own_page(&mut self, href: &str) -> bool {
        let Some(page) = self.page else { return false };
        let Ok(url) = Url::parse(href) else { return false };
        let bare = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
        if bare(&url) != bare(page) {
            return false;
        }
        let strip = |form: String| form.strip_prefix("www.").map(str::to_owned).unwrap_or(form);
        let own = self.page_form.get_or_insert_with(|| strip(link_form(page)));
        strip(link_form(&url)) == *own
    }

    /// Whether an address is that of the site, or of the part of it that the article's page is in.
    pub(super) fn is_own_site(&self, href: &str) -> bool {
        let (Some(page), Ok(url)) = (self.page, Url::parse(href)) else { return false };
        let bare = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
        let is_above = url.path() != page.path() && page.path().starts_with(url.path().trim_end_matches('/'));
        bare(&url) == bare(page) && url.query().is_none() && (url.path() == "/" || is_above)
    }

    /// The last line with words that is left; `None` where an image or the like stands behind it.
    pub(super) fn last_line(&mut self) -> Option<Line> {
        while let Some(line) = self.ends.1.checked_sub(1).map(|at| self.lines[at]) {
            if self.is_left(&line) {
                return Some(line).filter(|line| !line.has_media);
            }
            self.ends.1 -= 1;
        }
        None
    }

    /// The first line with words that is left.
    pub(super) fn first_line(&mut self) -> Option<Line> {
        while let Some(line) = self.lines.get(self.ends.0).copied() {
            if line.has_text && self.is_left(&line) {
                return Some(line);
            }
            self.ends.0 += 1;
        }
        None
    }

    /// Whether something of a line is left to be read or seen.
    pub(super) fn is_left(&self, line: &Line) -> bool {
        self.gone.is_empty()
            || (line.from..line.to).any(|index| {
                !self.is_gone(index)
                    && match self.pieces[index].kind {
                        Kind::Text { is_worded } => is_worded,
                        Kind::Void => self.name(index) == "img",
                        Kind::Open { .. } => matches!(self.name(index), "video" | "audio" | "iframe"),
                        Kind::Close => false,
                    }
            })
    }

    /// Whether words are left besides those of so many lines.
    pub(super) fn has_more_than(&self, lines: usize) -> bool {
        self.worded > lines
    }

    /// Cuts, with the line break or rule before it, and with the boxes that hold nothing else.
    pub(super) fn cut(&mut self, cut: Cut) {
        let cut = self.boxed(cut);
        let left_before = self.worded_in(cut);
        self.gone.resize(self.pieces.len(), false);
        for index in cut.from..cut.to {
            let mate = self.pieces[index].mate;
            self.gone[index] |= (cut.from..cut.to).contains(&mate);
        }
        if let Some(before) = cut.from.checked_sub(1)
            && self.pieces[before].kind == Kind::Void
        {
            self.gone[before] |= matches!(self.name(before), "br" | "hr");
        }
        self.worded -= left_before - self.worded_in(cut);
    }

    /// A cut with the boxes around it that it would leave empty.
    fn boxed(&self, mut cut: Cut) -> Cut {
        while let Some(open) = cut.from.checked_sub(1)
            && self.pieces[open].mate == cut.to
            && is_box(self.name(open))
        {
            cut = Cut { from: open, to: cut.to + 1 };
        }
        cut
    }

    /// Cuts a whole block, if words are left outside.
    pub(super) fn cut_block(&mut self, open: usize) -> bool {
        let cut = Cut { from: open, to: self.pieces[open].mate + 1 };
        let inside = self.worded_in(cut);
        let goes = inside == 0 || self.has_more_than(inside);
        if goes {
            self.cut(cut);
        }
        goes
    }

    fn worded_in(&self, cut: Cut) -> usize {
        let holds = |line: &&Line| line.has_text && self.is_left(line);
        // A tail begins inside its line.
        let first = self.lines.partition_point(|line| line.to <= cut.from);
        let last = self.lines.partition_point(|line| line.from < cut.to);
        self.lines[first.min(last)..last].iter().filter(holds).count()
    }

    /// Marks two pieces and what is between as gone, without a look at lines: for what has no words.
    pub(super) fn drop_wordless(&mut self, open: usize, close: usize) {
        self.gone.resize(self.pieces.len(), false);
        self.gone[open..=close].fill(true);
    }

    /// What is left; `None` where that is all.
    pub(super) fn left(&self) -> Option<String> {
        if self.gone.is_empty() {
            return None;
        }
        let kept = (0..self.pieces.len()).filter(|&index| !self.gone[index]);
        Some(kept.map(|index| self.html_of(index)).collect())
    }
}

/// Appends to a text, which is made with so much room when it is more than one piece.
fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>, room: usize) {
    if text.is_empty() {
        *text = more;
        return;
    }
    if let Cow::Borrowed(first) = text {
        let mut whole = String::with_capacity(room);
        whole.push_str(first);
        *text = Cow::Owned(whole);
    }
    text.to_mut().push_str(&more);
}
