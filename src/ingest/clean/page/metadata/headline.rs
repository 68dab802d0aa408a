//! The headline of a page: what the reader sees, if the page says elsewhere that it is the headline.

use super::Witness;
use super::pieces::{SEAM, joined};
use super::site::{Site, holds};
use super::survey::{Heading, MarkKind, Survey};
use super::text::{Words, clean, loose};

/// Meta elements that name the article, in order of trust.
const NAMED: &[(Witness, &[&str])] = &[
    (Witness::OpenGraph, &["og:title"]),
    (Witness::Card, &["twitter:title", "twitter:text:title"]),
    (
        Witness::Publisher,
        &["parsely-title", "sailthru.title", "citation_title", "dc.title", "dcterms.title", "dc:title"],
    ),
    (Witness::Meta, &["title", "headline", "article:title", "mrc__share_title"]),
];

/// A title that has more than the heading: the name of a site, if it is not the site's name that is the heading.
const HELD: f32 = 0.99;
/// From here on a heading and a title say the same thing in other words.
const ALIKE: f32 = 0.5;
/// From here on the only `<h1>` is believed.
const SIMILAR: f32 = 0.2;
/// Headings of lower levels that are compared.
const MANY: usize = 40;

/// A headline and who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headline {
    pub(super) text: String,
    pub(super) witness: Witness,
    /// The number of the heading that shows it.
    pub(super) heading: Option<usize>,
}

/// The titles a page gives itself elsewhere than in its text, in order of trust: as written, and without the site's name.
#[derive(Debug, Default)]
pub(super) struct Titles(Vec<Title>);

#[derive(Debug)]
struct Title {
    witness: Witness,
    whole: String,
    bare: String,
    /// The bare one, as it is compared.
    loose: String,
    words: Words,
}

impl Titles {
    pub(super) fn of(survey: &Survey, linked: Option<&str>, site: &Site) -> Self {
        let mut titles = Self::default();
        titles.add(Witness::JsonLd, linked, site);
        for (witness, names) in NAMED {
            titles.add(*witness, survey.meta(names), site);
        }
        let marked =
            survey.marks.iter().find(|mark| mark.kind == MarkKind::Headline && !mark.place.is_foreign);
        titles.add(Witness::Microdata, marked.map(|mark| joined(&mark.text)).as_deref(), site);
        titles.add(Witness::Title, Some(&joined(&survey.title)), site);
        titles
    }

    fn add(&mut self, witness: Witness, title: Option<&str>, site: &Site) {
        let Some(whole) = title.map(clean).filter(|title| !title.is_empty()) else { return };
        let bare = site.strip(&whole).to_owned();
        let (loose, words) = (loose(&bare), Words::of(&bare));
        self.0.push(Title { witness, whole, bare, loose, words });
    }

    /// The best of them: the first, but one that it only begins with is longer.
    fn best(&self) -> Option<&Title> {
        let first = self.0.iter().find(|title| !title.bare.is_empty())?;
        let cut = first.bare.trim_end_matches(['.', '…', ' ']);
        let whole = self.0.iter().find(|other| {
            cut.len() < first.bare.len() && other.bare.len() > first.bare.len() && other.bare.starts_with(cut)
        });
        // Without the site's name known, a second title tells where the first one ends.
        let shorter = self
            .0
            .iter()
            .find(|other| other.bare.len() < first.bare.len() && holds(&first.bare, &other.bare));
        Some(whole.or(shorter).unwrap_or(first))
    }

    /// How much a heading of this level says what the titles say; 1 is the same. Lower ones must have just the words.
    fn likeness(&self, heading: &str, level: u8) -> f32 {
        let loose = loose(heading);
        if self.0.iter().any(|title| title.loose == loose) {
            return 1.0;
        }
        if self.0.iter().any(|title| holds(&title.whole, heading)) {
            return HELD;
        }
        if level > 1 {
            return 0.0;
        }
        let words = Words::of(heading);
        self.0.iter().map(|title| title.words.likeness(&words)).fold(0.0, f32::max)
    }
}

/// Finds the headline.
pub(super) fn headline(survey: &Survey, titles: &Titles, site: &Site) -> Option<Headline> {
    let shown = survey.headings.iter().enumerate().filter(|(_, heading)| !heading.place.is_foreign);
    let shown: Vec<Shown<'_>> =
        shown.take(MANY * 2).map(|(index, heading)| Shown::new(index, heading, titles, site)).collect();
    let first = |level: std::ops::RangeInclusive<u8>, least: f32| {
        let fits = |shown: &&Shown<'_>| {
            level.contains(&shown.heading.level) && shown.likeness >= least && !shown.is_site
        };
        shown.iter().filter(fits).fold(None, |best: Option<&Shown<'_>>, next| match best {
            Some(best) if best.likeness >= next.likeness => Some(best),
            _ => Some(next),
        })
    };
    let main = || shown.iter().filter(|shown| shown.heading.level == 1 && !shown.is_site);
    let lone = || first(1..=1, SIMILAR).filter(|_| main().count() == 1);
    let found = first(1..=1, ALIKE).or_else(|| first(2..=3, HELD)).or_else(lone);
    if let Some(found) = found {
        let text = found.without_kicker(titles);
        return Some(Headline { text, witness: Witness::Visible, heading: Some(found.index) });
    }
    let said = titles.best().map(|title| Headline {
        text: title.bare.clone(),
        witness: title.witness,
        heading: None,
    });
    // A page without any title has a heading at most.
    said.or_else(|| {
        let alone = main().find(|shown| shown.heading.place.aside == 0)?;
        Some(Headline { text: alone.text.clone(), witness: Witness::Visible, heading: Some(alone.index) })
    })
}

/// A heading, and how it stands to the titles.
struct Shown<'a> {
    index: usize,
    heading: &'a Heading,
    text: String,
    likeness: f32,
    is_site: bool,
}

impl<'a> Shown<'a> {
    fn new(index: usize, heading: &'a Heading, titles: &Titles, site: &Site) -> Self {
        let text = site.strip(&joined(&heading.text)).to_owned();
        // Other articles have headings too; a heading beside the article must say just what a title says.
        let likeness = titles.likeness(&text, heading.level);
        let likeness = if heading.place.aside > 0 && likeness < HELD { 0.0 } else { likeness };
        let is_site = text.is_empty() || likeness <= HELD && (heading.leads_home || site.is_named(&text));
        Self { index, heading, text, likeness, is_site }
    }

    /// A heading may hold a kicker or a subtitle in elements of their own; then one of its pieces is the title.
    fn without_kicker(&self, titles: &Titles) -> String {
        let is_title = |piece: &&str| {
            let piece = loose(piece);
            !piece.is_empty() && titles.0.iter().any(|title| title.loose == piece)
        };
        let piece = self.heading.text.split(SEAM).find(is_title).filter(|_| self.likeness < HELD);
        piece.map_or_else(|| self.text.clone(), |piece| piece.trim().to_owned())
    }
}
