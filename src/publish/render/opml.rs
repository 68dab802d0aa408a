//! `feeds.opml`: the output feeds as a subscription list (OPML 2.0).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::model::{OutputFeed, OutputFormat};

use super::date::rfc822;
use super::{RenderError, checked, uri};

/// Its name in the output folder.
pub const OPML_FILE: &str = "feeds.opml";

/// Renders the list of these feeds, an outline a feed: the first of its formats in the order of [`OutputFormat::ALL`].
/// Private feeds are for the caller to leave out. Without a base URL the addresses are relative to the document.
///
/// # Errors
/// [`RenderError`] when the document does not read back.
pub fn opml(feeds: &[OutputFeed]) -> Result<Vec<u8>, RenderError> {
    checked("feeds", "OPML", write(feeds))
}

fn write(feeds: &[OutputFeed]) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    writer.create_element("opml").with_attribute(("version", "2.0")).write_inner_content(|writer| {
        writer.create_element("head").write_inner_content(|writer| {
            writer.create_element("title").write_text_content(BytesText::new("Feeds"))?;
            if let Some(updated) = feeds.iter().filter(|feed| !feed.items.is_empty()).map(|f| f.updated).max()
            {
                let updated = rfc822(updated);
                writer.create_element("dateModified").write_text_content(BytesText::new(&updated))?;
            }
            Ok(())
        })?;
        writer
            .create_element("body")
            .write_inner_content(|writer| feeds.iter().try_for_each(|feed| outline(writer, feed)))?;
        Ok(())
    })?;
    Ok(writer.into_inner())
}

fn outline(writer: &mut Writer<Vec<u8>>, feed: &OutputFeed) -> io::Result<()> {
    let Some(format) = OutputFormat::ALL.into_iter().find(|format| feed.formats.contains(format)) else {
        return Ok(());
    };
    let address = feed.self_url(format).as_ref().map_or_else(|| feed.file_name(format), uri);
    let home = feed.link.as_ref().map(uri);
    let attributes = [
        ("type", Some("rss")),
        ("text", Some(feed.title.as_str())),
        ("title", Some(feed.title.as_str())),
        ("description", Some(feed.description.as_str())),
        ("xmlUrl", Some(&*address)),
        ("htmlUrl", home.as_deref()),
        ("language", feed.language.as_deref()),
    ];
    let said = attributes.into_iter().filter_map(|(name, value)| Some((name, value?)));
    writer.create_element("outline").with_attributes(said).write_empty()?;
    Ok(())
}
