//! What an editor says of a hand-picked article wins over what its page says. Pure.

use crate::config::PickedArticle;
use crate::model::{Draft, PlainText, SafeHtml};

/// The draft as the editor wants it: the title replaced, the tags added, the note before summary and text.
pub(super) fn apply(mut draft: Draft, pick: &PickedArticle) -> Draft {
    let body = &mut draft.body;
    if let Some(title) = &pick.title {
        body.title = title.clone();
    }
    for tag in &pick.tags {
        if !body.tags.contains(tag) {
            body.tags.push(tag.clone());
        }
    }
    if let Some(note) = &pick.note {
        let summary = body.summary.take().unwrap_or_default();
        body.summary = Some(PlainText::block(&format!("{note}\n\n{summary}")));
        body.content = body.content.take().map(|content| SafeHtml::from_text(note).followed_by(&content));
    }
    draft
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::config::Place;
    use crate::model::ArticleBody;

    use super::*;

    fn draft() -> Draft {
        let body = ArticleBody {
            title: PlainText::line("As printed"),
            summary: Some(PlainText::block("The dek.")),
            content: Some(SafeHtml::from_text(&PlainText::block("The text."))),
            tags: vec![PlainText::line("rust")],
            ..ArticleBody::default()
        };
        Draft { keys: Vec::new(), guid: None, body, published: None, updated: None, file_time: None }
    }

    fn pick(title: Option<&str>, note: Option<&str>, tags: &[&str]) -> PickedArticle {
        PickedArticle {
            place: Place::File(PathBuf::from("a.txt")),
            title: title.map(PlainText::line),
            note: note.map(PlainText::block),
            tags: tags.iter().copied().map(PlainText::line).collect(),
        }
    }

    #[test]
    fn an_editors_title_replaces_tags_are_added_and_the_note_leads() {
        let body = apply(draft(), &pick(Some("Better"), Some("Why it < matters"), &["news", "rust"])).body;
        assert_eq!(body.title.as_str(), "Better");
        assert_eq!(body.summary.unwrap().as_str(), "Why it < matters\n\nThe dek.");
        assert_eq!(body.content.unwrap().as_str(), "<p>Why it &lt; matters</p><p>The text.</p>");
        assert_eq!(body.tags, [PlainText::line("rust"), PlainText::line("news")]);
    }

    #[test]
    fn a_note_on_an_article_without_words_is_its_summary() {
        let mut bare = draft();
        bare.body.summary = None;
        bare.body.content = None;
        let body = apply(bare, &pick(None, Some("Why"), &[])).body;
        assert_eq!((body.summary.unwrap().as_str(), body.content), ("Why", None));
    }

    #[test]
    fn an_editor_who_says_nothing_changes_nothing() {
        assert_eq!(apply(draft(), &pick(None, None, &[])), draft());
    }
}
