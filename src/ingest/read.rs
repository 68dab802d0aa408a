//! A feed document's bytes to its record.

use crate::model::FeedDocument;

use super::decode::decode;
use super::parse::{Hints, ParseError, parse};

/// As many repairs of one document as are told.
const MAX_WARNINGS: usize = 100;

/// Decodes and parses a feed document. Its record names the encoding used; what was repaired in decoding comes first
/// among the warnings.
///
/// # Errors
/// [`ParseError`] when there is no feed in it.
pub fn read_feed(bytes: &[u8], hints: &Hints) -> Result<FeedDocument, ParseError> {
    let decoded = decode(bytes, hints);
    let mut document = parse(&decoded.text, hints)?;
    document.encoding = Some(decoded.encoding.to_owned());
    document.warnings.splice(0..0, decoded.warnings);
    document.warnings.truncate(MAX_WARNINGS);
    Ok(document)
}
