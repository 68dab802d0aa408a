//! The sanitizer: the only way to [`SafeHtml`].
//!
//! Three steps. The *filter* reads tokens and writes balanced HTML of allowed elements with rewritten attributes, in
//! linear time, as a serialiser would. *ammonia* parses that as a browser would and keeps what its allow-list names: it has
//! the last word on what is safe, and since nothing is left to repair or remove, what it writes parses to itself. It is not asked
//! where [`plain`] proves that it would write what it reads. The *finish* drops the characters that XML forbids. Steps that
//! rewrite an article come before all of them.

mod address;
mod attributes;
mod frames;
mod plain;
mod policy;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ::url::Url;
use memchr::{memchr, memmem};

use crate::model::embed::Player;
use crate::model::{CleanSteps, SafeHtml};

use super::steps::{Images, Subject, mark, on_blocks};
use crate::markup::text::{is_plain, text_of, text_outlined};
use crate::markup::{Balancer, Outline, Scanner, Tag, Token, decode_attribute, lower};
use crate::model::reference::{resolve, tidy};
use attributes::{Base, xml_only};
use frames::Frames;

/// Bytes of a fragment that are read; a longer one is cut.
const MAX_FRAGMENT: usize = 2 << 20;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// How often blocks are looked at; twice is enough for all that people write.
const MAX_ROUNDS: usize = 8;

/// Sanitises one HTML fragment; for many, make a [`Sanitizer`].
#[must_use]
pub fn sanitize(html: &str, base: Option<&Url>) -> SafeHtml {
    Sanitizer::new().sanitize(html, base)
}

/// The policy. It is compiled when it is first needed, which takes longer than cleaning a short fragment: make one a
/// document.
#[derive(Debug, Default)]
pub struct Sanitizer {
    ammonia: OnceLock<ammonia::Builder<'static>>,
}

impl Sanitizer {
    /// The policy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sanitises an HTML fragment; relative URLs become absolute against `base`, or go where there is none.
    #[must_use]
    pub fn sanitize(&self, html: &str, base: Option<&Url>) -> SafeHtml {
        self.clean(html, &Subject { base, page: None, title: "", steps: CleanSteps::WORDLESS })
    }

    /// Takes the steps of cleaning, then sanitises.
    #[must_use]
    pub fn clean(&self, html: &str, subject: &Subject<'_>) -> SafeHtml {
        self.written(html, subject).taken()
    }

    /// As [`Self::clean`], and the text of it as [`text_of`] has it, but for white space around it.
    pub(super) fn clean_with_text(&self, html: &str, subject: &Subject<'_>) -> (SafeHtml, String) {
        let written = self.written(html, subject);
        let text = written.text();
        let html = written.taken();
        let text = text.unwrap_or_else(|| text_of(&html).into());
        (html, text)
    }

    fn written(&self, html: &str, subject: &Subject<'_>) -> Written {
        let url = subject.base.map_or("", Url::as_str);
        let base = Base { url, keeps_relative: false, links: subject.links() };
        clean(html, base, subject, || self.ammonia.get_or_init(|| compiled(ammonia::UrlRelative::Deny)))
    }
}

/// As [`Sanitizer`], for records of what a feed said: a relative URL whose base nobody knows stays as it is.
#[derive(Debug)]
pub(super) struct RecordSanitizer {
    ammonia: ammonia::Builder<'static>,
}

impl RecordSanitizer {
    pub(super) fn new() -> Self {
        Self { ammonia: compiled(ammonia::UrlRelative::PassThrough) }
    }

    /// Sanitises an HTML fragment; `base` may be relative or empty.
    pub(super) fn sanitize(&self, html: &str, base: &str) -> String {
        let subject = Subject { base: None, page: None, title: "", steps: CleanSteps::WORDLESS };
        let base = Base { url: base, keeps_relative: true, links: subject.links() };
        clean(html, base, &subject, || &self.ammonia).trimmed()
    }
}

