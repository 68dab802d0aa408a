//! Reads back what was written: XML that a strict reader refuses is never published.

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

/// Whether a document is well-formed and namespace-well-formed XML 1.0: one root, every tag closed, no character or
/// reference that XML forbids, no prefix that is not declared, no attribute twice.
///
/// # Errors
/// What is wrong, in words.
pub(super) fn well_formed(document: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(document).map_err(|error| error.to_string())?;
    if let Some(c) = text.chars().find(|&c| !is_char(c)) {
        return Err(format!("U+{:04X} is no character of XML", u32::from(c)));
    }
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut depth = 0_usize;
    let mut roots = 0;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        known(&namespace)?;
        match event {
            Event::Start(tag) => {
                attributes(&reader, &tag)?;
                roots += usize::from(depth == 0);
                depth += 1;
            }
            Event::Empty(tag) => {
                attributes(&reader, &tag)?;
                roots += usize::from(depth == 0);
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::GeneralRef(reference) => known_reference(&reference)?,
            Event::Text(text) if depth == 0 && !text.iter().all(u8::is_ascii_whitespace) => {
                return Err("text outside of the root element".to_owned());
            }
            Event::Eof if depth > 0 => return Err("an element is not closed".to_owned()),
            Event::Eof if roots != 1 => return Err(format!("{roots} root elements")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// `Char` of XML 1.0 §2.2.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn known(namespace: &ResolveResult<'_>) -> Result<(), String> {
    match namespace {
        ResolveResult::Unknown(prefix) => {
            Err(format!("the prefix `{}` is not declared", String::from_utf8_lossy(prefix)))
        }
        ResolveResult::Bound(_) | ResolveResult::Unbound => Ok(()),
    }
}

fn attributes(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<(), String> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        known(&reader.resolver().resolve_attribute(attribute.key).0)?;
        let value = attribute
            .decoded_and_normalized_value(quick_xml::XmlVersion::Implicit1_0, reader.decoder())
            .map_err(|error| error.to_string())?;
        if attribute.value.contains(&b'<') || !value.chars().all(is_char) {
            return Err(format!("the value `{value}` has a character that XML forbids there"));
        }
    }
    Ok(())
}

fn known_reference(reference: &BytesRef<'_>) -> Result<(), String> {
    let name = reference.decode().map_err(|error| error.to_string())?;
    let known = match reference.resolve_char_ref().map_err(|error| error.to_string())? {
        Some(c) => is_char(c),
        None => quick_xml::escape::resolve_xml_entity(&name).is_some(),
    };
    if known { Ok(()) } else { Err(format!("the reference `&{name};` names no character of XML")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_documents_pass() {
        for document in [
            "<?xml version=\"1.0\"?>\n<a/>\n",
            "<a xmlns:x=\"urn:x\" x:y=\"&amp;&#9;\"><x:b xml:lang=\"en\">&lt;&#x1F600;<![CDATA[<]]></x:b></a>",
            "<!DOCTYPE html><html><body/></html>",
        ] {
            assert_eq!(well_formed(document.as_bytes()), Ok(()), "{document}");
        }
    }

    #[test]
    fn what_a_strict_reader_refuses_is_refused() {
        for document in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a/>text",
            "<a>\u{8}</a>",
            "<a>\u{ffff}</a>",
            "<a>&nbsp;</a>",
            "<a>&#0;</a>",
            "<a>&#x1;</a>",
            "<a>a & b</a>",
            "<a b=\"&nope;\"/>",
            "<a b=\"&#1;\"/>",
            "<a b=\"<\"/>",
            "<a b=\"1\" b=\"2\"/>",
            "<a><x:b/></a>",
            "<a x:b=\"\"/>",
        ] {
            assert!(well_formed(document.as_bytes()).is_err(), "{document:?}");
        }
        assert!(well_formed(b"<a>\xff</a>").is_err());
    }
}
