//! The RSS 1.0 syndication module (`sy:`).

use super::super::reader::Reader;
use super::super::record::{Building, fill};
use super::super::xml::tree::Element;
use super::rss::fold;
use crate::model::FeedMeta;

/// Reads a child of a feed.
pub(super) fn feed<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<FeedMeta>) -> bool {
    match fold(element.local()).as_ref() {
        "updateperiod" => fill(&mut to.record.update_period, reader.filled(element)),
        "updatefrequency" => fill(&mut to.record.update_frequency, reader.number(element)),
        _ => return false,
    }
    true
}
