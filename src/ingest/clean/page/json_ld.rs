//! What a page says of itself in JSON-LD: read once, for the metadata and as a witness of the words.

use std::borrow::Cow;

use dom_query::Document;
use serde_json::Value;

use crate::ingest::parse::json::repaired;
use crate::markup::decode_text;

/// Objects of one page that are looked at: a graph of products can have thousands.
const MANY: usize = 500;

/// Bytes of JSON-LD that are read of one page; a script that goes beyond is left out.
const LONGEST: usize = 1 << 20;

/// All objects of the page's JSON-LD, those in lists and graphs (`@graph`) too, in order. What is not quite JSON is put
/// right first, as JSON Feeds are: bare line breaks in strings, commas and quotes too many or too few, comments.
pub(super) fn objects(page: &Document) -> Vec<Value> {
    let mut objects = Vec::new();
    let mut left = LONGEST;
    let scripts = page.select("script[type*='ld+json']");
    for script in scripts.nodes() {
        let text = script.text();
        let Some(rest) = left.checked_sub(text.len()) else { continue };
        left = rest;
        for value in values(bare(&text)) {
            flatten(value, &mut objects);
        }
    }
    objects
}

/// The script without what hides it from old browsers and XML.
fn bare(text: &str) -> &str {
    let mut text = text.trim();
    for _ in 0..3 {
        for start in ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["]
        {
            text = text.strip_prefix(start).unwrap_or(text).trim_start();
        }
        for end in ["//-->", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";"] {
            text = text.strip_suffix(end).unwrap_or(text).trim_end();
        }
    }
    text
}

/// The values of a script: one, or several one behind the other.
fn values(text: &str) -> Vec<Value> {
    match serde_json::from_str(text) {
        Ok(value) => return vec![value],
        Err(error) if error.to_string().starts_with("recursion limit") => return Vec::new(),
        Err(_) => {}
    }
    let decoded = if text.contains("&quot;") { decode_text(text) } else { Cow::Borrowed(text) };
    // Several objects one behind the other are a list whose brackets and commas are missing.
    let list = format!("[{decoded}]");
    serde_json::from_str(&repaired(&list)).unwrap_or_else(|_| {
        // A bracket too few or too many: what was read before it counts.
        serde_json::Deserializer::from_str(&decoded).into_iter().map_while(Result::ok).collect()
    })
}

fn flatten(value: Value, objects: &mut Vec<Value>) {
    if objects.len() >= MANY {
        return;
    }
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| flatten(value, objects)),
        Value::Object(mut fields) => {
            let inner = ["@graph", "mainEntity"].map(|name| fields.remove(name));
            if fields.contains_key("@type") {
                objects.push(Value::Object(fields));
            }
            inner.into_iter().flatten().for_each(|inner| flatten(inner, objects));
        }
        _ => {}
    }
}

/// Whether the object is an article of some kind (schema.org `Article` and what is under it).
pub(super) fn is_article(object: &Value) -> bool {
    let named = |name: &str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "Review")
    };
    match &object["@type"] {
        Value::String(name) => named(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines(script: &str) -> Vec<String> {
        let page = Document::from(format!("<script type='application/ld+json'>{script}</script>"));
        let objects = objects(&page);
        objects.iter().filter_map(|object| object["headline"].as_str()).map(str::to_owned).collect()
    }

    #[test]
    fn what_is_not_quite_json_is_read() {
        let table = [
            ("<!-- {\"@type\":\"Article\",\"headline\":\"A\"} -->", vec!["A"]),
            ("//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"A\"}\n//]]>", vec!["A"]),
            ("{\"@type\":\"Article\",\"headline\":\"A\",};", vec!["A"]),
            ("{\"@type\":\"Article\", /* x */ \"headline\":\"A\nB\tC\"}", vec!["A\nB\tC"]),
            ("{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;A&quot;}", vec!["A"]),
            (
                "{\"@type\":\"Article\",\"headline\":\"A\"}{\"@type\":\"Article\",\"headline\":\"B\"}",
                vec!["A", "B"],
            ),
            ("{\"@type\":\"Article\",\"headline\":\"A \"quoted\" word\"}", vec!["A \"quoted\" word"]),
            ("{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"headline\":\"A\"}}", vec!["A"]),
            ("no json at all", vec![]),
            ("", vec![]),
        ];
        for (script, wanted) in table {
            assert_eq!(headlines(script), wanted, "{script}");
        }
    }

    #[test]
    fn deep_and_long_scripts_say_nothing_and_do_no_harm() {
        assert_eq!(headlines(&"[".repeat(100_000)), [""; 0]);
        assert_eq!(headlines(&"{\"@graph\":".repeat(100_000)), [""; 0]);
        let long = format!("{{\"@type\":\"Article\",\"headline\":\"{}\"}}", "x".repeat(5 << 20));
        assert_eq!(headlines(&long), [""; 0]);
        let many = "{\"@type\":\"Article\",\"headline\":\"x\"},".repeat(10_000);
        assert!(headlines(&format!("[{many}]")).len() <= MANY);
    }

    #[test]
    fn articles_are_found_in_lists_and_graphs() {
        let page = Document::from(
            "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebPage\"},\
             {\"@type\":[\"Thing\",\"NewsArticle\"],\"headline\":\"One\"}]}</script>\
             <script type=application/ld+json>[{\"@type\":\"http://schema.org/BlogPosting\",\"headline\":\"T\nwo\"}]</script>\
             <script type=application/ld+json>{no json</script><script>{\"@type\":\"Article\"}</script>",
        );
        let objects = objects(&page);
        let headlines: Vec<_> = objects
            .iter()
            .filter(|object| is_article(object))
            .map(|object| object["headline"].as_str())
            .collect();
        assert_eq!(headlines, [Some("One"), Some("T\nwo")]);
        assert_eq!(objects.len(), 3);
    }
}
