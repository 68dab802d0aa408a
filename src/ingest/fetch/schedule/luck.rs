//! Jitter without dice: where in its window a document's next request falls. The same document at the same moment has
//! the same luck, so that runs can be repeated. Pure.

use chrono::{DateTime, Utc};

use crate::store::DocumentKey;

/// From 0 up to 1, evenly spread over documents and moments.
#[must_use]
pub fn luck(document: &DocumentKey, now: DateTime<Utc>) -> f64 {
    let mut mixed = now.timestamp_millis().cast_unsigned();
    for part in [document.source.as_str(), &document.scope] {
        mixed = mix(mixed ^ part.len() as u64);
        for word in part.as_bytes().chunks(8) {
            mixed = mix(mixed ^ little_endian(word));
        }
    }
    let [a, b, c, d, ..] = mixed.to_le_bytes();
    f64::from(u32::from_le_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

/// The finalizer of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014): each bit
/// of what comes out hangs on each bit that goes in. Nobody gains by foretelling his luck: no secret, and no digest.
fn mix(word: u64) -> u64 {
    let word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// Up to eight bytes as a number.
fn little_endian(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;

    use super::super::tests::now;
    use super::*;
    use crate::model::SourceId;

    fn document(number: i32) -> DocumentKey {
        DocumentKey { source: SourceId::new(&format!("s{number}")), scope: String::new() }
    }

    #[test]
    fn luck_is_evenly_spread_over_documents_and_over_moments() {
        let documents: Vec<f64> = (0..1000).map(|number| luck(&document(number), now())).collect();
        let moments: Vec<f64> =
            (0..1000).map(|minutes| luck(&document(1), now() + TimeDelta::minutes(minutes))).collect();
        for all in [documents, moments] {
            assert!(all.iter().all(|luck| (0.0..1.0).contains(luck)));
            for tenth in 0..10 {
                let count = all.iter().filter(|&&luck| (luck * 10.0).floor() == f64::from(tenth)).count();
                assert!((60..=140).contains(&count), "{count} of 1000 in the tenth {tenth}");
            }
        }
    }

    #[test]
    fn the_same_document_at_the_same_moment_has_the_same_luck() {
        assert_eq!(luck(&document(1), now()).to_bits(), luck(&document(1), now()).to_bits());
    }

    #[test]
    fn luck_is_the_same_for_every_version_and_on_every_machine() {
        assert_eq!((luck(&document(1), now()) * 1e6).floor(), 266_407.0);
    }

    #[test]
    fn documents_of_one_source_have_each_their_own_luck() {
        let page = |scope: &str| DocumentKey { scope: scope.to_owned(), ..document(1) };
        let scopes = ["", "\0", "https://example.org/a", "https://example.org/b", "https://example.org/a\0"];
        let all: BTreeSet<u64> = scopes.map(|scope| luck(&page(scope), now()).to_bits()).into();
        assert_eq!(all.len(), scopes.len());
    }
}
