//! When it was published, and when it was changed.

use ::url::Url;
use chrono::{DateTime, Utc};

use super::Witness;
use super::linked::Linked;
use super::pieces::SEAM;
use super::spot::{Order, in_address, machine_date, spot};
use super::survey::{Line, Mark, MarkKind, Survey};
use super::zone::{Nearness, Zone};

/// Meta elements that say when, in order of trust.
const PUBLISHED: &[(Witness, &[&str])] = &[
    (
        Witness::OpenGraph,
        &[
            "article:published_time",
            "og:published_time",
            "og:article:published_time",
            "article:published",
            "article:publish_date",
        ],
    ),
    (
        Witness::Publisher,
        &[
            "parsely-pub-date",
            "sailthru.date",
            "rnews:datepublished",
            "vr:published_time",
            "cxenseparse:recs:publishtime",
            "cxenseparse:publishtime",
            "bt:pubdate",
            "citation_publication_date",
            "citation_online_date",
            "citation_date",
            "dcterms.issued",
            "dc.date.issued",
            "dcterms.created",
            "dc.date.created",
            "prism.publicationdate",
            "article_date_original",
            "shareaholic:article_published_time",
            "mediator_published_time",
        ],
    ),
    (Witness::Microdata, &["datepublished"]),
];

#[rustfmt::skip]
const PUBLISHED_WEAK: &[&str] = &[
    "og:datepublished", "og:pubdate", "article.published", "date_published", "published_time",
    "publication_date", "publication-date", "publish-date", "publish_date", "publishdate", "published-date",
    "pubdate", "pub_date", "pdate", "published", "published_at", "originalpublicationdate", "displaydate",
    "dcterms.date", "dc.date", "dc:date", "dc.created", "date", "article.created", "datecreated", "created",
    "creation_date", "release_date", "date.release", "timestamp",
];

#[rustfmt::skip]
const MODIFIED: &[&str] = &[
    "article:modified_time", "og:updated_time", "datemodified", "article.updated", "article:updated_time",
    "dcterms.modified", "dc.date.modified", "article_date_updated", "updated-date", "updated_time", "lastmod",
    "last-modified", "revision_date", "shareaholic:article_modified_time",
];

/// Words, in lower case, of a line that is about a change.
#[rustfmt::skip]
const CHANGED: &[&str] = &[
    "updated", "modified", "update:", "aktualisiert", "geändert", "bearbeitet", "mis à jour", "modifié",
    "actualizado", "atualizado", "modificado", "aggiornato", "modificato", "bijgewerkt", "zaktualizowano",
    "aktualizacja", "обновлено", "изменено", "güncelleme", "uppdaterad", "opdateret", "oppdatert", "ενημέρωση",
    "更新", "تحديث", "수정", "stand:",
];

/// A moment, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) at: DateTime<Utc>,
    pub(super) witness: Witness,
}

/// What a page says of its dates.
pub(super) struct Dates<'a> {
    pub(super) survey: &'a Survey,
    pub(super) linked: &'a Linked,
    pub(super) zone: &'a Zone,
    pub(super) order: Order,
    pub(super) url: Option<&'a Url>,
}

