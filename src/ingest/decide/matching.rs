//! Whose an entry is. Strong evidence first: one round a kind of key, and in each round an article goes to the one
//! entry that fits it best, so the order of a document decides nothing.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::Known;
use super::entries::{Entry, entries};
use crate::model::{ArticleId, Draft, Fingerprint, Key};

/// Keys of one kind kept for one article. A source that gives an article a new guid, link or date at each fetch
/// would else add one each time; so many are enough to know that this kind of key says nothing here.
const KEYS_OF_A_KIND: u32 = 8;

/// What a draft is.
pub(super) enum Identity {
    /// An article not seen before, under at least one key.
    New(Found),
    /// A known article, maybe under further keys.
    Known(ArticleId, Found),
    /// An entry that stands in the document already.
    Twice,
}

/// What matching an entry found out about it.
pub(super) struct Found {
    /// The keys to add to its article, strongest first; `None`: all of the draft's own, and no others.
    pub(super) keys: Option<Vec<Key>>,
    /// Of its body.
    pub(super) fingerprint: Fingerprint,
}

/// Says what each draft of a document is.
pub(super) fn identify(drafts: &[Draft], known: &Known) -> Vec<Identity> {
    let entries = entries(drafts);
    let mut matcher = Matcher::new(entries.iter().flatten().collect(), known);
    matcher.run();
    let mut matched = matcher.matched.iter();
    let mut made = HashSet::new();
    let mut identities = Vec::with_capacity(drafts.len());
    for entry in &entries {
        let Some(entry) = entry else {
            identities.push(Identity::Twice);
            continue;
        };
        identities.push(match matched.next().copied().flatten() {
            Some(id) => matcher.known_article(entry, id),
            None => matcher.new_article(entry, &mut made),
        });
    }
    identities
}

struct Matcher<'a> {
    entries: Vec<&'a Entry<'a>>,
    known: &'a Known,
    matched: Vec<Option<ArticleId>>,
    claimed: HashSet<ArticleId>,
    has_guids: bool,
    rekeyed: bool,
}

impl<'a> Matcher<'a> {
    fn new(entries: Vec<&'a Entry<'a>>, known: &'a Known) -> Self {
        let matched = vec![None; entries.len()];
        let has_guids = entries.iter().any(|entry| entry.guid().is_some());
        Self { entries, known, matched, claimed: HashSet::new(), has_guids, rekeyed: false }
    }

    fn run(&mut self) {
        self.claim(Self::by_guid);
        self.rekeyed = self.looks_rekeyed();
        self.claim(Self::by_link_unless_title_and_date_disagree);
        self.claim(Self::by_title_and_date);
        self.claim(Self::by_link);
        self.claim(Self::by_body);
    }

