//! The RSS administration module (`admin:`).

use super::super::reader::Reader;
use super::super::record::{Building, fill};
use super::super::xml::tree::Element;
use crate::model::FeedMeta;
use crate::model::parts::Generator;

/// Reads a child of a feed: `admin:generatorAgent`.
pub(super) fn feed<'a>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<FeedMeta>) -> bool {
    if !element.local().eq_ignore_ascii_case("generatorAgent") {
        return false;
    }
    let uri = reader.attribute_url(element, "resource");
    let generator = uri.map(|uri| Generator { uri: Some(uri), ..Generator::default() });
    fill(&mut to.record.generator, generator);
    true
}