impl Dates<'_> {
    /// When it was published.
    pub(super) fn published(&self) -> Option<Dated> {
        let by = |witness: Witness| move |at: DateTime<Utc>| Dated { at, witness };
        let linked = || {
            self.linked
                .published
                .as_deref()
                .and_then(|date| machine_date(date, self.order))
                .map(by(Witness::JsonLd))
        };
        let metas = || PUBLISHED.iter().find_map(|(witness, names)| self.meta(names).map(by(*witness)));
        linked()
            .or_else(metas)
            .or_else(|| self.marked(&[MarkKind::Published], Nearness::Page).map(by(Witness::Microdata)))
            .or_else(|| self.meta(PUBLISHED_WEAK).map(by(Witness::Meta)))
            .or_else(|| self.shown().map(by(Witness::Visible)))
            .or_else(|| in_address(self.url?.path()).map(by(Witness::Address)))
            .or_else(|| self.shown_elsewhere().map(by(Witness::Visible)))
            .or_else(|| self.changed_marks().next().map(by(Witness::Visible)))
    }

    /// When it was changed.
    pub(super) fn updated(&self) -> Option<DateTime<Utc>> {
        let linked = self.linked.modified.as_deref().and_then(|date| machine_date(date, self.order));
        linked.or_else(|| self.meta(MODIFIED)).or_else(|| self.changed_marks().next())
    }

    fn meta(&self, names: &[&str]) -> Option<DateTime<Utc>> {
        let texts = names.iter().flat_map(|name| self.survey.metas(name));
        texts.filter(|text| text.len() <= 100).find_map(|text| machine_date(text, self.order))
    }

    /// The date that stands in the head of the article.
    fn shown(&self) -> Option<DateTime<Utc>> {
        let lines = || self.lines(Nearness::Head).filter(|line| !is_about_change(&line.text));
        self.marked(&[MarkKind::Time], Nearness::Head)
            .or_else(|| self.marked(&[MarkKind::Date], Nearness::Head))
            .or_else(|| lines().find_map(|line| spot(&line.text, self.order)))
    }

    /// A date below the text, where an element says that it is one: the foot of a blog's post.
    fn shown_elsewhere(&self) -> Option<DateTime<Utc>> {
        self.marked(&[MarkKind::Time], Nearness::Page)
            .or_else(|| self.marked(&[MarkKind::Date], Nearness::Page))
    }

    /// The first date of marks of these kinds that are at least so near.
    fn marked(&self, kinds: &[MarkKind], farthest: Nearness) -> Option<DateTime<Utc>> {
        let marks = self.survey.marks.iter();
        let mut near = marks.filter(|mark| {
            kinds.contains(&mark.kind) && !mark.is_update && self.zone.nearness(mark.place) <= farthest
        });
        near.find_map(|mark| self.date_of(mark).filter(|_| !self.is_in_changed_line(mark)))
    }

    fn date_of(&self, mark: &Mark) -> Option<DateTime<Utc>> {
        let pieces = || mark.text.split(SEAM).filter(|piece| !is_about_change(piece));
        if mark.text.contains(SEAM) {
            let spaced = mark.text.replace(SEAM, " ");
            return pieces().find_map(|piece| spot(piece, self.order)).or_else(|| spot(&spaced, self.order));
        }
        machine_date(&mark.text, self.order).filter(|_| !is_about_change(&mark.text))
    }

    /// Whether only the line around a mark says that it is about a change: "Updated <time>".
    fn is_in_changed_line(&self, mark: &Mark) -> bool {
        let line =
            self.survey.lines.get(mark.place.line).map(|line| line.text.to_lowercase()).unwrap_or_default();
        let begins = |word: &&&str| line.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(**word);
        CHANGED.iter().any(|word| begins(&word)) || line.starts_with("last ")
    }

    fn changed_marks(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let kinds = [MarkKind::Modified, MarkKind::Time, MarkKind::Date];
        let is_change = |mark: &&Mark| {
            let is_near = self.zone.nearness(mark.place) <= Nearness::Head || mark.kind == MarkKind::Modified;
            is_near && (mark.is_update || is_about_change(&mark.text) || self.is_in_changed_line(mark))
        };
        let marks = self.survey.marks.iter().filter(move |mark| kinds.contains(&mark.kind)).filter(is_change);
        let marked = marks.filter_map(|mark| machine_date(&mark.text.replace(SEAM, " "), self.order));
        let lines = self.lines(Nearness::Head).filter(|line| is_about_change(&line.text));
        marked.chain(lines.filter_map(|line| spot(&line.text, self.order)))
    }

    fn lines(&self, nearness: Nearness) -> impl Iterator<Item = &Line> {
        let lines = self.survey.lines.iter();
        lines.filter(move |line| {
            !line.is_paragraph && !line.text.is_empty() && self.zone.nearness(line.place) == nearness
        })
    }
}

/// Whether a text begins by speaking of a change. One that speaks of the publication first is about that.
fn is_about_change(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let start = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let start = start
        .strip_prefix("last ")
        .or_else(|| start.strip_prefix("zuletzt "))
        .or_else(|| start.strip_prefix("dernière "))
        .unwrap_or(start);
    CHANGED.iter().any(|word| start.starts_with(word))
}
