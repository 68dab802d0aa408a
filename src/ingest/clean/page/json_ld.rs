//! What a page says of itself in JSON-LD: read once, for the metadata and as a witness of the words.

use dom_query::Document;
use serde_json::Value;

/// Objects of one page that are looked at: a graph of products can have thousands.
const MANY: usize = 500;

/// All objects of the page's JSON-LD, those in lists and graphs (`@graph`) too, in order. Scripts that are no JSON are
/// left out, except that bare line breaks in strings, which browsers' tools forgive, count as blanks.
pub(super) fn objects(page: &Document) -> Vec<Value> {
    let mut objects = Vec::new();
    for script in page.select("script[type='application/ld+json']").iter() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let read = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str::<Value>(&text.replace(char::is_control, " ")));
        if let Ok(value) = read {
            flatten(value, &mut objects);
        }
    }
    objects
}

fn flatten(value: Value, objects: &mut Vec<Value>) {
    if objects.len() >= MANY {
        return;
    }
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| flatten(value, objects)),
        Value::Object(mut fields) => {
            let graph = fields.remove("@graph");
            if fields.contains_key("@type") {
                objects.push(Value::Object(fields));
            }
            if let Some(graph) = graph {
                flatten(graph, objects);
            }
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
        assert_eq!(headlines, [Some("One"), Some("T wo")]);
        assert_eq!(objects.len(), 3);
    }
}
