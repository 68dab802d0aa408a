//! The extension `_feedmill` of an item, as our own JSON Feeds have it (`docs/reference/formats.md`): whose article it is.

use serde_json::value::RawValue;

use super::fields::Reader;
use super::meta::link;
use crate::model::parts::Text;
use crate::model::{Entry, FeedMeta};

/// Reads `source` and `rights`.
pub(super) fn extension<'a>(raw: &'a RawValue, reader: &mut Reader<'a>, entry: &mut Entry) {
    let Some(mut own) = reader.object(raw) else { return };
    entry.rights = own.take("rights").and_then(|raw| reader.string(raw)).map(Text::plain);
    entry.source = own.take("source").and_then(|raw| source(raw, reader)).map(Box::new);
}

fn source<'a>(raw: &'a RawValue, reader: &mut Reader<'a>) -> Option<FeedMeta> {
    let mut object = reader.object(raw)?;
    let feed_url = object.take("feed_url").and_then(|raw| reader.url(raw));
    let source = FeedMeta {
        title: object.take("name").and_then(|raw| reader.string(raw)).map(Text::plain),
        link: object.take("url").and_then(|raw| reader.url(raw)),
        links: feed_url.map(|href| link("self", href)).into_iter().collect(),
        ..FeedMeta::default()
    };
    (source != FeedMeta::default()).then_some(source)
}

#[cfg(test)]
mod tests {
    use crate::ingest::parse::{Hints, parse};
    use crate::model::parts::Text;

    #[test]
    fn a_credit_is_read_and_what_is_none_is_passed_over() {
        let items = r#"{"_feedmill": {"source": {"name": "A", "url": 1, "feed_url": "/feed"}, "rights": "CC"}},
            {"_feedmill": 3}, {"_feedmill": {"source": {}, "other": 1}}"#;
        let text = format!(r#"{{"feed_url": "https://example.org/x/", "items": [{items}]}}"#);
        let entries = parse(&text, &Hints::default()).unwrap().entries;
        let source = entries[0].source.as_deref().unwrap();
        assert_eq!((&source.title, &entries[0].rights), (&Some(Text::plain("A")), &Some(Text::plain("CC"))));
        assert_eq!(source.links[0].href, "https://example.org/feed");
        assert!(entries[1..].iter().all(|entry| entry.source.is_none() && entry.extensions.is_empty()));
    }
}