fn compiled(relative: ammonia::UrlRelative<'static>) -> ammonia::Builder<'static> {
    let names = |attributes: &[(&'static str, policy::Value)]| -> HashSet<&'static str> {
        attributes.iter().map(|(name, _)| *name).collect()
    };
    let own: HashMap<_, _> = policy::ATTRIBUTES.iter().map(|(tag, own)| (*tag, names(own))).collect();
    let mut ammonia = ammonia::Builder::empty();
    ammonia
        .tags(policy::TAGS.iter().copied().collect())
        .tag_attributes(own)
        .generic_attributes(names(policy::GENERIC))
        .clean_content_tags(["script", "style"].into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(relative)
        .attribute_filter(|element, attribute, value| {
            let is_sound = (element, attribute) != ("iframe", "src") || is_player(value);
            is_sound.then(|| value.into())
        })
        .link_rel(Some(policy::REL));
    for (name, value) in policy::FRAME {
        ammonia.set_tag_attribute_value("iframe", name, value);
    }
    ammonia
}

/// Whether this is what [`frames`] writes.
fn is_player(src: &str) -> bool {
    Url::parse(src).ok().and_then(|url| Player::at(&url)).is_some_and(|player| player.src == src)
}

/// What is clean, but for what stands around it.
struct Written {
    html: String,
    /// What stands where in it, if the filter has the last word.
    outline: Option<Outline>,
}

impl Written {
    /// Its text, as it is known without reading it again.
    fn text(&self) -> Option<String> {
        // The mark would be trimmed, which is no white space; and what has no markup left is not laid out.
        let is_other = self.html.trim_start().starts_with(MARK) || is_plain(&self.html);
        self.outline.as_ref().filter(|_| !is_other).map(|outline| text_outlined(&self.html, outline))
    }

    fn trimmed(self) -> String {
        let kept = trimmed(&self.html);
        if kept.len() < self.html.len() {
            return kept.to_owned();
        }
        let mut html = self.html;
        html.shrink_to_fit();
        html
    }

    fn taken(self) -> SafeHtml {
        vouched(self.trimmed())
    }
}

fn clean<'s>(
    html: &str,
    base: Base<'_>,
    subject: &Subject<'_>,
    ammonia: impl FnOnce() -> &'s ammonia::Builder<'static>,
) -> Written {
    let html = &html[..html.floor_char_boundary(MAX_FRAGMENT)];
    if !html.contains(['<', '>', '&', '\u{a0}']) {
        return Written { html: xml_only(html).into_owned(), outline: None };
    }
    let (mut filtered, mut outline) = filter(&xml_only(&unix(html)), base, subject.steps);
    // What is left when blocks went may show more: lines that they parted are one now.
    for _ in 0..MAX_ROUNDS {
        let Some(left) = on_blocks(&filtered, &outline, subject) else { break };
        let resolved = Base { url: "", keeps_relative: true, ..base };
        (filtered, outline) = filter(&left, resolved, subject.steps);
    }
    if plain::is_plain(&filtered) {
        return Written { html: filtered, outline: Some(outline) };
    }
    let clean = ammonia().clean(&filtered).to_string();
    Written { html: tidy_pre(&xml_only(&clean)).into_owned(), outline: None }
}

/// HTML without surrounding white space, and without byte order marks before it: a parser drops the first.
fn trimmed(html: &str) -> &str {
    html.trim_start_matches(|c: char| c.is_whitespace() || c == MARK).trim_end()
}

#[allow(clippy::disallowed_methods, reason = "this is the sanitizer")]
fn vouched(html: String) -> SafeHtml {
    SafeHtml::vouched(html)
}

/// Line ends as HTML has them.
fn unix(html: &str) -> Cow<'_, str> {
    if memchr(b'\r', html.as_bytes()).is_some() {
        Cow::Owned(html.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(html)
    }
}

/// Allowed elements with rewritten attributes, balanced; images as the steps on them leave them.
fn filter(html: &str, base: Base<'_>, steps: CleanSteps) -> (String, Outline) {
    if let Some(filtered) = Filter::of(html, base, steps).read(Scanner::fragment(html), true) {
        return filtered;
    }
    let own = based(html, base.url);
    let base = Base { url: own.as_deref().unwrap_or(base.url), ..base };
    Filter::of(html, base, steps).read(Scanner::fragment(html), false).unwrap_or_default()
}

/// What is written, and with what.
struct Filter<'h> {
    out: Balancer<'h>,
    images: Images<'h>,
    frames: Frames<'h>,
    base: Base<'h>,
    /// The attributes of the tag that is read.
    attributes: String,
}

impl<'h> Filter<'h> {
    fn of(html: &'h str, base: Base<'h>, steps: CleanSteps) -> Self {
        Self {
            out: Balancer::outlined(html.len()),
            images: Images::of(html, steps),
            frames: Frames::new(base),
            base,
            attributes: String::new(),
        }
    }

    /// Reads all tokens; `None` at a `<base>` that is heeded: it says where all URLs start, those before it too.
    fn read(mut self, tokens: Scanner<'h>, heeds_base: bool) -> Option<(String, Outline)> {
        for token in tokens {
            match token {
                Token::Text(text) => {
                    self.images.text(text);
                    self.out.text(text);
                }
                Token::Start(tag) => {
                    if heeds_base && tag.name.eq_ignore_ascii_case("base") {
                        return None;
                    }
                    self.start(tag);
                }
                Token::End(name) => {
                    let name = lower(name);
                    match policy::kept_as(&name) {
                        Some(name) => self.out.end(name),
                        None => self.images.end(&name),
                    }
                }
                Token::Frame(tag) => self.frames.start("iframe", tag, &mut self.out),
                Token::Whole(_) => {}
            }
        }
        Some(self.out.finish_outlined())
    }

    fn start(&mut self, tag: Tag<'h>) {
        let written = lower(tag.name);
        let Some(name) = policy::kept_as(&written) else {
            self.images.start(&written);
            return self.frames.start(&written, tag, &mut self.out);
        };
        self.attributes.clear();
        let is_enough = match name {
            "img" | "source" | "video" | "audio" => {
                let Some(rest) = self.images.see(tag, name) else { return };
                attributes::write(&mut self.attributes, Tag::new(name, &rest), name, self.base)
            }
            _ => attributes::write(&mut self.attributes, tag, name, self.base),
        };
        if is_enough {
            self.out.start_noted(name.into(), &self.attributes, mark(tag, name));
        } else {
            self.out.orphan(name.into());
        }
    }
}

/// Where relative URLs start, by the fragment's own `<base href>` (HTML §4.2.3): the first one counts.
fn based(html: &str, url: &str) -> Option<String> {
    let has_one = ["<base ", "<BASE ", "<Base "]
        .iter()
        .any(|tag| memmem::find(html.as_bytes(), tag.as_bytes()).is_some());
    if !has_one {
        return None;
    }
    let starts = Scanner::fragment(html)
        .filter_map(|token| if let Token::Start(tag) = token { Some(tag) } else { None });
    let mut bases = starts.filter(|tag| tag.name.eq_ignore_ascii_case("base"));
    let href = bases.find_map(|tag| {
        tag.attributes().find(|(name, _)| name.eq_ignore_ascii_case("href")).map(|(_, value)| value)
    });
    let base = resolve(&tidy(&decode_attribute(href?)), url).into_owned();
    Url::parse(&base).is_ok_and(|base| matches!(base.scheme(), "http" | "https")).then_some(base)
}

/// The line feeds that a parser would drop after `<pre>`, dropped here, so that parsing again changes nothing.
fn tidy_pre(html: &str) -> Cow<'_, str> {
    let mut parts = html.split("<pre");
    let first = parts.next().unwrap_or_default();
    if first.len() == html.len() {
        return Cow::Borrowed(html);
    }
    let mut tidy = first.to_owned();
    for part in parts {
        // A `>` in a value is written as a reference.
        let (tag, behind) = part.split_at(part.find('>').map_or(part.len(), |end| end + 1));
        tidy.push_str("<pre");
        tidy.push_str(tag);
        tidy.push_str(behind.trim_start_matches('\n'));
    }
    Cow::Owned(tidy)
}
