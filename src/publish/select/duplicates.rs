//! Copies of one article: found by published id and by link, told apart by preference.

use std::collections::{BTreeMap, HashMap};

use url::Url;

use crate::model::link::link_form;
use crate::model::selection::OnWithdrawn;
use crate::model::{Article, SourceId};

use super::candidate::Link;
use super::{Candidate, State, Verdict};

impl State<'_> {
    /// Lets one copy of each article lead. A block by hand reaches every copy. Gives those on which that hangs: all that
    /// share an id or a link with others.
    pub(super) fn settle_duplicates(&mut self) -> Vec<usize> {
        let all = 0..self.candidates.len();
        let taking_part: Vec<usize> =
            all.filter(|&index| self.verdicts[index] != Verdict::OtherSource).collect();
        let preference = Preference::new(self);
        let (groups, mut entangled) = groups(self.candidates, &taking_part);
        entangled.extend(groups.iter().flatten());
        let leaders: Vec<Option<usize>> = groups
            .iter()
            .map(|group| {
                let inside = group.iter().copied().filter(|&index| self.verdicts[index].is_in());
                inside.min_by_key(|&index| preference.rank(self, index))
            })
            .collect();
        for (group, leader) in groups.iter().zip(leaders) {
            let blocked = group.iter().filter(|&&index| self.verdicts[index] == Verdict::Blocked);
            match (blocked.map(|&index| self.candidates[index].id).min(), leader) {
                (Some(of), _) => self.drop_copies(group, None, &Verdict::BlockedCopy { of }),
                (None, Some(leader)) => {
                    let picked = group.iter().any(|&index| self.is_picked(index));
                    let of = self.candidates[leader].id;
                    self.drop_copies(group, Some(leader), &Verdict::Duplicate { of });
                    if picked {
                        self.verdicts[leader] = Verdict::Picked;
                    }
                }
                (None, None) => {}
            }
        }
        entangled
    }

    /// Gives the verdict to all of the group that are in, but for the leader.
    fn drop_copies(&mut self, group: &[usize], leader: Option<usize>, verdict: &Verdict) {
        for &index in group {
            if Some(index) != leader && self.verdicts[index].is_in() {
                self.verdicts[index] = verdict.clone();
            }
        }
    }
}

/// Which copy leads.
struct Preference<'a> {
    prefer: BTreeMap<&'a SourceId, usize>,
    from: BTreeMap<&'a SourceId, usize>,
}

impl<'a> Preference<'a> {
    fn new(state: &State<'a>) -> Self {
        let places = |sources: &'a [SourceId]| {
            sources.iter().enumerate().map(|(place, id)| (id, place)).rev().collect()
        };
        Self { prefer: places(&state.selection.prefer), from: places(&state.selection.from) }
    }

    /// Lowest leads: one that was not taken back, the preferred source, a pick, the source named first, the earlier one, the lower id.
    fn rank(&self, state: &State<'_>, index: usize) -> impl Ord + use<> {
        let candidate = &state.candidates[index];
        let place = |places: &BTreeMap<&SourceId, usize>| {
            places.get(&candidate.origin.source).copied().unwrap_or(usize::MAX)
        };
        let is_taken_back = candidate.is_withdrawn && state.selection.on_withdrawn != OnWithdrawn::Keep;
        (
            (is_taken_back, place(&self.prefer)),
            !state.is_picked(index),
            place(&self.from),
            candidate.published,
            candidate.id,
        )
    }
}

/// The candidates that are copies of each other, in groups of two and more: a copy of a copy is a copy. And those that share
/// a link, copies or not: whether it names a page hangs on all of them.
fn groups(candidates: &[Candidate], taking_part: &[usize]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut sets = DisjointSets((0..candidates.len()).collect());
    let mut guids: Vec<_> = taking_part.iter().map(|&index| (candidates[index].guid, index)).collect();
    for sharers in sharers(&mut guids) {
        sharers.iter().for_each(|&(_, index)| sets.unite(index, sharers[0].1));
    }
    let links = |&index: &usize| candidates[index].links.into_iter().flatten().map(move |link| (link, index));
    let mut links: Vec<_> = taking_part.iter().flat_map(links).collect();
    let mut entangled = Vec::new();
    for sharers in sharers(&mut links) {
        unite_sharers(&mut sets, candidates, sharers);
        entangled.extend(sharers.iter().map(|&(_, index)| index));
    }
    (sets.groups(taking_part), entangled)
}

/// Those that have the same with others, by what they have.
fn sharers<K: Ord>(having: &mut [(K, usize)]) -> impl Iterator<Item = &[(K, usize)]> {
    having.sort_unstable();
    having.chunk_by(|one, other| one.0 == other.0).filter(|sharers| sharers.len() > 1)
}

/// The normal forms of the links that lead to an article: its URL, and its guid where that is one.
pub(in crate::publish) fn links(article: &Article) -> impl Iterator<Item = String> {
    let url = article.body.url.as_ref().map(link_form);
    let permalink = article.guid.is_permalink.then(|| Url::parse(&article.guid.value).ok()).flatten();
    let permalink = permalink.as_ref().map(link_form).filter(|form| url.as_ref() != Some(form));
    url.into_iter().chain(permalink)
}

/// Whether a link names one article. A site's front page does not; nor does a page that one document links several
/// different headlines to.
fn names_a_page(candidates: &[Candidate], sharers: &[(Link, usize)]) -> bool {
    let mut headlines = HashMap::new();
    sharers.iter().all(|&(link, index)| {
        let candidate = &candidates[index];
        let document = (&candidate.origin.source, &candidate.origin.scope);
        !link.is_front && *headlines.entry(document).or_insert(candidate.headline) == candidate.headline
    })
}

/// Those who share a link that names a page are copies; else only those with one headline are.
fn unite_sharers(sets: &mut DisjointSets, candidates: &[Candidate], sharers: &[(Link, usize)]) {
    let names_a_page = names_a_page(candidates, sharers);
    let mut first = HashMap::new();
    for &(_, index) in sharers {
        let headline = (!names_a_page).then_some(candidates[index].headline);
        sets.unite(index, *first.entry(headline).or_insert(index));
    }
}

/// Union-find: each place points towards the lowest of its set.
struct DisjointSets(Vec<usize>);

impl DisjointSets {
    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn groups(mut self, members: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &index in members {
            groups.entry(self.root(index)).or_default().push(index);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}
