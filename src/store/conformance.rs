//! What every store must do. A store passes by `conformance::suite!(ItsBench);` in its tests.

pub(super) mod articles;
pub(super) mod documents;
pub(super) mod hands;
pub(super) mod marks;
pub(super) mod pages;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::{ArticleQuery, DocumentKey, DocumentState, DocumentUpdate, Store};
use crate::ingest::decide::{Change, EditedArticle, KeyCounts, NewArticle, fingerprint};
use crate::model::{
    About, Article, ArticleBody, ArticleId, Attachment, Author, DateBasis, Flood, Guid, Key, PlainText,
    SafeHtml, SourceId, Weight,
};

/// How the suite gets at a kind of store.
pub(super) trait Bench {
    type Store: Store + 'static;

    /// An empty store of its own.
    fn new() -> Self;

    /// A connection to it: each sees what the others wrote.
    fn connect(&self) -> Self::Store;
}

/// Makes one test of each check.
macro_rules! suite {
    ($bench:ident) => {
        $crate::store::conformance::suite! { $bench:
            documents::{
                a_source_never_seen_has_no_documents,
                a_document_state_reads_back_as_it_was_written,
                what_a_document_says_of_itself_stays_until_it_says_something_else,
                a_pulse_is_noted_and_leaves_the_rest,
                pulses_are_noted_of_many_documents_at_once,
                every_document_comes_in_one_go,
                what_robots_txt_said_reads_back_and_is_replaced,
                documents_are_told_apart_by_source_and_scope,
                an_update_happens_whole_or_not_at_all,
                a_misfit_takes_no_other_document_with_it,
                two_connections_take_turns_at_writing,
            }
            articles::{
                an_article_reads_back_as_it_was_written,
                times_are_kept_to_the_millisecond,
                many_new_articles_at_once_have_each_their_own_words_and_keys,
                known_gives_the_keys_asked_for_and_counts_all_of_their_articles,
                keys_are_known_within_their_document_only,
                an_article_is_found_by_id_link_and_guid_whatever_its_source,
                an_edit_is_a_revision_and_keeps_what_was_said_before,
                an_edit_of_a_revision_that_is_no_more_is_refused,
                articles_come_newest_first_then_by_id,
                articles_are_chosen_by_source_and_date,
                articles_named_come_too_whatever_their_source_and_date,
                what_is_sifted_is_what_articles_gives,
                bodies_are_read_only_if_asked_for,
                articles_are_counted_by_source,
            }
            marks::{
                a_withdrawn_article_is_marked_and_nothing_of_it_is_lost,
                deciding_and_status_know_of_marks,
                the_first_mark_of_a_withdrawal_stays,
                a_document_takes_back_its_own_articles_only,
                a_retouch_takes_the_place_of_the_newest_words,
                revisions_say_how_they_were_dated_and_whether_they_corrected,
                the_first_and_the_newest_revisions_are_kept,
                the_order_of_a_reading_is_kept_until_there_is_another,
            }
            pages::{
                of_each_source_the_newest_articles_pages_come_first,
                words_of_a_page_are_no_revision_and_those_of_the_feed_are_kept,
                what_pages_cost_their_document_has_cost,
                an_edit_keeps_both_words_and_gives_the_pages_up_where_told,
                a_page_of_the_same_address_is_known_unless_an_edit_asks_anew,
                how_it_stands_with_a_page_is_noted_and_counted,
                what_a_hosts_pages_have_in_common_reads_back,
            }
            hands::{
                the_first_note_of_a_publication_stays,
                publications_are_told_apart_by_feed,
                a_hand_decision_that_stays_keeps_its_date,
                an_edition_stands_until_something_is_written_that_it_is_made_of,
                an_edition_stands_whatever_is_written_that_it_is_not_made_of,
            }
        }
    };
    ($bench:ident: $($room:ident::{$($check:ident,)+})+) => {
        $(mod $room {
            use super::$bench;
            use $crate::store::conformance::{Bench as _, $room};

            $(#[tokio::test]
            async fn $check() {
                $room::$check(&$bench::new()).await;
            })+
        })+
    };
}
pub(super) use suite;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

fn id(number: u64) -> ArticleId {
    ArticleId::new(number)
}

fn page(path: &str) -> Url {
    Url::parse("https://example.org/").unwrap().join(path).unwrap()
}

fn document(source: &str, scope: &str) -> DocumentKey {
    DocumentKey { source: SourceId::new(source), scope: scope.to_owned() }
}

fn link(number: u64) -> Key {
    Key::Link(format!("example.org/{number}"))
}

fn guid(number: u64) -> Key {
    Key::Guid(format!("//example.org/?p={number}"))
}

/// A new article, published in the minute of its number.
fn new(number: u64) -> NewArticle {
    let body = ArticleBody {
        title: PlainText::line(&format!("Title {number}")),
        url: Some(page(&number.to_string())),
        content: Some(SafeHtml::from_text(&PlainText::line(&format!("Body {number}")))),
        words: 2,
        ..ArticleBody::default()
    };
    NewArticle {
        id: id(number),
        keys: vec![guid(number), link(number)],
        guid: Guid { value: format!("https://example.org/?p={number}"), is_permalink: true },
        fingerprint: fingerprint(&body),
        body,
        published: at(number.cast_signed()),
        date_basis: DateBasis::Given,
        updated: None,
        first_seen: at(1_000),
        flood: number.is_multiple_of(2).then_some(Flood::First),
    }
}

/// An edit of it, in the minute 1,000 + its revision.
fn edit(number: u64, revision: u32) -> EditedArticle {
    let body = ArticleBody {
        title: PlainText::line(&format!("Title {number}, revision {revision}")),
        content: None,
        ..new(number).body
    };
    EditedArticle {
        id: id(number),
        keys: Vec::new(),
        fingerprint: fingerprint(&body),
        body,
        revision,
        published: at(number.cast_signed()),
        date_basis: DateBasis::Given,
        updated: Some(at(1_000 + i64::from(revision))),
        seen: at(1_000 + i64::from(revision)),
        weight: Weight::Correction,
        own: None,
    }
}

fn added(article: NewArticle) -> Change {
    Change::New(Box::new(article))
}

fn edited(article: EditedArticle) -> Change {
    Change::Edited(Box::new(article))
}

fn update(document: DocumentKey, changes: Vec<Change>) -> DocumentUpdate {
    DocumentUpdate { changes, ..DocumentUpdate::of_state(document, DocumentState::default()) }
}

/// Records new articles of the one document of a source.
pub(in crate::store) async fn fill(store: &impl Store, source: &str, numbers: impl IntoIterator<Item = u64>) {
    let changes = numbers.into_iter().map(|number| added(new(number))).collect();
    store.record(update(document(source, ""), changes)).await.unwrap();
}

async fn numbers(store: &impl Store, query: ArticleQuery) -> Vec<u64> {
    store.articles(query).await.unwrap().iter().map(|article| article.id.number()).collect()
}

async fn the_article(store: &impl Store, number: u64) -> Article {
    let mut articles = store.articles(ArticleQuery::only(vec![id(number)])).await.unwrap();
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}
