//! Where on the page the head of the article is: between a little above its headline and its first paragraphs.

use super::headline::Headline;
use super::survey::{Place, Survey};

/// Lines above the headline that may belong to it: a section, a date, a by-line.
const ABOVE: usize = 8;
/// Lines behind the first paragraph that may still be of the head: that was the dek.
const BELOW: usize = 3;
/// Lines of a head that has no paragraph behind it.
const LONGEST: usize = 40;

/// How near to the headline something stands; the nearest is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// In the head of the article.
    Head,
    /// Further down, but not beside the article.
    Page,
    /// In a comment, a caption, a list of other articles: it says nothing of this one.
    Elsewhere,
}

/// The head of the article, in lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zone {
    first: usize,
    last: usize,
    /// The part beside the article that the headline itself stands in: then it is not beside it.
    aside: u32,
}

impl Zone {
    pub(super) fn of(survey: &Survey, headline: Option<&Headline>) -> Self {
        let place =
            headline.and_then(|headline| survey.headings.get(headline.heading?)).map(|heading| heading.place);
        let place = place.or_else(|| {
            let title = &headline?.text;
            survey
                .lines
                .iter()
                .find(|line| line.text == *title && !line.place.is_foreign)
                .map(|line| line.place)
        });
        let Place { line, aside, .. } = place.unwrap_or_default();
        let behind = survey.lines.iter().enumerate().skip(line + usize::from(place.is_some()));
        let mut paragraphs = behind
            .filter(|(_, line)| line.is_paragraph && !line.place.is_foreign && line.place.aside == aside);
        let first_paragraph = paragraphs.next().map_or(line + LONGEST, |(at, _)| at);
        // Without a headline on the page, what stands right above the text is its head.
        let first = if place.is_some() { line } else { first_paragraph.saturating_sub(LONGEST / 2) };
        Self { first: first.saturating_sub(ABOVE), last: first_paragraph + BELOW, aside }
    }

    pub(super) fn nearness(&self, place: Place) -> Nearness {
        let is_beside = place.aside != 0 && place.aside != self.aside;
        match place.line {
            _ if place.is_foreign || is_beside => Nearness::Elsewhere,
            line if (self.first..=self.last).contains(&line) => Nearness::Head,
            line if line < self.first => Nearness::Elsewhere,
            _ => Nearness::Page,
        }
    }
}
