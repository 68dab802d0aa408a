//! The names things go by: config ids and the short id of an article.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! config_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a name that the config loader (or the store, which had it from there) has checked.
            #[must_use]
            pub fn new(name: &str) -> Self {
                Self(Arc::from(name))
            }

            /// The name as it stands in `config.toml`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

config_id! {
    /// A source's table name in `config.toml`: `[sources.<id>]`.
    SourceId
}
config_id! {
    /// An output feed's table name in `config.toml`: `[feeds.<id>]`; also the stem of its files.
    FeedId
}

/// Crockford's base 32 in lower case: no `i`, `l`, `o`, `u`, so an id survives being read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS: usize = 12;

/// An article's short id: 60 bits, printed as 12 characters, the same in every store that saw the
/// same article first under the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u64);

impl ArticleId {
    /// The id of a 64-bit number; its four highest bits are dropped.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number & ((1 << 60) - 1))
    }

    /// The number behind the id, below 2^60.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits: String = (0..DIGITS)
            .rev()
            .map(|place| char::from(ALPHABET[(self.0 >> (place * 5)) as usize & 31]))
            .collect();
        f.pad(&digits)
    }
}

/// The text is no article id: it wants 12 characters of Crockford's base 32.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an article id (12 characters of 0-9 and a-z without i, l, o, u; `feedmill list` shows them)"
)]
pub struct NotAnId(pub String);

impl FromStr for ArticleId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let fault = || NotAnId(text.to_owned());
        if text.len() != DIGITS {
            return Err(fault());
        }
        text.bytes()
            .try_fold(0u64, |number, byte| {
                let digit = ALPHABET
                    .iter()
                    .position(|&known| known == byte.to_ascii_lowercase())
                    .ok_or_else(fault)?;
                Ok(number << 5 | digit as u64)
            })
            .map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_id_reads_back_as_it_was_printed() {
        for number in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = ArticleId::new(number);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        }
        assert!("12345678901i".parse::<ArticleId>().is_err());
        assert!("short".parse::<ArticleId>().is_err());
    }
}
