//! Copies of one article: found by published id and by link, told apart by preference.

use std::collections::{BTreeMap, HashMap};

use url::Url;

use crate::model::fold::fold;
use crate::model::link::link_form;
use crate::model::selection::OnWithdrawn;
use crate::model::{Article, SourceId};

use super::{State, Verdict};

impl State<'_> {
    /// Lets one copy of each article lead. A block by hand reaches every copy. Gives those on which that hangs: all that
    /// share an id or a link with others.
    pub(super) fn settle_duplicates(&mut self) -> Vec<usize> {
        let candidates: Vec<usize> =
            (0..self.articles.len()).filter(|&index| self.verdicts[index] != Verdict::OtherSource).collect();
        let preference = Preference::new(self);
        let (groups, mut entangled) = groups(self.articles, &candidates);
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
            match (blocked.map(|&index| self.articles[index].id).min(), leader) {
                (Some(of), _) => self.drop_copies(group, None, &Verdict::BlockedCopy { of }),
                (None, Some(leader)) => {
                    let picked = group.iter().any(|&index| self.is_picked(index));
                    let of = self.articles[leader].id;
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
        let article = &state.articles[index];
        let place = |places: &BTreeMap<&SourceId, usize>| {
            places.get(&article.origin.source).copied().unwrap_or(usize::MAX)
        };
        let is_taken_back = article.withdrawn.is_some() && state.selection.on_withdrawn != OnWithdrawn::Keep;
        (
            (is_taken_back, place(&self.prefer)),
            !state.is_picked(index),
            place(&self.from),
            article.published,
            article.id,
        )
    }
}

/// The candidates that are copies of each other, in groups of two and more: a copy of a copy is a copy. And those that share
/// a link, copies or not: whether it names a page hangs on all of them.
fn groups(articles: &[Article], candidates: &[usize]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut sets = DisjointSets((0..articles.len()).collect());
    let mut by_guid = HashMap::new();
    let mut by_link: HashMap<String, Vec<usize>> = HashMap::new();
    for &index in candidates {
        let article = &articles[index];
        sets.unite(index, *by_guid.entry(article.guid.value.as_str()).or_insert(index));
        for link in links(article) {
            by_link.entry(link).or_default().push(index);
        }
    }
    by_link.retain(|_, sharers| sharers.len() > 1);
    for (link, sharers) in &by_link {
        unite_sharers(&mut sets, articles, sharers, names_a_page(link, articles, sharers));
    }
    (sets.groups(candidates), by_link.into_values().flatten().collect())
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
fn names_a_page(link: &str, articles: &[Article], sharers: &[usize]) -> bool {
    let mut headlines = HashMap::new();
    link.contains(['/', '?'])
        && sharers.iter().all(|&index| {
            let article = &articles[index];
            let document = (&article.origin.source, &article.origin.scope);
            let headline = fold(article.body.title.as_str());
            *headlines.entry(document).or_insert_with(|| headline.clone()) == headline
        })
}

/// Those who share a link that names a page are copies; else only those with one headline are.
fn unite_sharers(sets: &mut DisjointSets, articles: &[Article], sharers: &[usize], names_a_page: bool) {
    let mut first = HashMap::new();
    for &index in sharers {
        let headline = (!names_a_page).then(|| fold(articles[index].body.title.as_str()));
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
