//! What became of an article after it was published, as a feed tells it: corrections, and withdrawal.

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::{FeedPlan, OnEdit};
use crate::model::selection::OnWithdrawn;
use crate::model::uri::escape_uri;
use crate::model::{
    Article, ArticleBody, Guid, OutputFeed, OutputItem, PlainText, Revision, SafeHtml, Tombstone, Weight,
    Withdrawal,
};
use crate::revision::{Part, changed};

use super::phrases::Phrases;

/// Corrections that a note names: the newest ones.
const MOST_NOTES: usize = 3;

/// How long a feed names what it has dropped: for readers that come by once a month.
const TOMBSTONES_STAY: TimeDelta = TimeDelta::days(30);

/// When an article changed, as the feed says: silent feeds say what was said first.
pub(super) fn updated(plan: &FeedPlan, article: &Article, history: &[Revision]) -> DateTime<Utc> {
    let first = history.first().filter(|_| plan.on_edit == OnEdit::Silent);
    let changed = first.map_or(article.changed(), |first| first.updated.unwrap_or(article.published));
    let withdrawn = marked(plan, article).map(|withdrawal| withdrawal.at);
    changed.max(article.published).max(withdrawn.unwrap_or(DateTime::UNIX_EPOCH))
}

/// The lines that say what was corrected, newest first; `None` where the feed does not note it, or nothing was.
pub(super) fn note(plan: &FeedPlan, history: &[Revision]) -> Option<SafeHtml> {
    if plan.on_edit != OnEdit::Note {
        return None;
    }
    let phrases = Phrases::of(plan.language.as_deref());
    let lines = history.windows(2).rev().filter_map(|two| correction(&two[0], &two[1], phrases));
    let lines = lines.take(MOST_NOTES).map(|line| SafeHtml::from_text(&PlainText::line(&line)));
    lines.reduce(|note, line| note.followed_by(&line))
}

fn correction(old: &Revision, new: &Revision, phrases: &Phrases) -> Option<String> {
    let mut parts = if new.is_correction { changed(&old.body, &new.body) } else { Vec::new() };
    parts.retain(|part| part.weight() == Weight::Correction);
    // In many feeds the summary is the beginning of the text.
    let says_text = parts.contains(&Part::Text);
    parts.retain(|part| *part != Part::Summary || !says_text);
    let at = new.updated.unwrap_or(new.seen);
    (!parts.is_empty()).then(|| phrases.correction(at, &parts, old.body.title.as_str()))
}

/// The withdrawal of an article, where the feed marks it.
pub(super) fn marked(plan: &FeedPlan, article: &Article) -> Option<Withdrawal> {
    article.withdrawn.filter(|_| plan.selection.on_withdrawn == OnWithdrawn::Mark)
}

/// A withdrawn article as it is printed: headline, link, authors and tags stay; what it said is gone, and in its place a
/// line says that its source took it back.
pub(super) fn withdrawn(plan: &FeedPlan, body: &ArticleBody, withdrawal: Withdrawal) -> ArticleBody {
    let phrases = Phrases::of(plan.language.as_deref());
    let title = phrases.withdrawn_headline(body.title.as_str());
    ArticleBody {
        title: PlainText::line(&title),
        summary: Some(PlainText::line(&phrases.withdrawal(withdrawal.at))),
        content: None,
        image: None,
        attachments: Vec::new(),
        ..body.clone()
    }
}

/// The tombstone of an article that a feed had and drops, for a while.
#[must_use]
pub fn tombstone(article: &Article, published: &Guid, now: DateTime<Utc>) -> Option<Tombstone> {
    let at = article.withdrawn?.at;
    let id = escape_uri(&published.value).into_owned();
    (now - at <= TOMBSTONES_STAY).then_some(Tombstone { id, at })
}

/// The last moment at which a feed names what it has dropped.
#[must_use]
pub fn stays_until(tombstone: &Tombstone) -> DateTime<Utc> {
    tombstone.at + TOMBSTONES_STAY
}

/// Adds tombstones to a feed, newest first; an id that an item has, as a copy of what was dropped, is not dead.
pub fn bury(feed: &mut OutputFeed, mut tombstones: Vec<Tombstone>) {
    let has = |id: &str| feed.items.iter().any(|item: &OutputItem| item.guid.value == id);
    tombstones.retain(|tombstone| !has(&tombstone.id));
    tombstones.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.id.cmp(&other.id)));
    let newest = tombstones.first().map_or(DateTime::UNIX_EPOCH, |tombstone| tombstone.at);
    feed.updated = feed.updated.max(newest);
    feed.deleted = tombstones;
}
