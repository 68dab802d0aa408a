//! The entries of one document: each once, under the keys that count.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use foldhash::{HashSet, HashSetExt as _};

use super::fingerprint;
use crate::model::{Draft, Fingerprint, Key};

/// The keys to look up before deciding: those that count, and where no guid does, the digest of the whole body, by
/// which an entry without any key that counts is kept.
#[must_use]
pub fn keys_to_ask(drafts: &[Draft]) -> BTreeSet<Key> {
    let mut keys = Vec::with_capacity(3 * drafts.len());
    for (draft, counting) in drafts.iter().zip(counting_keys(drafts)) {
        let Some(counting) = counting else { continue };
        if asks_by_body(&counting) {
            keys.push(body_key(fingerprint(&draft.body)));
        }
        keys.extend(counting.into_iter().cloned());
    }
    keys.into_iter().collect()
}

/// An entry as it is matched.
pub(super) struct Entry<'a> {
    pub(super) draft: &'a Draft,
    pub(super) fingerprint: Fingerprint,
    /// Those that are unique in the document, strongest first.
    pub(super) keys: Vec<&'a Key>,
    /// Where no guid counts: the digest of the body as a key.
    pub(super) body_key: Option<Key>,
    /// Whether that is the only lasting thing that is known of it: no guid and no link counts, and a date may change.
    pub(super) is_kept_by_body: bool,
}

impl<'a> Entry<'a> {
    fn new(draft: &'a Draft, keys: Vec<&'a Key>) -> Self {
        let fingerprint = fingerprint(&draft.body);
        let body_key = asks_by_body(&keys).then(|| body_key(fingerprint));
        let is_kept_by_body = keys.iter().all(|key| matches!(key, Key::Hash(_)));
        Self { draft, fingerprint, keys, body_key, is_kept_by_body }
    }

    pub(super) fn guid(&self) -> Option<&'a Key> {
        self.key(|key| matches!(key, Key::Guid(_)))
    }

    pub(super) fn link(&self) -> Option<&'a Key> {
        self.key(|key| matches!(key, Key::Link(_)))
    }

    pub(super) fn hash(&self) -> Option<&'a Key> {
        self.key(|key| matches!(key, Key::Hash(_)))
    }

    fn key(&self, wanted: impl Fn(&Key) -> bool) -> Option<&'a Key> {
        self.keys.iter().copied().find(|key| wanted(key))
    }

    /// Whether its hash is one of title and date: a title alone comes again ("Daily links").
    pub(super) fn is_dated(&self) -> bool {
        is_dated(self.draft)
    }
}

/// One entry a draft; `None` where the same entry stands in the document again.
pub(super) fn entries(drafts: &[Draft]) -> Vec<Option<Entry<'_>>> {
    let mut entries: Vec<Option<Entry<'_>>> = drafts
        .iter()
        .zip(counting_keys(drafts))
        .map(|(draft, keys)| keys.map(|keys| Entry::new(draft, keys)))
        .collect();
    let keyless = || {
        let keyless =
            |entry: &Option<Entry<'_>>| entry.as_ref().filter(|e| e.keys.is_empty()).map(|e| e.fingerprint);
        entries.iter().enumerate().filter_map(move |(place, entry)| Some((keyless(entry)?, place)))
    };
    let kept = one_of_each(drafts, keyless());
    let again: Vec<usize> = keyless().map(|(_, place)| place).filter(|place| !kept.contains(place)).collect();
    for place in again {
        entries[place] = None;
    }
    forget_shared_bodies(&mut entries);
    entries
}

/// A body that entries with keys of their own share tells them no more apart than a shared key does.
fn forget_shared_bodies(entries: &mut [Option<Entry<'_>>]) {
    if entries.iter().flatten().all(|entry| entry.body_key.is_none()) {
        return;
    }
    let mut alike: HashMap<Fingerprint, usize> = HashMap::new();
    for entry in entries.iter().flatten() {
        *alike.entry(entry.fingerprint).or_default() += 1;
    }
    for entry in entries.iter_mut().flatten().filter(|entry| !entry.keys.is_empty()) {
        if alike[&entry.fingerprint] > 1 {
            (entry.body_key, entry.is_kept_by_body) = (None, false);
        }
    }
}

fn asks_by_body(counting: &[&Key]) -> bool {
    !counting.iter().any(|key| matches!(key, Key::Guid(_)))
}

fn body_key(Fingerprint(bytes): Fingerprint) -> Key {
    Key::Hash(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// For each draft the keys that no other draft has: a key shared inside one document tells no articles apart.
fn counting_keys(drafts: &[Draft]) -> Vec<Option<Vec<&Key>>> {
    // So it is in nearly every document: then each draft is an entry of its own, and all its keys count.
    let mut keys = HashSet::with_capacity(3 * drafts.len());
    if drafts.iter().all(|draft| !draft.keys.is_empty() && draft.keys.iter().all(|key| keys.insert(key))) {
        return drafts.iter().map(|draft| Some(draft.keys.iter().collect())).collect();
    }
    let kept = kept(drafts);
    let mut holders: HashMap<&Key, Option<usize>> = HashMap::new();
    for &place in &kept {
        for key in &drafts[place].keys {
            let holder = holders.entry(key).or_insert(Some(place));
            *holder = holder.filter(|&first| first == place);
        }
    }
    let mut counting = vec![None; drafts.len()];
    for place in kept {
        let mut keys: Vec<&Key> =
            drafts[place].keys.iter().filter(|key| holders[*key] == Some(place)).collect();
        keys.dedup();
        counting[place] = Some(keys);
    }
    counting
}

/// The places of the drafts without doubles.
fn kept(drafts: &[Draft]) -> BTreeSet<usize> {
    let mut alike: HashMap<&[Key], usize> = HashMap::new();
    for draft in drafts {
        *alike.entry(&draft.keys).or_default() += 1;
    }
    let class = |(place, draft)| {
        let draft: &Draft = draft;
        let by_words = alike[&draft.keys[..]] > 1 && !says_all(draft);
        ((draft.keys.as_slice(), by_words.then(|| fingerprint(&draft.body))), place)
    };
    one_of_each(drafts, drafts.iter().enumerate().map(class))
}

/// Of each class of drafts that are one entry, the place of the one to keep: the one updated last. Where that does not
/// decide, anything will do but the order.
fn one_of_each<C: Eq + Hash>(drafts: &[Draft], classes: impl Iterator<Item = (C, usize)>) -> BTreeSet<usize> {
    let rank = |place: usize| {
        let draft = &drafts[place];
        (draft.updated, draft.published, fingerprint(&draft.body).0, &draft.keys)
    };
    let mut best: HashMap<C, usize> = HashMap::new();
    for (class, place) in classes {
        let later = |first: &mut usize| *first = if rank(place) > rank(*first) { place } else { *first };
        best.entry(class).and_modify(later).or_insert(place);
    }
    best.into_values().collect()
}

/// Whether a draft's keys are all there can be. Two drafts that agree in id, link, title and date are one entry
/// even where their words differ; two that agree in less may be two entries of a careless feed.
fn says_all(draft: &Draft) -> bool {
    let has = |wanted: fn(&Key) -> bool| draft.keys.iter().any(wanted);
    is_dated(draft)
        && has(|key| matches!(key, Key::Guid(_)))
        && has(|key| matches!(key, Key::Link(_)))
        && has(|key| matches!(key, Key::Hash(_)))
}

fn is_dated(draft: &Draft) -> bool {
    draft.published.or(draft.updated).is_some()
}
