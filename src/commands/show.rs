//! `show`: one article, and what it said before.

mod history;

use anyhow::bail;
use serde::Serialize;

use crate::markup::text::text_of;
use crate::model::{Article, ArticleId, ArticleRecord, DateBasis};
use crate::publish::edition::wanted;
use crate::store::{ArticleQuery, PageNote, PageState, Store};

use super::Ended;
use super::output::visible;
use super::session::Session;
use history::RevisionLine;

pub(super) async fn show(session: &Session<'_>, name: &str, with_history: bool) -> anyhow::Result<Ended> {
    let json = session.output.json()?;
    let work = session.load()?;
    let store = session.store(&work.plan)?;
    let found = store.find(&wanted(name)).await?;
    if found.is_empty() {
        bail!("no article is known as `{name}`; `feedmill list` shows short ids");
    }
    let decisions = store.keep_decisions(&work.decisions(), session.now).await?;
    let pages = store.page_notes(&found).await?;
    for article in store.articles(ArticleQuery::only(found)).await? {
        let revisions = if with_history { store.revisions(article.id).await? } else { Vec::new() };
        if json {
            session.output.json_line(&Shown {
                article: work.record(&article),
                history: history::records(&revisions),
                page: pages.get(&article.id),
            })?;
            continue;
        }
        session.output.data(&visible(&page(&article, pages.get(&article.id))))?;
        let by_hand = decisions.iter().filter(|(decision, _)| wants(&decision.article, article.id, name));
        for (decision, at) in by_hand {
            let feed = decision.feed.as_ref().map_or("every feed", |feed| feed.as_str());
            session.output.data(&format!(
                "By hand:    {} in {feed}, {}\n",
                decision.verb,
                at.format("%Y-%m-%d")
            ))?;
        }
        session.output.data(&visible(&history::page(&revisions)))?;
    }
    Ok(Ended::Well)
}

fn wants(decided: &str, id: ArticleId, name: &str) -> bool {
    decided == name || decided.parse() == Ok(id)
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    article: ArticleRecord,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<RevisionLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a PageNote>,
}

/// An article as a page of text.
fn page(article: &Article, note: Option<&PageNote>) -> String {
    let body = &article.body;
    let mut text = format!("{}\n\n", body.title);
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            text.push_str(&format!("{:11} {value}\n", format!("{name}:")));
        }
    };
    fact("Id", article.id.to_string());
    fact("Source", article.origin.source.to_string());
    fact("URL", body.url.as_ref().map(ToString::to_string).unwrap_or_default());
    fact("Guid", article.guid.value.clone());
    let guessed = match article.date_basis {
        DateBasis::Given => "",
        DateBasis::FirstSeen => " (first seen; the source gave no usable date)",
        DateBasis::FileTime => " (the file's own time; nothing in it gave a usable date)",
    };
    fact("Published", format!("{}{guessed}", article.published.to_rfc3339()));
    fact("Updated", article.updated.map(|time| time.to_rfc3339()).unwrap_or_default());
    let withdrawn =
        article.withdrawn.map(|mark| format!("{}: {}", mark.at.to_rfc3339(), mark.reason.words()));
    fact("Withdrawn", withdrawn.unwrap_or_default());
    fact("Authors", body.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", "));
    fact("Tags", body.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>().join(", "));
    fact("Revision", article.revision.to_string());
    fact("Words", body.words.to_string());
    fact("Text", note.map(text_from).unwrap_or_default());
    for part in [body.summary.clone(), body.content.as_ref().map(text_of)].into_iter().flatten() {
        text.push_str(&format!("\n{part}\n"));
    }
    text
}

/// Where an article's text is from, if its page was to be read.
fn text_from(note: &PageNote) -> String {
    let day = note.asked_at.map_or(String::new(), |at| format!(", {}", at.format("%Y-%m-%d")));
    let problem = note.problem.as_ref().map_or(String::new(), |problem| format!(": {problem}"));
    let next =
        note.next_at.map_or(String::new(), |at| format!(" (not before {})", at.format("%Y-%m-%d %H:%M UTC")));
    let from = if note.is_text { format!("from its page{day}") } else { "from its feed".to_owned() };
    match note.state {
        PageState::Read if problem.is_empty() => from,
        PageState::Read => format!("{from}; not all of it{problem}"),
        PageState::HasLess => format!("{from}; its page has less"),
        PageState::Waiting => format!("{from}; its page waits{next}{problem}"),
        PageState::Failed => format!("{from}; its page gave no text{problem}"),
    }
}
