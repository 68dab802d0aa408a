//! What had to be repaired: counted by place while reading, told with line and column afterwards.

use crate::model::parts::Warning;

/// As many repairs of one kind as are told one by one; of the others, how many there are.
const MAX_ALIKE: u32 = 20;

/// What was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::parse) enum Fault {
    BareAmpersand,
    BareLessThan,
    UndeclaredEntity,
    UnknownEntity,
    OpenReference,
    BadReference,
    ControlCharacter,
    EntityExpansion,
    UnclosedElement,
    UnmatchedEnd,
    UnclosedTag,
    UnclosedQuote,
    UnclosedCdata,
    NestedCdata,
    MarkupInCdata,
    UnclosedComment,
    LateDeclaration,
    BogusMarkup,
    TooDeep,
    TooManyEntries,
    UndeclaredPrefix,
    BadBase,
    BadDate,
    UnsafeUrl,
    TextBeforeRoot,
    BehindRoot,
}

impl Fault {
    /// The stable short name, and what was done about it.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::BareAmpersand => ("bare-ampersand", "an `&` that begins no entity, taken literally"),
            Self::BareLessThan => ("bare-less-than", "a `<` that begins no tag, taken literally"),
            Self::UndeclaredEntity => {
                ("undeclared-entity", "an entity of HTML that nobody declared, resolved")
            }
            Self::OpenReference => ("open-reference", "a reference without its semicolon, resolved"),
            Self::BadReference => {
                ("bad-reference", "the number of no character, read as windows-1252 or replaced")
            }
            Self::ControlCharacter => {
                ("control-character", "control characters that XML forbids, left out here and further on")
            }
            Self::UnknownEntity => ("unknown-entity", "an entity nobody declared, left as written"),
            Self::EntityExpansion => {
                ("entity-expansion", "too much text from declared entities, left as written")
            }
            Self::UnclosedElement => ("unclosed-element", "an element that was not closed, closed here"),
            Self::UnmatchedEnd => ("unmatched-end", "an end tag that closes nothing, passed over"),
            Self::UnclosedTag => ("unclosed-tag", "a tag without its `>`, ended before the next tag"),
            Self::UnclosedQuote => {
                ("unclosed-quote", "an attribute value without its closing quote, ended with the tag")
            }
            Self::UnclosedCdata => {
                ("unclosed-cdata", "a CDATA section without `]]>`, ended with its element")
            }
            Self::NestedCdata => ("nested-cdata", "a CDATA section in a CDATA section, read as one"),
            Self::MarkupInCdata => {
                ("markup-in-cdata", "elements in a CDATA section, read as if they stood there by themselves")
            }
            Self::LateDeclaration => {
                ("late-declaration", "an XML declaration that is not the first thing, passed over")
            }
            Self::UnclosedComment => {
                ("unclosed-comment", "a comment or instruction without its end, ended at the next `>`")
            }
            Self::BogusMarkup => ("bogus-markup", "a declaration that is none, passed over"),
            Self::TooDeep => ("too-deep", "elements nested too deeply, read as their text"),
            Self::TooManyEntries => ("too-many-entries", "more entries than are read, the rest left out"),
            Self::UndeclaredPrefix => {
                ("undeclared-prefix", "a prefix nobody declared, read as what it usually means")
            }
            Self::BadBase => ("bad-base", "an xml:base that is no usable URL, passed over"),
            Self::BadDate => ("bad-date", "a date that cannot be read, left out"),
            Self::UnsafeUrl => ("unsafe-url", "a URL that runs or carries content, left out"),
            Self::TextBeforeRoot => {
                ("text-before-root", "text or markup before the root element, passed over")
            }
            Self::BehindRoot => {
                ("behind-root", "text or markup behind the root element; entries in it are read")
            }
        }
    }
}

