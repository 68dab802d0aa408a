use std::sync::Arc;

use chrono::{TimeDelta, TimeZone, Utc};

use crate::config::{Attribution, Embeds, Extras, FullText, Input, OnEdit};
use crate::model::selection::Selection;
use crate::model::{About, Author, DateBasis, FeedId, ItemCredit, Origin, OutputFormat};

use super::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn line(text: &str) -> PlainText {
    PlainText::line(text)
}

fn plan(republish: Republish) -> FeedPlan {
    FeedPlan {
        id: FeedId::new("news"),
        title: line("My news"),
        description: line("All of it"),
        link: None,
        language: Some("en".to_owned()),
        formats: OutputFormat::ALL.to_vec(),
        selection: Selection::default(),
        republish,
        attribution: Attribution::Top,
        excerpt_words: 6,
        private: false,
        on_edit: OnEdit::Update,
        embeds: Embeds::Keep,
    }
}

fn extras() -> Extras {
    let tags = vec![line("World"), line("daily")];
    Extras { tags, language: Some("fr".to_owned()), ..Extras::default() }
}

fn source(republish: Republish) -> SourcePlan {
    SourcePlan {
        id: SourceId::new("post"),
        input: Input::Feed(std::sync::Arc::new(url("https://post.example.org/feed"))),
        republish,
        every: None,
        force_every: false,
        allow_private: false,
        full_text: FullText::Never,
        clean: crate::model::CleanSteps::ALL,
        first_run: None,
        extras: extras().into(),
    }
}

fn about() -> About {
    About {
        title: Some(line("The Post")),
        site: Some(url("https://www.post.example.org/")),
        feed: Some(url("https://post.example.org/feed")),
        ..About::default()
    }
}

fn article(number: u64) -> Article {
    let published = Utc.with_ymd_and_hms(2025, 5, 1, 12, 0, 0).unwrap();
    Article {
        id: ArticleId::new(number),
        origin: Arc::new(Origin { source: SourceId::new("post"), scope: String::new(), about: about() }),
        guid: Guid { value: format!("https://post.example.org/{number}"), is_permalink: true },
        body: ArticleBody {
            title: line("A headline"),
            url: Some(url("https://post.example.org/a")),
            summary: Some(line("The dek says it all. In one line or two, that is.")),
            content: Some(SafeHtml::from_text(&line("The body of the article."))),
            tags: vec![line("world")],
            image: Some(url("https://post.example.org/a.jpg")),
            ..ArticleBody::default()
        },
        published,
        date_basis: DateBasis::Given,
        updated: None,
        first_seen: published,
        revision: 1,
        flood: None,
        withdrawn: None,
    }
}

/// Composes with one source, no base URL and nothing published before.
fn composed(plan: &FeedPlan, source: &SourcePlan, articles: &[Article]) -> OutputFeed {
    let sources = BTreeMap::from([(source.id.clone(), source)]);
    compose(
        plan,
        articles,
        &Context { base_url: None, sources: &sources, guids: &BTreeMap::new(), histories: &BTreeMap::new() },
    )
}

fn composed_item(plan: &FeedPlan, source: &SourcePlan, article: Article) -> OutputItem {
    composed(plan, source, &[article]).items.remove(0)
}

#[test]
fn no_feed_prints_more_than_its_source_allows() {
    use Republish::{Excerpt, Full, Link};
    for (feed, allowed, printed) in [
        (Link, Link, Link),
        (Link, Full, Link),
        (Excerpt, Link, Link),
        (Excerpt, Excerpt, Excerpt),
        (Excerpt, Full, Excerpt),
        (Full, Link, Link),
        (Full, Excerpt, Excerpt),
        (Full, Full, Full),
    ] {
        let item = composed_item(&plan(feed), &source(allowed), article(1));
        let case = format!("{feed:?} of {allowed:?}");
        assert_eq!(item.excerpt.is_some(), printed >= Excerpt, "{case}");
        assert_eq!(item.image.is_some(), printed >= Excerpt, "{case}");
        assert_eq!(item.content.is_some(), printed == Full, "{case}");
        assert!(item.summary.unwrap().as_str().contains("The Post"), "{case}");
    }
}

#[test]
fn an_article_of_a_source_that_is_gone_has_the_ceiling_excerpt() {
    let other = SourcePlan { id: SourceId::new("other"), ..source(Republish::Full) };
    let item = composed_item(&plan(Republish::Full), &other, article(1));
    assert_eq!((item.excerpt.is_some(), item.content), (true, None));
    assert_eq!(item.credit.unwrap().name, line("The Post"));
}

