//! Jitter without dice: where in its window a document's next request falls. The same document at the same moment has
//! the same luck, so that runs can be repeated. Pure.

use chrono::{DateTime, Utc};

use crate::store::DocumentKey;

/// From 0 up to 1, evenly spread over documents and moments.
#[must_use]
pub fn luck(document: &DocumentKey, now: DateTime<Utc>) -> f64 {
    let mut said = Vec::with_capacity(128);
    for part in [document.source.as_str(), &document.scope] {
        said.extend_from_slice(&(part.len() as u64).to_le_bytes());
        said.extend_from_slice(part.as_bytes());
    }
    said.extend_from_slice(&now.timestamp_millis().to_le_bytes());
    let digest = blake3::hash(&said);
    let bytes = std::array::from_fn(|place| digest.as_bytes()[place]);
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
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
}
