//! The sources by name and by tag, for what names them: `from`, `prefer` and rules.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::config::plan::Republish;
use crate::config::shapes::Placed;
use crate::config::suggest;
use crate::model::selection::FirstRun;
use crate::model::{PlainText, SourceId};

use super::desk::Desk;

/// A source, as far as feeds are concerned.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) id: SourceId,
    pub(super) tags: Vec<PlainText>,
    /// The most any feed may print of it.
    pub(super) republish: Republish,
    /// What may be published of what it brings at once.
    pub(super) first_run: Option<FirstRun>,
}

/// The sources of a feed, as its selection has them.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) from: Arc<[SourceId]>,
    pub(super) first_run: Arc<BTreeMap<SourceId, FirstRun>>,
}

impl Reading {
    fn of(members: &[&Member]) -> Self {
        let first_run = |member: &&Member| Some((member.id.clone(), member.first_run?));
        Self {
            from: members.iter().map(|member| member.id.clone()).collect(),
            first_run: Arc::new(members.iter().filter_map(first_run).collect()),
        }
    }
}

/// All sources, in config order.
#[derive(Debug)]
pub(super) struct Roster {
    members: Vec<Member>,
    /// Made when the first name is looked for: most configs name none.
    by_id: OnceCell<HashMap<SourceId, usize, RandomState>>,
    /// All of them, made for the first feed that reads all, and shared by the others.
    all: OnceCell<Reading>,
    /// Tags without case.
    by_tag: BTreeMap<String, Vec<usize>>,
    /// The place of the `[sources]` table.
    table: Option<Range<usize>>,
}

impl Roster {
    pub(super) fn new(members: Vec<Member>, table: Option<Range<usize>>) -> Self {
        let mut by_tag: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, member) in members.iter().enumerate() {
            for tag in &member.tags {
                by_tag.entry(tag.as_str().to_lowercase()).or_default().push(index);
            }
        }
        Self { members, by_id: OnceCell::new(), all: OnceCell::new(), by_tag, table }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The source of this id, or a problem at its place.
    pub(super) fn source(&self, desk: &mut Desk<'_>, name: &Placed<String>) -> Option<SourceId> {
        self.find(desk, &name.span, &name.value).map(|index| self.members[index].id.clone())
    }

    /// The sources these terms stand for, in config order: ids, `tag:x`, and `!` to remove. All, where no term adds.
    pub(super) fn choose(&self, desk: &mut Desk<'_>, terms: &[Placed<String>]) -> Vec<&Member> {
        let removes = |term: &Placed<String>| term.value.trim_start().starts_with('!');
        let mut chosen = vec![terms.iter().all(removes); self.members.len()];
        for keep in [true, false] {
            for term in terms.iter().filter(|term| removes(term) != keep) {
                for index in self.term(desk, term) {
                    chosen[index] = keep;
                }
            }
        }
        self.members.iter().zip(chosen).filter_map(|(member, chosen)| chosen.then_some(member)).collect()
    }

    /// What a feed reads that has chosen these.
    pub(super) fn reading(&self, chosen: &[&Member]) -> Reading {
        if chosen.len() < self.members.len() {
            return Reading::of(chosen);
        }
        self.all.get_or_init(|| Reading::of(chosen)).clone()
    }

    /// The sources these terms stand for, in the order of the terms.
    pub(super) fn rank(&self, desk: &mut Desk<'_>, terms: &[Placed<String>]) -> Vec<SourceId> {
        let mut ranked: Vec<usize> = Vec::new();
        for term in terms {
            if term.value.trim_start().starts_with('!') {
                desk.refuse(&term.span, "`!` removes nothing from an order", "name the sources that lead");
                continue;
            }
            let more: Vec<usize> =
                self.term(desk, term).into_iter().filter(|index| !ranked.contains(index)).collect();
            ranked.extend(more);
        }
        ranked.into_iter().map(|index| self.members[index].id.clone()).collect()
    }

    /// One term, its `!` aside.
    fn term(&self, desk: &mut Desk<'_>, term: &Placed<String>) -> Vec<usize> {
        let name = term.value.trim().trim_start_matches('!').trim();
        let Some(tag) = name.strip_prefix("tag:") else {
            return self.find(desk, &term.span, name).into_iter().collect();
        };
        let tag = tag.trim();
        if let Some(indexes) = self.by_tag.get(&tag.to_lowercase()) {
            return indexes.clone();
        }
        if !desk.lost().anywhere("tags") {
            let known: Vec<&str> = self.by_tag.keys().map(String::as_str).collect();
            let hint = suggest::hint(tag, &known)
                .unwrap_or_else(|| format!("give a source the tag: tags = [\"{tag}\"]"));
            desk.refuse(&term.span, format!("no source has the tag `{tag}`"), hint);
        }
        Vec::new()
    }

    fn find(&self, desk: &mut Desk<'_>, at: &Range<usize>, name: &str) -> Option<usize> {
        let by_id = self.by_id.get_or_init(|| {
            self.members.iter().enumerate().map(|(index, member)| (member.id.clone(), index)).collect()
        });
        let found = by_id.get(&SourceId::new(name)).copied();
        let refused = self.table.as_ref().is_some_and(|table| desk.lost().has(table, name));
        if found.is_none() && !refused && !desk.lost().top("sources") {
            let known: Vec<&str> = self.members.iter().map(|member| member.id.as_str()).collect();
            let tagged = self.by_tag.contains_key(&name.to_lowercase());
            let hint = if tagged && suggest::closest(name, known.iter().copied()).is_none() {
                format!("did you mean `tag:{name}`?")
            } else {
                suggest::hint(name, &known).unwrap_or_else(|| "there are no sources".to_owned())
            };
            desk.refuse(at, format!("there is no source `{name}`"), hint);
        }
        found
    }
}
