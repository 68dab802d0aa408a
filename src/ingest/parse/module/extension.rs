//! What no module claims: kept by its name as written.

use super::super::reader::Reader;
use super::super::record::{Building, Record};
use super::super::xml::attributes::Attributes;
use super::super::xml::tree::Element;

/// As many names of one record as are kept.
const MAX_NAMES: usize = 100;
/// Bytes of one value that are kept.
const MAX_VALUE: usize = 64 * 1024;

/// Reads any element: its text as `name`, each attribute as `name@attribute`. The first of a name is kept.
pub(super) fn any<'a, R: Record>(reader: &mut Reader<'a>, element: &Element<'a>, to: &mut Building<R>) {
    for (attribute, value) in Attributes::new(element.attributes) {
        if !attribute.starts_with("xml") {
            let value = reader.tree.unescape(value);
            keep(to, [element.name, "@", attribute].concat(), value.trim());
        }
    }
    let text = reader.text(element);
    if !text.is_empty() || element.attributes.trim().is_empty() {
        keep(to, element.name.to_owned(), &text);
    }
}

/// Keeps a value, if it is the first of its name.
pub(super) fn keep<R: Record>(to: &mut Building<R>, name: String, value: &str) {
    let extensions = to.record.shared().extensions;
    if extensions.len() < MAX_NAMES {
        let value = &value[..value.floor_char_boundary(MAX_VALUE)];
        extensions.entry(name).or_insert_with(|| value.to_owned());
    }
}
