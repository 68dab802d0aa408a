//! RSS in JSON (scripting.com, "rss-in-json"; other writers put the attributes under `@`): written as the XML it stands for,
//! and read by the reader of that.

use quick_xml::escape::escape;
use serde_json::{Map, Value};

/// Bytes of the longest document that is read: as a tree it takes many times as much.
const MAX_LENGTH: usize = 32 << 20;
/// As many elements as are written.
const MAX_ELEMENTS: usize = 1_000_000;

/// The XML of a document that is RSS in JSON; nothing for any other.
pub(super) fn as_xml(text: &str) -> Option<String> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let document: Value = serde_json::from_str(text).ok()?;
    let rss = document.get("rss").unwrap_or(&document);
    let channel = rss.get("channel").filter(|channel| channel.is_object())?;
    channel.get("item").or_else(|| channel.get("items"))?;
    let mut writer = Writer { xml: String::with_capacity(text.len()), left: MAX_ELEMENTS };
    writer.element("rss", rss);
    Some(writer.xml)
}

struct Writer {
    xml: String,
    left: usize,
}

impl Writer {
    fn element(&mut self, name: &str, value: &Value) {
        if !is_name(name) || self.left == 0 {
            return;
        }
        self.left -= 1;
        match value {
            Value::Null => {}
            Value::Array(values) => values.iter().for_each(|value| self.element(name, value)),
            Value::Object(members) => self.object(name, members),
            value => {
                self.xml.push_str(&format!("<{name}>{}</{name}>", escape(plain(value))));
            }
        }
    }

    /// Members are attributes where they are marked so or stand beside a text, or where an element has nothing else but is
    /// none that holds elements.
    fn object(&mut self, name: &str, members: &Map<String, Value>) {
        let text = ["#value", "#text", "$t", "#"].iter().find_map(|key| members.get(*key));
        let holds_elements =
            matches!(name, "rss" | "channel" | "item" | "items" | "image" | "textInput" | "source");
        let attribute = |key: &str, value: &Value| {
            let marked =
                key.starts_with('@') || key.starts_with("xmlns") || (name == "rss" && key == "version");
            !value.is_array() && !value.is_object() && (marked || text.is_some() || !holds_elements)
        };
        self.xml.push_str(&format!("<{name}"));
        for (key, value) in members.iter().filter(|(key, value)| attribute(key, value)) {
            let key = key.trim_start_matches('@');
            if is_name(key) {
                self.xml.push_str(&format!(" {key}=\"{}\"", escape(plain(value))));
            }
        }
        self.xml.push('>');
        if let Some(text) = text {
            self.xml.push_str(&escape(plain(text)));
        }
        for (key, value) in members.iter().filter(|(key, value)| !attribute(key, value)) {
            let singular = if name == "channel" && key == "items" { "item" } else { key };
            self.element(singular, value);
        }
        self.xml.push_str(&format!("</{name}>"));
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a member's name can be an element's.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss_in_json_is_the_xml_that_it_stands_for() {
        let table = [
            (
                r##"{"rss": {"version": "2.0", "xmlns:a": "b", "channel": {"title": "a < b", "item": [
                    {"guid": {"isPermaLink": false, "#value": "g"}, "enclosure": {"url": "u", "length": 1}}, {"category": ["x", "y"]}]}}}"##,
                Some(
                    "<rss version=\"2.0\" xmlns:a=\"b\"><channel><item><enclosure length=\"1\" url=\"u\"></enclosure>\
                     <guid isPermaLink=\"false\">g</guid></item><item><category>x</category><category>y</category></item>\
                     <title>a &lt; b</title></channel></rss>",
                ),
            ),
            (
                r#"{"channel": {"items": [{"title": "t", "a b": 1}]}}"#,
                Some("<rss><channel><item><title>t</title></item></channel></rss>"),
            ),
            (r#"{"rss": {"channel": {"title": "no items"}}}"#, None),
            (r#"{"channel": "x"}"#, None),
            ("[1]", None),
        ];
        for (json, xml) in table {
            assert_eq!(as_xml(json).as_deref(), xml, "{json}");
        }
    }
}
