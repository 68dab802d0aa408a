//! Code pages of one byte a character that the WHATWG standard does not have: DOS, Macintosh, EBCDIC and a few
//! others, in `pages.txt`.
//!
//! A line of it is the page's name (IANA's where there is one), its other names as [`label`](super::label) compares
//! them, a tab, and its characters: 128 from byte 0x80 on, below which it is ASCII, or of an EBCDIC page 192 from
//! byte 0x40 on. A byte that is no character has U+FFFD.

use super::REPLACEMENT;

const PAGES: &str = include_str!("pages.txt");

/// What EBCDIC has below 0x40, the same in all its pages. The line ends 0x15 (NEL) and 0x25 (LF) are both `\n`.
const EBCDIC_CONTROLS: &str = "\0\u{1}\u{2}\u{3}\u{9c}\t\u{86}\u{7f}\u{97}\u{8d}\u{8e}\u{b}\u{c}\r\u{e}\u{f}\
    \u{10}\u{11}\u{12}\u{13}\u{9d}\n\u{8}\u{87}\u{18}\u{19}\u{92}\u{8f}\u{1c}\u{1d}\u{1e}\u{1f}\
    \u{80}\u{81}\u{82}\u{83}\u{84}\n\u{17}\u{1b}\u{88}\u{89}\u{8a}\u{8b}\u{8c}\u{5}\u{6}\u{7}\
    \u{90}\u{91}\u{16}\u{93}\u{94}\u{95}\u{96}\u{4}\u{98}\u{99}\u{9a}\u{9b}\u{14}\u{15}\u{9e}\u{1a}";

/// All pages.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = Page> {
    PAGES.lines().filter_map(Page::of)
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) name: &'static str,
    /// Of the bytes from 0x80, or of an EBCDIC page from 0x40 on.
    characters: &'static str,
}

impl Page {
    /// The page of that name, in lower-case letters and digits only: `437`, `macgreek`.
    pub(super) fn called(bare: &str) -> Option<Self> {
        PAGES
            .lines()
            .find(|line| {
                let names = line.split('\t').next().unwrap_or_default();
                let name =
                    names.split(' ').next().unwrap_or_default().bytes().filter(u8::is_ascii_alphanumeric);
                name.eq(bare.bytes()) || names.split(' ').any(|other| other == bare)
            })
            .and_then(Self::of)
    }

    fn of(line: &'static str) -> Option<Self> {
        let (names, characters) = line.split_once('\t')?;
        Some(Self { name: names.split(' ').next()?, characters })
    }

    /// The page in which an EBCDIC document's declaration is read: the letters and digits are where all have them.
    pub(super) fn of_ebcdic() -> Option<Self> {
        Self::called("ibm037")
    }

    /// Whether its letters, digits and brackets are elsewhere than ASCII's.
    pub(super) fn is_ebcdic(self) -> bool {
        // The first of 192 is that of 0x40, a blank; no page of the others has one at 0x80.
        self.characters.starts_with(' ')
    }

    /// The text, and whether every byte was a character.
    pub(super) fn decode(self, bytes: &[u8]) -> (String, bool) {
        let table: Vec<char> = if self.is_ebcdic() {
            EBCDIC_CONTROLS.chars().chain(self.characters.chars()).collect()
        } else {
            (0..0x80_u8).map(char::from).chain(self.characters.chars()).collect()
        };
        let mut clean = true;
        let text = bytes.iter().map(|&byte| {
            let character = table.get(usize::from(byte)).copied().unwrap_or(REPLACEMENT);
            clean &= character != REPLACEMENT;
            character
        });
        (text.collect(), clean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_page_of_256_bytes() {
        for page in all() {
            let bytes: Vec<u8> = (0..=255).collect();
            assert_eq!(page.decode(&bytes).0.chars().count(), 256, "{}", page.name);
            let expected = if page.is_ebcdic() { 192 } else { 128 };
            assert_eq!(page.characters.chars().count(), expected, "{}", page.name);
        }
    }

    #[test]
    fn no_name_is_that_of_two_pages() {
        let mut names: Vec<&str> =
            PAGES.lines().flat_map(|line| line.split('\t').next().unwrap().split(' ')).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
