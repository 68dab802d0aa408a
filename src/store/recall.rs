//! What is remembered of many documents at once: their texts in one piece, since thousands of them wait for their turn
//! together, and few have it at a time.

use std::cmp::Ordering;

use super::{DocumentRow, DocumentState};

/// What is remembered of the documents of many sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recall {
    texts: String,
    documents: Vec<Kept>,
    /// By source, then by scope.
    order: Vec<Place>,
}

/// A document that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered<'a> {
    /// As in [`super::DocumentKey::scope`].
    pub scope: &'a str,
    /// Where the store finds it at once, if it can.
    pub row: Option<DocumentRow>,
    /// Its state.
    pub state: DocumentState<&'a str>,
}

/// Where a [`Recall`] has a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(usize);

/// A document by its source's place in the question. To be put in order they are small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    source: usize,
    slot: Slot,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    /// Where its texts begin.
    start: usize,
    scope: Span,
    row: Option<DocumentRow>,
    state: DocumentState<Span>,
}

/// A part of the texts of a document. No store keeps 4 GB of them for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u32,
    end: u32,
}

impl Recall {
    /// With room for so many documents.
    #[must_use]
    pub fn with_capacity(documents: usize) -> Self {
        Self {
            texts: String::new(),
            documents: Vec::with_capacity(documents),
            order: Vec::with_capacity(documents),
        }
    }

    /// Keeps a document of the source that stands at this place in the question. When all are there,
    /// [`Recall::in_order`] makes them findable.
    pub fn keep(&mut self, source: usize, document: &Remembered<'_>) {
        let start = self.texts.len();
        let texts = &mut self.texts;
        let mut keep = |text: &str| {
            let from = texts.len();
            texts.push_str(text);
            let [start, end] =
                [from, texts.len()].map(|place| u32::try_from(place - start).unwrap_or(u32::MAX));
            Span { start, end }
        };
        let scope = keep(document.scope);
        let state = document.state.with_texts(|text| keep(text));
        self.order.push(Place { source, slot: Slot(self.documents.len()) });
        self.documents.push(Kept { start, scope, row: document.row, state });
    }

    /// The same, in the order in which they are looked for.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        let mut order = std::mem::take(&mut self.order);
        order.sort_unstable_by(|one, other| {
            one.source.cmp(&other.source).then_with(|| self.scope(one).cmp(self.scope(other)))
        });
        Self { order, ..self }
    }

    /// The documents of the source that stands at this place in the question, by scope.
    pub fn of(&self, source: usize) -> impl Iterator<Item = Remembered<'_>> {
        let first = self.order.partition_point(|place| place.source < source);
        let those = self.order[first..].iter().take_while(move |place| place.source == source);
        those.filter_map(|place| self.at(place.slot))
    }

    /// Where a document is, if it is remembered.
    #[must_use]
    pub fn find(&self, source: usize, scope: &str) -> Option<Slot> {
        let compare = |place: &Place| self.compare(place, (source, scope));
        // Where each source has one document, that stands in the place of its source.
        let found = self.order.get(source).filter(|place| compare(place).is_eq()).or_else(|| {
            let place = self.order.binary_search_by(compare);
            self.order.get(place.ok()?)
        });
        found.map(|place| place.slot)
    }

    /// The document there.
    #[must_use]
    pub fn at(&self, slot: Slot) -> Option<Remembered<'_>> {
        let kept = self.documents.get(slot.0)?;
        let text = |span: &Span| kept.text(&self.texts, *span);
        Some(Remembered { scope: text(&kept.scope), row: kept.row, state: kept.state.with_texts(text) })
    }

    /// Scopes are only looked at where they tell documents apart.
    fn compare(&self, place: &Place, (source, scope): (usize, &str)) -> Ordering {
        place.source.cmp(&source).then_with(|| self.scope(place).cmp(scope))
    }

    fn scope(&self, place: &Place) -> &str {
        let kept = self.documents.get(place.slot.0);
        kept.map_or("", |kept| kept.text(&self.texts, kept.scope))
    }
}

impl Kept {
    fn text<'a>(&self, texts: &'a str, Span { start, end }: Span) -> &'a str {
        texts.get(self.start + start as usize..self.start + end as usize).unwrap_or_default()
    }
}

impl<S> DocumentState<S> {
    /// The same, its texts held otherwise.
    fn with_texts<'a, T>(&'a self, mut hold: impl FnMut(&'a S) -> T) -> DocumentState<T> {
        let mut held = |text: &'a Option<S>| text.as_ref().map(&mut hold);
        DocumentState {
            url: held(&self.url),
            etag: held(&self.etag),
            last_modified: held(&self.last_modified),
            body_hash: held(&self.body_hash),
            last_at: self.last_at,
            next_at: self.next_at,
            last_ok: self.last_ok,
            failures: self.failures,
            error: held(&self.error),
            entries: self.entries,
            is_page: self.is_page,
            validators_of: held(&self.validators_of),
            moved_to: held(&self.moved_to),
            gone_since: self.gone_since,
            wait_until: self.wait_until,
            rhythm: self.rhythm,
            traffic: self.traffic,
            missing: self.missing.clone(),
        }
    }
}

impl DocumentState {
    /// The same, with borrowed texts.
    #[must_use]
    pub fn as_view(&self) -> DocumentState<&str> {
        self.with_texts(String::as_str)
    }
}

impl DocumentState<&str> {
    /// With texts of its own.
    #[must_use]
    pub fn into_owned(self) -> DocumentState {
        self.with_texts(|text| (*text).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = Option<String>> {
        proptest::option::of("[a-zé\"]{0,4}")
    }

    fn state() -> impl Strategy<Value = DocumentState> {
        let texts = proptest::array::uniform7(text());
        (texts, any::<u32>(), any::<bool>()).prop_map(|(texts, entries, is_page)| {
            let [url, etag, last_modified, body_hash, error, validators_of, moved_to] = texts;
            DocumentState {
                url,
                etag,
                last_modified,
                body_hash,
                error,
                validators_of,
                moved_to,
                entries,
                is_page,
                ..DocumentState::default()
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_is_found_by_source_and_scope_as_it_was(
            documents in prop::collection::btree_map((0_usize..5, "[ab]{0,2}"), state(), 0..12).prop_map(Vec::from_iter).prop_shuffle(),
        ) {
            let mut recall = Recall::default();
            for ((source, scope), state) in &documents {
                let row = Some(DocumentRow(i64::from(state.entries)));
                recall.keep(*source, &Remembered { scope, row, state: state.as_view() });
            }
            let recall = recall.in_order();
            for ((source, scope), state) in &documents {
                let found = recall.find(*source, scope).and_then(|slot| recall.at(slot)).unwrap();
                prop_assert_eq!((found.scope, found.row), (scope.as_str(), Some(DocumentRow(i64::from(state.entries)))));
                prop_assert_eq!(&found.state.into_owned(), state);
            }
            for source in 0..5 {
                prop_assert!(recall.find(source, "c").is_none());
                let scopes: Vec<&str> = recall.of(source).map(|document| document.scope).collect();
                let of_source = documents.iter().filter(|((of, _), _)| *of == source);
                let mut expected: Vec<&str> = of_source.map(|((_, scope), _)| scope.as_str()).collect();
                expected.sort_unstable();
                prop_assert_eq!(scopes, expected);
            }
        }
    }
}