    /// One round: gives each unclaimed article to the best of the entries that ask for it.
    fn claim(&mut self, wanted: fn(&Self, &Entry<'a>) -> Option<ArticleId>) {
        let mut best: HashMap<ArticleId, usize> = HashMap::new();
        for (place, entry) in self.entries.iter().enumerate() {
            if self.matched[place].is_some() {
                continue;
            }
            let Some(id) = wanted(self, entry).filter(|id| self.is_free(*id)) else { continue };
            best.entry(id).and_modify(|first| *first = self.fitter(id, *first, place)).or_insert(place);
        }
        for (id, place) in best {
            self.matched[place] = Some(id);
            self.claimed.insert(id);
        }
    }

    fn is_free(&self, id: ArticleId) -> bool {
        self.known.articles.contains_key(&id) && !self.claimed.contains(&id)
    }

    fn fitter(&self, id: ArticleId, one: usize, other: usize) -> usize {
        if self.fit(id, self.entries[other]) > self.fit(id, self.entries[one]) { other } else { one }
    }

    /// How well an entry fits an article; no two entries of a document fit equally well, for keys that count differ.
    fn fit(&self, id: ArticleId, entry: &Entry<'a>) -> impl Ord + use<'a> {
        let unchanged =
            self.known.articles.get(&id).is_some_and(|known| known.fingerprint == entry.fingerprint);
        let shared = entry.keys.iter().filter(|key| self.owner(key) == Some(id)).count();
        (unchanged, shared, Reverse(entry.keys.clone()), entry.fingerprint.0)
    }

    fn owner(&self, key: &Key) -> Option<ArticleId> {
        self.known.by_key.get(key).copied()
    }

    fn by_guid(&self, entry: &Entry<'a>) -> Option<ArticleId> {
        self.owner(entry.guid()?)
    }

    fn by_link_unless_title_and_date_disagree(&self, entry: &Entry<'a>) -> Option<ArticleId> {
        let id = self.by_link(entry)?;
        let named = entry.hash().and_then(|hash| self.owner(hash));
        named.is_none_or(|named| named == id).then_some(id)
    }

    fn by_link(&self, entry: &Entry<'a>) -> Option<ArticleId> {
        let id = self.owner(entry.link()?)?;
        (!self.is_another_at_the_same_link(entry, id)).then_some(id)
    }

    /// A page may carry one article after the other: an entry with a guid of its own and another title or date than
    /// the article known there is the next one, unless it was renamed.
    fn is_another_at_the_same_link(&self, entry: &Entry<'a>, id: ArticleId) -> bool {
        let not_its = |key: Option<&Key>| key.is_some_and(|key| self.owner(key) != Some(id));
        not_its(entry.guid())
            && not_its(entry.hash())
            && entry.guid().is_some_and(|guid| self.keys_like(id, guid) > 0)
            && !self.may_be_renamed(entry, id)
    }

    fn by_title_and_date(&self, entry: &Entry<'a>) -> Option<ArticleId> {
        let id = self.owner(entry.hash()?)?;
        let title_will_do = entry.guid().is_none() && entry.link().is_none();
        (entry.is_dated() || title_will_do || self.may_be_renamed(entry, id)).then_some(id)
    }

    /// Whether the source may have given an article this entry's new name: it renamed most of the document, or did so
    /// to this article often before.
    fn may_be_renamed(&self, entry: &Entry<'a>, id: ArticleId) -> bool {
        self.new_name(entry).is_some_and(|name| self.rekeyed || self.keys_like(id, name) >= KEYS_OF_A_KIND)
    }

    /// The entry's key of the kind that names this document's entries, if no article has it.
    fn new_name(&self, entry: &Entry<'a>) -> Option<&'a Key> {
        self.name(entry).filter(|name| self.owner(name).is_none())
    }

    /// Names are guids or, in a document without any, links.
    fn name(&self, entry: &Entry<'a>) -> Option<&'a Key> {
        if self.has_guids { entry.guid() } else { entry.link() }
    }

    fn by_body(&self, entry: &Entry<'a>) -> Option<ArticleId> {
        self.owner(entry.body_key.as_ref()?)
    }

    /// Whether most names of the document are new, on articles known otherwise. One entry alone proves nothing: it
    /// may be the next article of a document that has one at a time.
    fn looks_rekeyed(&self) -> bool {
        let is_known = |key: &Key| self.owner(key).is_some_and(|id| self.is_free(id));
        let is_renamed = |entry: &&&Entry<'a>| {
            self.new_name(entry).is_some() && [entry.link(), entry.hash()].into_iter().flatten().any(is_known)
        };
        let named = self.entries.iter().filter(|entry| self.name(entry).is_some()).count();
        let renamed = self.entries.iter().filter(is_renamed).count();
        renamed >= 2 && renamed * 2 > named
    }

    fn keys_like(&self, id: ArticleId, like: &Key) -> u32 {
        self.known.articles.get(&id).map_or(0, |article| article.keys.like(like))
    }

    fn known_article(&self, entry: &Entry<'a>, id: ArticleId) -> Identity {
        let is_room = |key: &&Key| self.keys_like(id, key) < KEYS_OF_A_KIND;
        let mut keys: Vec<Key> = self.unowned(entry).filter(is_room).cloned().collect();
        keys.extend(self.lasting_body_key(entry).filter(is_room).cloned());
        Identity::Known(id, Found { keys: Some(keys), fingerprint: entry.fingerprint })
    }

    /// An entry with no key left to itself is one that stands in the document under better keys.
    fn new_article<'e>(&self, entry: &'e Entry<'a>, made: &mut HashSet<&'e Key>) -> Identity {
        let by_body = self.lasting_body_key(entry);
        let all = entry.draft.keys.len();
        if all > 0 && by_body.is_none() && self.unowned(entry).count() == all {
            return Identity::New(Found { keys: None, fingerprint: entry.fingerprint });
        }
        let mut keys: Vec<Key> = self.unowned(entry).cloned().collect();
        // Keys that count are one entry's alone, bodies may be those of two.
        if keys.is_empty() && !by_body.is_some_and(|key| made.insert(key)) {
            return Identity::Twice;
        }
        keys.extend(by_body.cloned());
        Identity::New(Found { keys: Some(keys), fingerprint: entry.fingerprint })
    }

    /// The digest of the whole body, where that alone tells an entry from the next: a source may date it anew at each
    /// fetch.
    fn lasting_body_key<'e>(&self, entry: &'e Entry<'a>) -> Option<&'e Key> {
        entry.body_key.as_ref().filter(|key| entry.is_kept_by_body && self.owner(key).is_none())
    }

    /// The keys of an entry that belong to no article yet.
    fn unowned(&self, entry: &Entry<'a>) -> impl Iterator<Item = &'a Key> {
        entry.keys.iter().copied().filter(|key| self.owner(key).is_none())
    }
}
