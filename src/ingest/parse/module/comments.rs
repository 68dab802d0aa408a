//! What belongs to discussions: `wfw:` (the CommentAPI) and `thr:` (RFC 4685).

use super::super::reader::Reader;
use super::super::record::{Building, fill};
use super::super::xml::names::Module;
use super::super::xml::tree::Element;
use super::extension;
use super::rss::fold;
use crate::model::Entry;
use crate::model::parts::InReplyTo;

/// Reads a child of an entry.
pub(super) fn entry<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<Entry>) -> bool {
    match (element.module, fold(element.local()).as_ref()) {
        (Module::Wfw, "commentrss") => {
            fill(&mut to.record.comments_feed, reader.url(element));
        }
        (Module::Wfw, "comment") => {
            if let Some(url) = reader.url(element) {
                extension::keep(to, "wfw:comment", &url);
            }
        }
        (Module::Thread, "in-reply-to") => to.record.in_reply_to.push(InReplyTo {
            reference: reader.attribute_string(element, "ref"),
            href: reader.attribute_url(element, "href"),
            media_type: reader.attribute_string(element, "type"),
            source: reader.attribute_url(element, "source"),
        }),
        _ => return false,
    }
    true
}
