use super::*;
use crate::model::parts::{Category, Enclosure, Image, Link, Media, Person, Thumbnail};
use crate::model::{Attachment, FeedMeta};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn date(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
}

fn cleaned(meta: FeedMeta, entry: Entry) -> Cleaned {
    let document = FeedDocument { meta, entries: vec![entry], ..FeedDocument::default() };
    clean(document, Some(&url("https://example.org/feed.xml")))
}

fn draft(entry: Entry) -> Draft {
    let meta = FeedMeta { link: Some("https://example.org/".into()), ..FeedMeta::default() };
    cleaned(meta, entry).drafts.remove(0)
}

fn text_of_html(draft: &Draft) -> Option<&str> {
    draft.body.content.as_ref().map(|content| content.as_str())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn plain(text: &str) -> Option<Text> {
    Some(Text::plain(text))
}

fn html(text: &str) -> Option<Text> {
    Some(Text::html(text))
}

#[test]
fn a_headline_is_one_line_of_text() {
    for title in [html("<b>Mill</b> turns\n &amp; <i>grinds</i>"), plain("Mill turns\n  & grinds")] {
        let body = draft(Entry { title, ..Entry::default() }).body;
        assert_eq!(body.title.as_str(), "Mill turns & grinds");
    }
}

#[test]
fn an_article_without_headline_gets_its_first_words_then_its_link() {
    let long = Entry { summary: plain("a b c d e f g h i j k l m"), ..Entry::default() };
    assert_eq!(draft(long).body.title.as_str(), "a b c d e f g h i j k l…");
    let short = Entry { content: vec![Text::html("<p>Just<br>this</p>")], ..Entry::default() };
    assert_eq!(draft(short).body.title.as_str(), "Just this");
    let link = Entry { link: some("/a"), title: plain(" "), ..Entry::default() };
    assert_eq!(draft(link).body.title.as_str(), "https://example.org/a");
    let image = Entry { content: vec![Text::html("<img src=/a.png>")], ..Entry::default() };
    assert_eq!(draft(image).body.title.as_str(), "Untitled");
}

#[test]
fn an_entry_that_says_nothing_gives_no_draft() {
    let entry =
        Entry { title: plain(""), content: vec![Text::html("<script>x</script>")], ..Entry::default() };
    assert_eq!(cleaned(FeedMeta::default(), entry).drafts, []);
}

#[test]
fn the_link_is_absolute_clean_and_on_the_web() {
    let table = [
        (some("news/1?utm_source=rss"), None, Some("https://example.org/news/1")),
        (some("1"), some("/deep/"), Some("https://example.org/deep/1")),
        (some("javascript:alert(1)"), None, None),
        (some(""), None, None),
        (None, None, None),
    ];
    for (link, base, wanted) in table {
        let entry = Entry { link, base, title: plain("t"), ..Entry::default() };
        assert_eq!(draft(entry).body.url, wanted.map(url));
    }
}

#[test]
fn a_lone_description_is_the_body_if_it_has_markup_and_a_summary_if_not() {
    let body = draft(Entry { summary: html("<p>One <script>x</script>two</p>"), ..Entry::default() });
    assert_eq!((text_of_html(&body), &body.body.summary), (Some("<p>One two</p>"), &None));
    for summary in [html("R&amp;D grows"), plain("R&D grows")] {
        let summarised = draft(Entry { summary, ..Entry::default() });
        assert_eq!((text_of_html(&summarised), summarised.body.words), (None, 2));
        assert_eq!(summarised.body.summary.unwrap().as_str(), "R&D grows");
    }
}

#[test]
fn of_two_texts_the_first_is_the_summary_unless_both_say_the_same() {
    let content = vec![
        Text::plain("much longer plain text"),
        Text::html("<p>Whole</p>"),
        Text::html("<p>Whole story</p>"),
    ];
    let entry = Entry { summary: html("<p>In short</p>"), content: content.clone(), ..Entry::default() };
    let both = draft(entry);
    assert_eq!(text_of_html(&both), Some("<p>Whole story</p>"));
    assert_eq!((both.body.summary.unwrap().as_str(), both.body.words), ("In short", 2));
    let same = draft(Entry { summary: plain("Whole\nstory"), content, ..Entry::default() });
    assert_eq!(same.body.summary, None);
}

#[test]
fn plain_content_becomes_paragraphs() {
    let entry = Entry { content: vec![Text::plain("a < b\n\nc")], ..Entry::default() };
    assert_eq!(text_of_html(&draft(entry)), Some("<p>a &lt; b</p><p>c</p>"));
}

#[test]
fn html_is_read_from_its_own_base_then_from_the_article() {
    let own = Text { base: some("https://cdn.example.com/x/"), ..Text::html("<img src=a.png>") };
    let table = [
        (own, "https://cdn.example.com/x/a.png"),
        (Text::html("<img src=a.png>"), "https://example.org/news/a.png"),
    ];
    for (text, image) in table {
        let entry = Entry { link: some("/news/1"), content: vec![text], ..Entry::default() };
        assert_eq!(text_of_html(&draft(entry)).unwrap(), format!("<img src=\"{image}\">"));
    }
}

#[test]
fn authors_are_the_entrys_else_the_feeds_each_once_and_without_address() {
    let person =
        |name: &str, email: &str, uri: &str| Person { name: some(name), email: some(email), uri: some(uri) };
    let people = vec![
        person("Ann &amp; Co", "ann@example.org", "/ann"),
        person("ANN & CO", "", ""),
        person("", "bob@example.org", "javascript:x"),
        person("eve@example.org", "", ""),
        person("", "", ""),
    ];
    let shown = |authors: &[Author]| -> Vec<(String, Option<Url>)> {
        authors.iter().map(|author| (author.name.to_string(), author.url.clone())).collect()
    };
    let wanted = [
        ("Ann & Co".to_owned(), Some(url("https://example.org/ann"))),
        ("bob".to_owned(), None),
        ("eve".to_owned(), None),
    ];
    let entry = Entry { authors: people.clone(), title: plain("t"), ..Entry::default() };
    assert_eq!(shown(&draft(entry).body.authors), wanted);
    let meta = FeedMeta { authors: people, ..FeedMeta::default() };
    let entry = Entry { title: plain("t"), ..Entry::default() };
    assert_eq!(shown(&cleaned(meta, entry).drafts[0].body.authors), wanted);
}

#[test]
fn tags_are_labels_else_terms_each_once() {
    let tag = |term: &str, label: Option<&str>| Category {
        term: term.into(),
        label: label.map(str::to_owned),
        scheme: None,
    };
    let categories = vec![
        tag("a1", Some("Arts &amp; Life")),
        tag("arts  &  life", None),
        tag(" ", None),
        tag("Tech", Some("")),
    ];
    let tags = draft(Entry { categories, title: plain("t"), ..Entry::default() }).body.tags;
    assert_eq!(tags.iter().map(PlainText::as_str).collect::<Vec<_>>(), ["Arts & Life", "Tech"]);
}

#[test]
fn the_language_is_the_entrys_then_the_texts_then_the_feeds() {
    let said = |entry: &str, text: &str| {
        let given = |tag: &str| Some(tag.to_owned()).filter(|tag| tag != "-");
        let content = vec![Text { language: given(text), ..Text::plain("x") }];
        let meta = FeedMeta { language: some("en_us"), ..FeedMeta::default() };
        cleaned(meta, Entry { language: given(entry), content, ..Entry::default() })
            .drafts
            .remove(0)
            .body
            .language
    };
    assert_eq!(said("de_at", "fr"), some("de-AT"));
    assert_eq!(said("-", "fr"), some("fr"));
    assert_eq!(said("-", "-"), some("en-US"));
    assert_eq!(said("no language", "-"), some("en-US"));
    assert_eq!(said("", "fr"), None);
}

#[test]
fn files_are_enclosures_and_media_each_once_with_a_type() {
    let file = |url: &str, kind: Option<&str>| Enclosure {
        url: url.into(),
        media_type: kind.map(str::to_owned),
        length: Some(7),
    };
    let media = |url: &str, medium: &str| Media { url: some(url), medium: some(medium), ..Media::default() };
    let entry = Entry {
        enclosures: vec![
            file("/a.mp3", Some("Audio/MPEG; x=y")),
            file("b.pdf", Some("pdf")),
            file("c.nosuch", None),
            file("ftp://example.org/d", None),
            file("", None),
        ],
        media: vec![media("/a.mp3", "audio"), media("/e.mp4", "video"), media("/f.jpg", "image")],
        ..Entry::default()
    };
    let body = draft(entry).body;
    let shown: Vec<_> = body
        .attachments
        .iter()
        .map(|Attachment { url, media_type, .. }| (url.path(), media_type.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("/a.mp3", "audio/mpeg"),
            ("/b.pdf", "application/pdf"),
            ("/c.nosuch", "application/octet-stream"),
            ("/e.mp4", "video/mp4")
        ]
    );
    assert_eq!((body.attachments[0].length, body.attachments[3].length), (Some(7), None));
    assert_eq!(body.image, Some(url("https://example.org/f.jpg")));
}

#[test]
fn the_lead_image_is_the_most_deliberate_one() {
    let mut entry = Entry {
        title: plain("t"),
        image: Some(Image { url: some("own.png"), ..Image::default() }),
        media: vec![Media {
            thumbnails: vec![Thumbnail { url: "thumb.png".into(), ..Thumbnail::default() }],
            ..Media::default()
        }],
        enclosures: vec![Enclosure { url: "file.png".into(), media_type: some("image/png"), length: None }],
        ..Entry::default()
    };
    for wanted in ["own.png", "thumb.png", "file.png"] {
        assert_eq!(draft(entry.clone()).body.image, Some(url("https://example.org/").join(wanted).unwrap()));
        if entry.image.take().is_none() {
            entry.media.clear();
        }
    }
}

#[test]
fn a_credited_feed_is_kept_unless_it_is_the_feed_itself() {
    let source = |title: &str, own: &str| FeedMeta {
        title: plain(title),
        links: vec![Link { href: own.into(), rel: some("self"), ..Link::default() }],
        ..FeedMeta::default()
    };
    let credits = |source: FeedMeta| {
        draft(Entry { title: plain("t"), source: Some(Box::new(source)), ..Entry::default() }).body.credits
    };
    let wire = credits(source("The Wire", "https://example.com/wire.xml")).unwrap();
    assert_eq!(
        (wire.title.unwrap().as_str(), wire.feed),
        ("The Wire", Some(url("https://example.com/wire.xml")))
    );
    assert_eq!(credits(source("Us", "http://example.org/feed.xml")), None);
    assert_eq!(credits(FeedMeta::default()), None);
}

#[test]
fn a_guid_is_a_permalink_only_if_it_is_the_page() {
    let guid = |id: &str, told: Option<bool>| {
        let link = some("https://example.org/1");
        draft(Entry { id: some(id), guid_is_permalink: told, link, ..Entry::default() })
            .guid
            .map(|guid| guid.is_permalink)
    };
    assert_eq!(guid("https://example.org/?p=1", Some(true)), Some(true));
    assert_eq!(guid("https://example.org/?p=1", Some(false)), Some(false));
    assert_eq!(guid("https://example.org/1", None), Some(true));
    assert_eq!(guid("4711", Some(true)), Some(false));
    assert_eq!(guid("urn:uuid:1", Some(true)), Some(false));
    assert_eq!(guid(" ", Some(true)), None);
}

#[test]
fn a_permalink_guid_is_the_link_of_an_entry_without_one() {
    let entry =
        Entry { id: some("https://example.org/p/1"), guid_is_permalink: Some(true), ..Entry::default() };
    assert_eq!(draft(entry).body.url, Some(url("https://example.org/p/1")));
}

#[test]
fn keys_are_guid_then_link_then_hash() {
    let entry = |id: &str, link: &str, published| {
        let title = plain("Mill turns");
        Entry { id: some(id), link: some(link), title, published, ..Entry::default() }
    };
    let guid = || Key::Guid("example.org/?p=1".into());
    let link = || Key::Link("example.org/1".into());
    let id = "https://example.org/?p=1";
    assert_eq!(
        draft(entry(id, "/1?utm_source=x", date(1))).keys,
        [guid(), link(), hash_key("Mill turns", date(1))]
    );
    assert_eq!(draft(entry(id, "/1", None)).keys, [guid(), link()]);
    assert_eq!(draft(entry("", "/1", None)).keys, [link()]);
    assert_eq!(draft(entry("", "/", None)).keys, [hash_key("Mill turns", None)]);
}

#[test]
fn dates_are_given_ones_and_an_update_is_later_than_publication() {
    let dates = |published, created, updated| {
        let draft = draft(Entry { title: plain("t"), published, created, updated, ..Entry::default() });
        (draft.published, draft.updated)
    };
    assert_eq!(dates(date(5), date(3), date(9)), (date(5), date(9)));
    assert_eq!(dates(date(5), None, date(5)), (date(5), None));
    assert_eq!(dates(None, date(3), date(2)), (date(3), None));
    assert_eq!(dates(None, None, date(9)), (date(9), None));
    assert_eq!(dates(None, None, None), (None, None));
}

#[test]
fn a_feed_is_known_by_its_self_link_else_by_where_it_was() {
    let meta = |links| FeedMeta {
        title: html("Mill &amp; Co"),
        link: some("/"),
        id: some("urn:uuid:1"),
        language: some("EN"),
        updated: date(1),
        links,
        ..FeedMeta::default()
    };
    let own = Link { href: "/own.xml".into(), rel: some("self"), ..Link::default() };
    let about = cleaned(meta(vec![own]), Entry::default()).about;
    assert_eq!(about.feed, Some(url("https://example.org/own.xml")));
    assert_eq!((about.title.unwrap().as_str(), about.site), ("Mill & Co", Some(url("https://example.org/"))));
    assert_eq!((about.id, about.language, about.updated), (some("urn:uuid:1"), some("en"), date(1)));
    let about = cleaned(FeedMeta { id: some("not a uri"), ..meta(vec![]) }, Entry::default()).about;
    assert_eq!((about.feed, about.id), (Some(url("https://example.org/feed.xml")), None));
}
