//! Sets of ASCII characters, asked of every byte of a text.

/// A set of bytes, as a table: a look-up a byte, however many there are in it.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    /// ASCII letters and digits, and these.
    pub(crate) const fn alphanumeric_and(others: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut byte = 0_u8;
        while byte < 128 {
            table[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        let mut at = 0;
        while at < others.len() {
            table[others[at] as usize] = true;
            at += 1;
        }
        Self(table)
    }

    /// Whether a byte is in the set.
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.0[byte as usize]
    }

    /// Whether all are. Looks at all of them: without a way out in the middle it is the faster.
    pub(crate) fn has_all(&self, bytes: &[u8]) -> bool {
        bytes.iter().fold(true, |all, &byte| all & self.has(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_letters_digits_and_what_it_was_given() {
        const SET: ByteSet = ByteSet::alphanumeric_and(b"-.");
        for byte in 0..=u8::MAX {
            let wanted = byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            assert_eq!((SET.has(byte), SET.has_all(&[b'a', byte])), (wanted, wanted), "{byte}");
        }
    }
}