/// The repairs of one document, by byte offset.
#[derive(Debug, Default)]
pub(in crate::ingest::parse) struct Repairs {
    found: Vec<(usize, Fault)>,
    /// How many there are of each kind, told or not.
    counts: Vec<(Fault, u32)>,
}

impl Repairs {
    /// Notes a repair; beyond [`MAX_ALIKE`] it is only counted.
    pub(in crate::ingest::parse) fn note(&mut self, offset: usize, fault: Fault) {
        if self.found.last() == Some(&(offset, fault)) {
            return;
        }
        let known = self.counts.iter().position(|(kind, _)| *kind == fault).unwrap_or_else(|| {
            self.counts.push((fault, 0));
            self.counts.len() - 1
        });
        let count = &mut self.counts[known].1;
        *count = count.saturating_add(1);
        if *count <= MAX_ALIKE {
            self.found.push((offset, fault));
        }
    }

    /// The repairs in document order, with their places in the text: one pass over it, only if there are any.
    pub(in crate::ingest::parse) fn told(mut self, text: &str) -> Vec<Warning> {
        self.found.sort_by_key(|&(offset, _)| offset);
        let (mut line, mut line_start, mut seen) = (1_u32, 0, 0);
        let mut warnings = Vec::with_capacity(self.found.len());
        for (offset, fault) in self.found {
            let offset = text.floor_char_boundary(offset);
            for newline in memchr::memchr_iter(b'\n', &text.as_bytes()[seen..offset]) {
                line = line.saturating_add(1);
                line_start = seen + newline + 1;
            }
            seen = offset;
            let (code, message) = fault.told();
            let excerpt = excerpt(&text[offset..]);
            warnings.push(Warning {
                line,
                column: column(&text[line_start..offset]),
                code,
                message: if excerpt.is_empty() {
                    message.to_owned()
                } else {
                    format!("{message}: `{excerpt}`")
                },
            });
        }
        tell_how_many(&mut warnings, &self.counts);
        warnings
    }
}

/// Adds to the last warning of a kind how many more there are.
fn tell_how_many(warnings: &mut [Warning], counts: &[(Fault, u32)]) {
    for &(fault, count) in counts.iter().filter(|(_, count)| *count > MAX_ALIKE) {
        let code = fault.told().0;
        if let Some(last) = warnings.iter_mut().rev().find(|warning| warning.code == code) {
            last.message.push_str(&format!(", and {} more like it", count - MAX_ALIKE));
        }
    }
}

/// The column behind a line's beginning, from 1, in characters. A line longer than this is machine-made: bytes do.
fn column(before: &str) -> u32 {
    const COUNTED: usize = 4096;
    let count = if before.len() <= COUNTED { before.chars().count() } else { before.len() };
    u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1)
}

/// The first characters of what stands there, on one line.
fn excerpt(text: &str) -> String {
    const SHOWN: usize = 32;
    let shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_are_told_in_document_order_with_line_and_column() {
        let mut repairs = Repairs::default();
        let text = "<a>\né &\n</b>";
        repairs.note(9, Fault::UnmatchedEnd);
        repairs.note(7, Fault::BareAmpersand);
        let told = repairs.told(text);
        let places: Vec<_> = told.iter().map(|w| (w.line, w.column, w.code)).collect();
        assert_eq!(places, [(2, 3, "bare-ampersand"), (3, 1, "unmatched-end")]);
        assert!(told[1].message.ends_with("`</b>`"), "{}", told[1].message);
    }

    #[test]
    fn of_many_repairs_of_one_kind_the_first_are_told_and_the_rest_counted() {
        let mut repairs = Repairs::default();
        (0..500).for_each(|at| repairs.note(at, Fault::BareAmpersand));
        repairs.note(500, Fault::UnmatchedEnd);
        let told = repairs.told(&"&".repeat(501));
        assert_eq!(told.len(), 21);
        assert!(told[19].message.ends_with(", and 480 more like it"), "{}", told[19].message);
        assert_eq!(told[20].code, "unmatched-end");
    }
}