#[test]
fn an_excerpt_is_from_the_summary_else_from_the_lead_of_the_body() {
    let item = composed_item(&plan(Republish::Excerpt), &source(Republish::Full), article(1));
    assert_eq!(item.excerpt, Some(line("The dek says it all.")));
    let mut bare = article(1);
    bare.body.summary = None;
    let item = composed_item(&plan(Republish::Excerpt), &source(Republish::Full), bare);
    assert_eq!(item.excerpt, Some(line("The body of the article.")));
}

#[test]
fn the_whole_text_of_a_feed_without_bodies_is_its_summary() {
    let mut bare = article(1);
    bare.body.content = None;
    let plan = FeedPlan { attribution: Attribution::Off, ..plan(Republish::Full) };
    let item = composed_item(&plan, &source(Republish::Full), bare.clone());
    assert_eq!(item.content.unwrap().as_str(), "<p>The dek says it all. In one line or two, that is.</p>");
    bare.body.summary = Some(line("Short enough."));
    assert_eq!(composed_item(&plan, &source(Republish::Full), bare).content, None);
}

#[test]
fn the_credit_line_stands_where_the_feed_wants_it() {
    let credit =
        "<p>From <a href=\"https://www.post.example.org/\" rel=\"noopener noreferrer\">The Post</a></p>";
    let text = "<p>The body of the article.</p>";
    for (attribution, expected) in [
        (Attribution::Top, format!("{credit}{text}")),
        (Attribution::Bottom, format!("{text}{credit}")),
        (Attribution::Off, text.to_owned()),
    ] {
        let plan = FeedPlan { attribution, ..plan(Republish::Full) };
        let item = composed_item(&plan, &source(Republish::Full), article(1));
        assert_eq!(item.content.unwrap().as_str(), expected);
        assert!(item.credit.is_some(), "the machine-readable credit stays");
    }
}

#[test]
fn a_credit_has_the_best_name_there_is() {
    let bare = About::default();
    let hosted = About { site: about().site, ..bare.clone() };
    let elsewhere = About { title: Some(line("Elsewhere")), ..bare.clone() };
    let nobody = About { rights: Some(line("r")), ..bare.clone() };
    for (credits, name, about, expected) in [
        (Some(elsewhere), Some("Configured"), about(), "Elsewhere"),
        (Some(hosted.clone()), Some("Configured"), about(), "post.example.org"),
        (Some(nobody), Some("Configured"), about(), "Configured"),
        (None, Some("Configured"), about(), "Configured"),
        (None, None, about(), "The Post"),
        (None, None, hosted, "post.example.org"),
        (None, None, bare, "post"),
    ] {
        let mut article = article(1);
        article.body.credits = credits.map(Box::new);
        Arc::make_mut(&mut article.origin).about = about;
        let source = SourcePlan {
            extras: Extras { name: name.map(line), ..extras() }.into(),
            ..source(Republish::Excerpt)
        };
        let item = composed_item(&plan(Republish::Excerpt), &source, article);
        assert_eq!(item.credit.unwrap().name, line(expected));
    }
}

#[test]
fn words_of_ones_own_are_credited_to_nobody_unless_they_say_so() {
    let own = SourcePlan { input: Input::Documents("/desk".into()), ..source(Republish::Full) };
    let item = composed_item(&plan(Republish::Full), &own, article(1));
    assert_eq!((item.credit, item.content.unwrap().as_str()), (None, "<p>The body of the article.</p>"));
    let mut credited = article(1);
    credited.body.credits = Some(Box::new(about()));
    assert!(composed_item(&plan(Republish::Full), &own, credited).credit.is_some());

    let picks = SourcePlan { input: Input::Articles(Vec::new()), ..source(Republish::Full) };
    assert!(composed_item(&plan(Republish::Full), &picks, article(1)).credit.is_some());
    let mut file = article(1);
    file.body.url = None;
    assert_eq!(composed_item(&plan(Republish::Full), &picks, file).credit, None);
}

#[test]
fn a_credit_is_as_new_as_the_newest_article_of_its_source() {
    let mut newer = article(2);
    newer.updated = Some(newer.published + TimeDelta::hours(5));
    let mut foreign = article(3);
    foreign.body.credits = Some(Box::new(About { title: Some(line("Elsewhere")), ..About::default() }));
    let feed = composed(
        &plan(Republish::Excerpt),
        &source(Republish::Excerpt),
        &[article(1), newer.clone(), foreign.clone()],
    );
    let dates: Vec<_> = feed.items.iter().map(|item| item.credit.as_ref().unwrap().updated).collect();
    assert_eq!(dates, [newer.changed(), newer.changed(), foreign.published]);
    assert_eq!(feed.updated, newer.changed());
}

