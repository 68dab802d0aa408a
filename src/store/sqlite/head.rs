//! Heads of articles, as they are written: the JSON that serde makes of an [`ArticleBody`], and reads back. Most of a head
//! is texts in which nothing needs an escape; that is seen at a glance here, and letter by letter there.

use serde::Serialize;
use url::Url;

use super::fault::Fault;
use crate::model::{ArticleBody, PlainText};

/// In messages.
pub(super) const HEAD: &str = "an article's head";

/// Adds the head of an article to a block.
pub(super) fn add_head(body: &ArticleBody, block: &mut Vec<u8>) -> Result<(), Fault> {
    // Field by field: a new one must not be forgotten.
    let ArticleBody {
        title,
        url,
        summary,
        content: _,
        authors,
        tags,
        language,
        rights,
        image,
        attachments,
        credits,
        words,
    } = body;
    let mut head = Head { block };
    head.text("{\"title\":", Some(title.as_str()))?;
    head.text(",\"url\":", url.as_ref().map(Url::as_str))?;
    head.text(",\"summary\":", summary.as_ref().map(PlainText::as_str))?;
    head.list(",\"authors\":", authors)?;
    head.list(",\"tags\":", tags)?;
    head.text(",\"language\":", language.as_deref())?;
    head.text(",\"rights\":", rights.as_ref().map(PlainText::as_str))?;
    head.text(",\"image\":", image.as_ref().map(Url::as_str))?;
    head.list(",\"attachments\":", attachments)?;
    head.value(",\"credits\":", credits.as_deref())?;
    head.value(",\"words\":", Some(words))?;
    head.block.push(b'}');
    Ok(())
}

struct Head<'a> {
    block: &'a mut Vec<u8>,
}

impl Head<'_> {
    fn text(&mut self, name: &str, text: Option<&str>) -> Result<(), Fault> {
        let Some(plain) = text.filter(|text| is_plain(text)) else { return self.value(name, text) };
        for piece in [name, "\"", plain, "\""] {
            self.block.extend_from_slice(piece.as_bytes());
        }
        Ok(())
    }

    fn list<T: Serialize>(&mut self, name: &str, list: &[T]) -> Result<(), Fault> {
        self.value(name, Some(list).filter(|list| !list.is_empty()))
    }

    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: Option<&T>) -> Result<(), Fault> {
        let Some(value) = value else { return Ok(()) };
        self.block.extend_from_slice(name.as_bytes());
        serde_json::to_writer(&mut *self.block, value).map_err(|cause| Fault::Json { what: HEAD, cause })
    }
}

/// Whether a text is its own JSON: nothing in it is escaped. Looks at all of it, which takes many letters at once.
fn is_plain(text: &str) -> bool {
    let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    !text.bytes().fold(false, |found, byte| found | escaped(byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{About, Attachment, Author};

    fn url() -> impl Strategy<Value = Url> {
        "[a-z\"\\\\ é]{0,20}".prop_map(|path| Url::parse(&format!("https://example.org/{path}")).unwrap())
    }

    fn text() -> impl Strategy<Value = PlainText> {
        prop_oneof![any::<String>(), "[a-zé \"\\\\\t\n\u{7f}]{0,40}"].prop_map(|text| PlainText::block(&text))
    }

    prop_compose! {
        fn some()(
            title in text(), url in prop::option::of(url()), summary in prop::option::of(text()),
            authors in prop::collection::vec(text(), 0..3), tags in prop::collection::vec(text(), 0..3),
            language in prop::option::of(any::<String>()), rights in prop::option::of(text()),
            image in prop::option::of(url()), credits in prop::option::of(text()), words: u32,
        ) -> ArticleBody {
            let author = |name| Author { name, url: url.clone(), bio: None };
            let file = |url: &Url| Attachment { url: url.clone(), media_type: title.to_string(), length: Some(1) };
            ArticleBody {
                authors: authors.into_iter().map(author).collect(),
                attachments: image.iter().map(file).collect(),
                credits: credits.map(|title| Box::new(About { title: Some(title), ..About::default() })),
                title, url, summary, content: None, tags, language, rights, image, words,
            }
        }
    }

    proptest! {
        #[test]
        fn a_head_is_what_serde_writes(body in some()) {
            let mut head = Vec::new();
            add_head(&body, &mut head).unwrap();
            prop_assert_eq!(String::from_utf8(head).unwrap(), serde_json::to_string(&body).unwrap());
        }
    }
}
