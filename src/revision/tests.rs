use super::*;
use crate::ingest::clean::sanitize;
use crate::model::About;

fn line(text: &str) -> PlainText {
    PlainText::line(text)
}

fn page(path: &str) -> Url {
    Url::parse("https://example.org/").unwrap().join(path).unwrap()
}

fn with(html: &str) -> ArticleBody {
    ArticleBody { content: Some(sanitize(html, Some(&page("a")))), ..ArticleBody::default() }
}

fn parts(old: &ArticleBody, new: &ArticleBody) -> Vec<Part> {
    let parts = changed(old, new);
    assert_eq!(parts, changed(new, old), "an edit taken back is of the same parts");
    parts
}

#[test]
fn markup_white_space_quotes_and_queries_are_no_edit() {
    let old = "<p>The mill \"stood\" by the   river - until May.</p><p>Then it <b>moved</b>.</p>\
               <img src=\"https://cdn.example.com/a.jpg?w=300\">";
    for new in [
        "<p>The mill \"stood\" by the river - until May.</p>\n\n<p>Then it <strong>moved</strong>.</p>",
        "<div>The mill “stood” by the\u{a0}river – until May.</div><div>Then it moved.</div>",
        "<p>The mill \"stood\" by the river - until May.<br>Then it moved.</p>",
        "<p>The mi\u{ad}ll \"stood\" by the river\u{200b} - until May.</p><p>Then it <em>moved</em>.</p>\
         <img src=\"https://cdn.example.com/a.jpg?w=640&ad=77\">",
        "<p>The mill \"stood\" by the river - until May.</p><p>Then it \
         <a href=\"https://ads.example.com/?click=1\">moved</a>.</p>",
    ] {
        assert_eq!(parts(&with(old), &with(new)), [], "{new}");
        assert_eq!(weight(&[]), Weight::Retouch);
    }
    let pictured = |image: &str, file: &str| ArticleBody {
        image: Some(page(image)),
        attachments: vec![Attachment {
            url: page(file),
            media_type: "audio/mpeg".to_owned(),
            length: Some(file.len() as u64),
        }],
        ..ArticleBody::default()
    };
    assert_eq!(parts(&pictured("a.jpg?w=1", "a.mp3?t=1"), &pictured("a.jpg?w=20", "a.mp3?t=20")), []);
}

#[test]
fn a_word_a_number_a_full_stop_and_a_capital_are_corrections() {
    let old = "<p>The dam holds 30 litres, says Ann</p>";
    for new in [
        "<p>The dam holds 31 litres, says Ann</p>",
        "<p>The dam holds 30 litres, says Ann.</p>",
        "<p>The Dam holds 30 litres, says Ann</p>",
        "<p>The dam holds 30 litres</p>",
        "<p>The dam hold s30 litres, says Ann</p>",
    ] {
        assert_eq!(parts(&with(old), &with(new)), [Part::Text], "{new}");
    }
    assert_eq!(weight(&[Part::Tags, Part::Text]), Weight::Correction);
}

#[test]
fn every_part_is_told_from_the_others() {
    let body = ArticleBody::default;
    let author = |name: &str| vec![Author { name: line(name), ..Author::default() }];
    let file = Attachment { url: page("a.mp3"), media_type: "audio/mpeg".to_owned(), length: None };
    let credit = About { title: Some(line("Post")), ..About::default() };
    let cases = [
        (Part::Headline, ArticleBody { title: line("A"), ..body() }, Weight::Correction),
        (Part::Summary, ArticleBody { summary: Some(line("A")), ..body() }, Weight::Correction),
        (Part::Length, with("<p>A</p>"), Weight::Detail),
        (Part::Authors, ArticleBody { authors: author("Ann"), ..body() }, Weight::Correction),
        (Part::Files, ArticleBody { attachments: vec![file], ..body() }, Weight::Correction),
        (Part::Link, ArticleBody { url: Some(page("b")), ..body() }, Weight::Detail),
        (Part::Image, ArticleBody { image: Some(page("a.jpg")), ..body() }, Weight::Detail),
        (Part::Tags, ArticleBody { tags: vec![line("a")], ..body() }, Weight::Detail),
        (Part::Language, ArticleBody { language: Some("en".to_owned()), ..body() }, Weight::Detail),
        (Part::Rights, ArticleBody { rights: Some(line("a")), ..body() }, Weight::Detail),
        (Part::Credit, ArticleBody { credits: Some(Box::new(credit)), ..body() }, Weight::Detail),
    ];
    for (part, new, heavy) in cases {
        assert_eq!(parts(&body(), &new), [part]);
        assert_eq!(part.weight(), heavy, "{part:?}");
    }
}

#[test]
fn tags_in_another_order_and_an_address_over_https_are_no_edit() {
    let tagged = |tags: [&str; 2], url: &str| ArticleBody {
        tags: tags.map(line).to_vec(),
        url: Url::parse(url).ok(),
        ..ArticleBody::default()
    };
    let old = tagged(["Weather", "sea"], "http://example.org/a/");
    assert_eq!(parts(&old, &tagged(["sea", "weather"], "https://example.org/a?utm_source=rss")), []);
}
