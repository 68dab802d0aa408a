//! Elements that show a document of another site inside this one.

use std::borrow::Cow;

use super::{Tag, decode_attribute};

/// Attributes that hold the address of a frame; all but the first are those of scripts that load it when it is seen.
const SOURCES: &[&str] = &["src", "data-src", "data-lazy-src", "data-litespeed-src"];

/// AMP's and others' elements for one site's player: the attribute that names what to play, and what stands before
/// that name in the address of the frame.
const TWINS: &[(&str, &str, &str)] = &[
    ("amp-youtube", "data-videoid", "https://www.youtube.com/embed/"),
    ("lite-youtube", "videoid", "https://www.youtube.com/embed/"),
    ("amp-vimeo", "data-videoid", "https://player.vimeo.com/video/"),
    ("amp-dailymotion", "data-videoid", "https://www.dailymotion.com/embed/video/"),
    (
        "amp-soundcloud",
        "data-trackid",
        "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/tracks/",
    ),
];

/// The address of what an element shows, as written, references resolved; empty where it does not say. `None` for
/// an element that is no frame. `name` is in lower case.
pub(crate) fn framed<'a>(name: &str, tag: Tag<'a>) -> Option<Cow<'a, str>> {
    let sources = match name {
        "iframe" | "amp-iframe" | "frame" | "embed" => SOURCES,
        "object" => &["data"],
        _ => {
            let (_, attribute, before) = TWINS.iter().find(|(twin, ..)| *twin == name)?;
            let named = attribute_of(tag, attribute).map(|id| format!("{before}{}", id.trim()));
            return Some(Cow::Owned(named.unwrap_or_default()));
        }
    };
    let mut there = sources.iter().filter_map(|source| attribute_of(tag, source));
    Some(there.find(|source| !is_nowhere(source)).unwrap_or_default())
}

/// The first attribute of this name, as in a browser, references resolved.
fn attribute_of<'a>(tag: Tag<'a>, wanted: &str) -> Option<Cow<'a, str>> {
    let (_, value) = tag.attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(decode_attribute(value))
}

/// What a frame says that is loaded later.
fn is_nowhere(source: &str) -> bool {
    let source = source.trim();
    source.is_empty() || source.starts_with("about:")
}

/// Whether a frame is there to be loaded and not to be seen: no wider or higher than a dot, or hidden by style.
pub(crate) fn is_unseen(tag: Tag<'_>) -> bool {
    tag.attributes().any(|(name, value)| {
        let value = decode_attribute(value);
        match name.to_ascii_lowercase().as_str() {
            "width" | "height" => matches!(value.trim().trim_end_matches("px"), "0" | "1"),
            "hidden" => true,
            "style" => {
                let style: String = value.to_ascii_lowercase().split_whitespace().collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        }
    })
}
