//! Creative Commons licences: `creativeCommons:license` (RSS 2.0) and `cc:license` (RDF).

use super::super::reader::Reader;
use super::super::record::{Building, Record, fill};
use super::super::xml::tree::Element;

/// Reads a child of a feed or an entry: the licence's URL, as text or as `rdf:resource`.
pub(super) fn any<'a, R: Record>(
    reader: &mut Reader<'a>,
    element: &Element<'a>,
    to: &mut Building<R>,
) -> bool {
    if !element.local().eq_ignore_ascii_case("license") {
        return false;
    }
    let resource = reader.attribute_url(element, "resource");
    let license = resource.or_else(|| reader.url(element));
    fill(to.record.shared().license, license);
    true
}