#[test]
fn a_source_is_named_by_its_own_id_else_by_its_url() {
    for (id, expected) in [
        (Some("tag:post.example.org,2020:all"), Some("tag:post.example.org,2020:all")),
        (Some("no id"), Some("https://post.example.org/feed")),
        (None, Some("https://post.example.org/feed")),
    ] {
        let mut article = article(1);
        Arc::make_mut(&mut article.origin).about.id = id.map(str::to_owned);
        let item = composed_item(&plan(Republish::Excerpt), &source(Republish::Excerpt), article);
        assert_eq!(item.credit.as_ref().and_then(|credit: &ItemCredit| credit.id.as_deref()), expected);
    }
}

#[test]
fn a_published_id_stays_and_is_a_permalink_only_if_it_is_a_page() {
    let guid = |value: &str, is_permalink| Guid { value: value.to_owned(), is_permalink };
    for (given, expected) in [
        (guid("https://post.example.org/1", true), guid("https://post.example.org/1", true)),
        (guid("https://post.example.org/1", false), guid("https://post.example.org/1", false)),
        (guid("tag:post.example.org,2020:1", true), guid("tag:post.example.org,2020:1", false)),
        (guid("https://post.example.org/a b", true), guid("https://post.example.org/a%20b", true)),
    ] {
        let plan = plan(Republish::Excerpt);
        let published = BTreeMap::from([(ArticleId::new(1), given)]);
        let context = Context {
            base_url: None,
            sources: &BTreeMap::new(),
            guids: &published,
            histories: &BTreeMap::new(),
        };
        assert_eq!(compose(&plan, &[article(1)], &context).items[0].guid, expected);
    }
}

#[test]
fn no_two_items_have_one_id() {
    let mut twin = article(2);
    twin.guid = article(1).guid;
    let articles = [article(1), twin];
    let feed = composed(&plan(Republish::Excerpt), &source(Republish::Excerpt), &articles);
    assert_eq!(feed.items[0].guid, articles[0].guid);
    assert!(feed.items[1].guid.value.starts_with("urn:uuid:"));
    assert_eq!(feed, composed(&plan(Republish::Excerpt), &source(Republish::Excerpt), &articles));
}

#[test]
fn tags_language_and_rights_are_carried_and_filled_in() {
    let mut article = article(1);
    article.body.authors = vec![Author { name: line("A. Writer"), ..Author::default() }];
    Arc::make_mut(&mut article.origin).about.rights = Some(line("© The Post"));
    let source = source(Republish::Excerpt);
    let item = composed_item(&plan(Republish::Excerpt), &source, article.clone());
    assert_eq!(item.tags, [line("world"), line("daily")]);
    assert_eq!(item.language.as_deref(), Some("fr"), "neither entry nor feed says one");
    assert_eq!(item.rights, Some(line("© The Post")));

    Arc::make_mut(&mut article.origin).about.language = Some("de".to_owned());
    let source =
        SourcePlan { extras: Extras { rights: Some(line("© Post Media")), ..extras() }.into(), ..source };
    let item = composed_item(&plan(Republish::Excerpt), &source, article.clone());
    assert_eq!((item.language.as_deref(), item.rights), (Some("de"), Some(line("© Post Media"))));

    article.body.language = Some("en_GB".to_owned());
    article.body.rights = Some(line("CC0"));
    let item = composed_item(&plan(Republish::Excerpt), &source, article);
    assert_eq!((item.language.as_deref(), item.rights), (Some("en-GB"), Some(line("CC0"))));
}

#[test]
fn a_feed_belongs_to_its_link_else_to_the_base_url() {
    let base = url("https://news.example.org/");
    let context = Context {
        base_url: Some(&base),
        sources: &BTreeMap::new(),
        guids: &BTreeMap::new(),
        histories: &BTreeMap::new(),
    };
    let feed = compose(&plan(Republish::Excerpt), &[], &context);
    assert_eq!((feed.link, feed.updated), (Some(base.clone()), DateTime::UNIX_EPOCH));
    let plan = FeedPlan { link: Some(url("https://example.org/mine")), ..plan(Republish::Excerpt) };
    assert_eq!(compose(&plan, &[], &context).link, plan.link);
}
