//! The words of an article, out of a page. The page is outlined into blocks of text ([`outline`]); names of elements
//! ([`marks`]) and Readability ([`witness`]) say where the story stands ([`region`]) and what of it belongs to it
//! ([`judge`]); what is left is written as HTML ([`write`]). Where that is nothing, the page has other places to ask.

mod judge;
#[cfg(test)]
mod layouts;
mod marks;
mod outline;
mod phrases;
mod region;
mod shapes;
#[cfg(test)]
mod tests;
mod witness;
mod write;

use std::collections::HashSet;

use ::url::Url;
use dom_query::Document;
use serde_json::Value;

use super::super::{Sanitizer, Subject};
use super::json_ld::is_article;
use super::metadata::Metadata;
use crate::markup::has_tags;
use crate::model::{CleanSteps, PlainText, SafeHtml};
use judge::Known;
use outline::Outline;
use region::Ground;
use witness::Witness;

/// Characters of a story that is hardly one: then the page's JSON-LD may know more.
const THIN: usize = 300;
/// Characters of a block that is worth remembering.
const MEMORABLE: usize = 20;

/// What is known before the words are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) metadata: &'a Metadata,
    /// The page's JSON-LD.
    pub(super) objects: &'a [Value],
    pub(super) url: Option<&'a Url>,
    /// Fingerprints of blocks that other pages of the site have too.
    pub(super) boilerplate: &'a HashSet<u64>,
}

impl Asked<'_> {
    /// HTML of the page as the article's, with every step of cleaning.
    fn clean(&self, html: &str) -> SafeHtml {
        let Metadata { title, canonical, .. } = self.metadata;
        let page = canonical.as_ref().or(self.url);
        let subject = Subject { base: self.url, page, title: title.as_str(), steps: CleanSteps::ALL };
        Sanitizer::new().clean(html, &subject)
    }
}

/// The words of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) html: SafeHtml,
    /// Fingerprints of its blocks.
    pub(super) blocks: Vec<u64>,
}

/// The body of the page's article; empty only if the page says nothing at all. Takes the page apart.
pub(super) fn of(page: &Document, asked: &Asked<'_>) -> Body {
    let outline = outline::outline(page, asked.url.and_then(Url::host_str));
    let witness = Witness::readability(page.clone(), asked.url);
    let chosen: Vec<bool> = outline.blocks.iter().map(|block| witness.chose(&block.text)).collect();
    let title = asked.metadata.title.as_str();
    let mut ground = region::ground(&outline, &chosen, title);
    let article_body = article_body(asked.objects);
    let told = &witness::told(&outline, &chosen, article_body);
    let Asked { boilerplate, metadata, .. } = *asked;
    let known = Known { title, chosen: &chosen, told, boilerplate, authors: &metadata.authors };
    let mut kept = judge::judge(&outline, &ground, &known);
    let size = size_of(&outline, &kept);
    if size < THIN
        && let Some(told) = instead(asked, article_body, size)
    {
        return Body { html: told, blocks: Vec::new() };
    }
    if size == 0 {
        kept = anything(&mut ground);
    }
    let memorable =
        outline.blocks.iter().zip(&kept).filter(|(block, kept)| **kept && block.size >= MEMORABLE);
    let blocks = memorable.map(|(block, _)| fingerprint(&block.text)).collect();
    Body { html: asked.clean(&write::html(page, &outline, &ground, &kept)), blocks }
}

/// What a block of text is known by on other pages of its site: a digest of its letters and digits.
pub(super) fn fingerprint(text: &str) -> u64 {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let digest = blake3::hash(letters.as_bytes());
    digest.as_bytes().iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

fn size_of(outline: &Outline, kept: &[bool]) -> usize {
    outline.blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| block.size).sum()
}

/// The longest text that JSON-LD has of an article.
fn article_body(objects: &[Value]) -> Option<&str> {
    let bodies = objects.iter().filter(|object| is_article(object));
    bodies.filter_map(|object| object["articleBody"].as_str()).max_by_key(|text| text.len())
}

/// What the page tells machines of its story, if that is much more than what it shows; else its description, if it
/// shows nothing.
fn instead(asked: &Asked<'_>, told: Option<&str>, shown: usize) -> Option<SafeHtml> {
    let told = told.filter(|text| text.chars().count() > THIN && text.chars().count() > 2 * shown);
    if let Some(text) = told {
        let paragraphs = || SafeHtml::from_text(&PlainText::block(&text.replace('\n', "\n\n")));
        return Some(if has_tags(text) { asked.clean(text) } else { paragraphs() });
    }
    let description = asked.metadata.summary.as_ref().filter(|_| shown == 0);
    description.map(SafeHtml::from_text)
}

/// The whole page, less what says that it is something else; if that is nothing, with it.
fn anything(ground: &mut Ground) -> Vec<bool> {
    ground.region = 0;
    if ground.out.iter().all(Option::is_some) {
        ground.out.fill(None);
    }
    ground.out.iter().map(Option::is_none).collect()
}
