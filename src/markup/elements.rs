//! What kind of element a name is. All names are in lower case.

/// What the scanner does with an element and all that is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    /// Goes with its content; what was never closed reaches to the end, as in a browser.
    Greedy,
    /// Goes with its content; what was never closed is a lone tag, so that no story is lost behind `<iframe ../>`.
    Closed,
    /// As `Closed`, but its start tag comes out: what it shows may belong to the story, what stands in it does not.
    Frame,
}

/// What becomes of such an element where a whole page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InPage {
    /// The same.
    Skipped,
    /// It stays as it is: title and JSON-LD are metadata.
    Whole,
    /// It is an element like any other.
    Open,
}

/// Elements whose content is no words of the story.
const SKIPPED: &[(&str, Skip, InPage)] = &[
    ("script", Skip::Greedy, InPage::Whole),
    ("style", Skip::Greedy, InPage::Skipped),
    ("head", Skip::Closed, InPage::Open),
    ("title", Skip::Closed, InPage::Whole),
    ("textarea", Skip::Closed, InPage::Skipped),
    ("iframe", Skip::Frame, InPage::Skipped),
    ("noembed", Skip::Closed, InPage::Skipped),
    ("noframes", Skip::Closed, InPage::Skipped),
    ("svg", Skip::Closed, InPage::Skipped),
    ("math", Skip::Closed, InPage::Skipped),
    ("template", Skip::Closed, InPage::Skipped),
    ("select", Skip::Closed, InPage::Skipped),
    ("datalist", Skip::Closed, InPage::Skipped),
    ("button", Skip::Closed, InPage::Skipped),
];

/// How many names [`skip`] knows; its index is below this.
pub(super) const SKIPPED_NAMES: usize = SKIPPED.len();

/// The row of a name whose content is skipped: its index and rules.
pub(super) fn skip(name: &str) -> Option<(usize, Skip, InPage)> {
    // The shortest is `svg`, and what stands in lines is shorter.
    if name.len() < 3 {
        return None;
    }
    let index = SKIPPED.iter().position(|(skipped, ..)| skipped.eq_ignore_ascii_case(name))?;
    let (_, rule, in_page) = SKIPPED[index];
    Some((index, rule, in_page))
}

/// Void elements (HTML §13.1.2), the obsolete ones too.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that stand on lines of their own: they part paragraphs of text.
pub(crate) fn is_block(name: &str) -> bool {
    closes_p(name) || is_table_part(name) || matches!(name, "body" | "html" | "dt" | "dd" | "li")
}

/// Elements whose start tag ends an open paragraph (HTML §13.2.6.4.7).
pub(super) fn closes_p(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
    ) || is_heading(name)
        || matches!(name, "li" | "dd" | "dt")
}

/// `h1` to `h6`.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Parts of a table, down to its cells.
pub(super) fn is_table_part(name: &str) -> bool {
    matches!(name, "caption" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th")
}

/// Elements that may hold nothing but parts of a table.
pub(super) fn is_table_frame(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr")
}

/// Elements that no end tag or implied end from inside reaches over.
pub(super) fn is_scope(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption")
}
