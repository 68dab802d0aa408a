//! Frames: players of known sites are built anew, others become a link to what they show.

use std::borrow::Cow;

use crate::markup::{Balancer, Tag, decode_attribute, framed, is_unseen};
use crate::model::embed::Player;
use crate::model::link::absolute;
use crate::model::reference::{resolve, tidy};
use crate::model::{PlainText, escape};

use super::attributes::{self, Base};
use super::policy::{FRAME, REL};

/// The longest label that is made of an address, in characters.
const LONGEST_LABEL: usize = 80;

/// Writes frames.
#[derive(Debug)]
pub(super) struct Frames<'b> {
    base: Base<'b>,
    /// The address of the `<object>` that was the frame before: it may have an `<embed>` of the same inside. What is
    /// shown twice otherwise was meant so.
    object: String,
}

impl<'b> Frames<'b> {
    /// For a fragment with this base.
    pub(super) fn new(base: Base<'b>) -> Self {
        Self { base, object: String::new() }
    }

    /// Writes what becomes of this element, if it is a frame. `name` is in lower case.
    pub(super) fn start(&mut self, name: &str, tag: Tag<'_>, out: &mut Balancer<'_>) {
        let base = self.base;
        let Some(source) = framed(name, tag) else { return };
        if source.is_empty() || is_unseen(tag) {
            return;
        }
        let player = absolute(&resolve(&tidy(&source), base.url), None).and_then(|url| Player::at(&url));
        let address = match &player {
            Some(player) => Some(player.src.clone()),
            None => attributes::link(&source, base).filter(|address| is_link(address)).map(Cow::into_owned),
        };
        let object = std::mem::take(&mut self.object);
        let Some(address) = address.filter(|address| *address != object) else { return };
        match player {
            Some(_) => write_player(tag, &address, base, out),
            None => write_link(tag, &address, out),
        }
        if name == "object" {
            self.object = address;
        }
    }
}

/// Whether there is anything to see for who follows it: nothing plays Flash any more, and mail is no page.
fn is_link(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    !path.to_ascii_lowercase().ends_with(".swf") && !address.starts_with("mailto:")
}

fn write_player(tag: Tag<'_>, src: &str, base: Base<'_>, out: &mut Balancer<'_>) {
    let mut own = String::new();
    attributes::write(&mut own, tag, "iframe", base);
    let made: String = FRAME.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
    out.start("iframe".into(), &format!(" src=\"{}\"{own}{made}", escape(src)));
    out.end("iframe");
}

fn write_link(tag: Tag<'_>, href: &str, out: &mut Balancer<'_>) {
    out.text(" ");
    out.start("a".into(), &format!(" href=\"{}\" rel=\"{REL}\"", escape(href)));
    out.text(&escape(&label(tag, href)));
    out.end("a");
    out.text(" ");
}

/// What the link says: the frame's title, else its address without what no reader wants to see.
fn label(tag: Tag<'_>, href: &str) -> String {
    let title = tag.attributes().find(|(name, _)| name.eq_ignore_ascii_case("title"));
    let title = title.map(|(_, title)| PlainText::line(&decode_attribute(title)));
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        return title.into();
    }
    let bare = href.split_once("://").map_or(href, |(_, bare)| bare);
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    bare.chars().take(LONGEST_LABEL).collect()
}
