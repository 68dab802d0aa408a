//! What is done to the words of other people before the sanitizer has the last word: one ordered list of steps, each
//! of which a source can switch off.
//!
//! Steps on images ([`IMAGES`]) are asked for each image while the sanitizer's filter reads the tokens. Steps on links
//! are asked where a link's address is read anyway ([`Subject::links`]). Steps on whole blocks ([`BLOCKS`], [`EDGES`]) come
//! when the filter has written balanced HTML, and look at its outline: most bodies give them nothing to do, and are
//! left as they are.

mod ads;
mod body;
mod empty;
mod footers;
mod headline;
mod images;
mod lazy_images;
mod marks;
mod phrases;
mod read_more;
mod related;
mod share_links;
mod sign_up;
#[cfg(test)]
mod table;
mod trackers;
mod wording;

use ::url::Url;

use crate::markup::Outline;
use crate::model::link::UrlCleaning;
use crate::model::{CleanStep, CleanSteps};

use body::{Body, Cut, Line};
pub(super) use images::{Image, Images};
pub(super) use marks::mark;

/// What a fragment is the body of, and what is done to it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Where relative URLs start.
    pub base: Option<&'a Url>,
    /// The article's own page.
    pub page: Option<&'a Url>,
    /// The article's headline, or nothing.
    pub title: &'a str,
    /// What is done.
    pub steps: CleanSteps,
}

impl Subject<'_> {
    /// What is done to the addresses of links.
    pub(super) fn links(&self) -> UrlCleaning {
        links_cleaned(self.steps)
    }
}

/// What the steps do to the address of a link.
pub(super) fn links_cleaned(steps: CleanSteps) -> UrlCleaning {
    UrlCleaning {
        redirects: steps.has(CleanStep::Redirects),
        parameters: steps.has(CleanStep::TrackingParams),
    }
}

/// A step on one image.
type OnImage = fn(&mut Image<'_>);
/// A step on the blocks of a body.
type OnBody = fn(&mut Body<'_>);
/// A step on the first or last line that has words.
type OnLine = fn(&mut Body<'_>, &Line) -> Option<Cut>;

const IMAGES: &[(CleanStep, OnImage)] =
    &[(CleanStep::LazyImages, lazy_images::load), (CleanStep::Trackers, trackers::unmask)];

const BLOCKS: &[(CleanStep, OnBody)] = &[
    (CleanStep::Trackers, trackers::cut_hidden),
    (CleanStep::ShareLinks, share_links::cut),
    (CleanStep::Related, related::cut),
    (CleanStep::SignUp, sign_up::cut),
    (CleanStep::Ads, ads::cut),
];

/// Asked of the last line with words, until none finds anything more.
const EDGES: &[(CleanStep, OnLine)] = &[
    (CleanStep::Footers, footers::at_end),
    (CleanStep::ReadMore, read_more::at_end),
    (CleanStep::SignUp, sign_up::at_end),
];

/// Takes the steps on blocks: what they leave of balanced HTML, `None` where that is all.
pub(super) fn on_blocks(html: &str, outline: &Outline, subject: &Subject<'_>) -> Option<String> {
    if subject.steps == CleanSteps::NONE {
        return None;
    }
    let mut body = Body::new(html, &outline.pieces, subject);
    for (_, step) in BLOCKS.iter().filter(|(step, _)| subject.steps.has(*step)) {
        step(&mut body);
    }
    let asked = || EDGES.iter().filter(|(step, _)| subject.steps.has(*step));
    while let Some(line) = body.last_line()
        && let Some(cut) = asked().find_map(|(_, step)| step(&mut body, &line))
    {
        body.cut(cut);
    }
    while subject.steps.has(CleanStep::Headline)
        && let Some(line) = body.first_line()
        && let Some(cut) = headline::at_start(&body, &line)
    {
        body.cut(cut);
    }
    if subject.steps.has(CleanStep::Empty) {
        empty::cut(&mut body);
    }
    body.left()
}
