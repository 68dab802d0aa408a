//! Images, one by one: what the steps on them look at and change, and what was seen of images before.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use memchr::memmem;

use crate::markup::{Tag, decode_attribute, lower};
use crate::model::{CleanStep, CleanSteps, escape};

use super::IMAGES;

/// An `img`, or what else brings a resource: `source`, `video`, `audio`.
#[derive(Debug)]
pub(in super::super) struct Image<'a> {
    name: &'a str,
    /// Names in lower case, values without character references.
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    changed: bool,
    /// A script would have loaded it.
    pub(super) is_lazy: bool,
    /// It goes.
    pub(super) is_gone: bool,
}

impl<'a> Image<'a> {
    fn of(tag: Tag<'a>, name: &'a str) -> Self {
        let attributes =
            tag.attributes().map(|(name, value)| (lower(name), decode_attribute(value))).collect();
        Self { name, attributes, changed: false, is_lazy: false, is_gone: false }
    }

    /// Whether it is a picture, and not a film or one of several sources.
    pub(super) fn is_picture(&self) -> bool {
        self.name == "img"
    }

    /// The attributes as they stand.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The first attribute of this name; the others never count (HTML §13.2.5.33).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, name: &'static str, value: String) {
        self.remove(name);
        self.attributes.push((Cow::Borrowed(name), Cow::Owned(value)));
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.attributes.retain(|(known, _)| known != name);
        self.changed = true;
    }

    /// The attributes as they stand in a tag.
    fn written(&self) -> String {
        self.attributes().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect()
    }
}

/// The image before, with nothing but markup since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Lazy,
    NoScript,
    Other,
}

/// What was seen of a fragment's images so far.
#[derive(Debug)]
pub(in super::super) struct Images<'h> {
    html: &'h str,
    steps: CleanSteps,
    has_twins: OnceCell<bool>,
    noscript: usize,
    before: Option<Before>,
    addresses: HashSet<String>,
}

impl<'h> Images<'h> {
    /// Nothing seen yet of this fragment.
    pub(in super::super) fn of(html: &'h str, steps: CleanSteps) -> Self {
        Self { html, steps, has_twins: OnceCell::new(), noscript: 0, before: None, addresses: HashSet::new() }
    }

    /// Whether some image may stand there twice: once for a script, once for where there is none.
    fn has_twins(&self) -> bool {
        let has = |tag: &&str| memmem::find(self.html.as_bytes(), tag.as_bytes()).is_some();
        *self.has_twins.get_or_init(|| {
            self.steps.has(CleanStep::LazyImages) && ["<noscript", "<NOSCRIPT", "<amp-"].iter().any(has)
        })
    }

    /// What a tag that is no image says of the images to come.
    pub(in super::super) fn start(&mut self, name: &str) {
        self.noscript += usize::from(name == "noscript");
    }

    pub(in super::super) fn end(&mut self, name: &str) {
        self.noscript = self.noscript.saturating_sub(usize::from(name == "noscript"));
    }

    /// Words part an image from its twin.
    pub(in super::super) fn text(&mut self, text: &str) {
        if self.before.is_some() && !text.trim().is_empty() {
            self.before = None;
        }
    }

    /// An image, kept as `name`, as the steps leave it: what stands in its tag, `None` if it goes.
    pub(in super::super) fn see<'a>(&mut self, tag: Tag<'a>, name: &'a str) -> Option<Cow<'a, str>> {
        let mut image = Image::of(tag, name);
        for (_, step) in IMAGES.iter().filter(|(step, _)| self.steps.has(*step)) {
            step(&mut image);
        }
        if image.is_gone || image.is_picture() && self.has_twins() && self.is_twin(&image, tag) {
            return None;
        }
        Some(if image.changed { Cow::Owned(image.written()) } else { Cow::Borrowed(tag.rest()) })
    }

    /// Whether an image stands for the one before it, or the other way round.
    fn is_twin(&mut self, image: &Image<'_>, tag: Tag<'_>) -> bool {
        let is_amp = tag.name.to_ascii_lowercase().starts_with("amp-");
        // What AMP shows until it has loaded the image, or if it cannot.
        if is_amp && (image.get("placeholder").is_some() || image.get("fallback").is_some()) {
            return true;
        }
        let now = match (self.noscript > 0, image.is_lazy || is_amp) {
            (true, _) => Before::NoScript,
            (false, true) => Before::Lazy,
            (false, false) => Before::Other,
        };
        let is_pair = matches!(
            (self.before, now),
            (Some(Before::Lazy), Before::NoScript) | (Some(Before::NoScript), Before::Lazy)
        );
        let is_new = image.get("src").is_none_or(|src| self.addresses.insert(src.to_owned()));
        if is_pair || now == Before::NoScript && !is_new {
            self.before = None;
            return true;
        }
        self.before = Some(now);
        false
    }
}
