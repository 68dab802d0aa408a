//! Whole pages, as different kinds of sites write them.

use super::super::json_ld::objects;
use super::*;
use crate::markup::tame_page;

const TEXT: &str = "<p>The mill at the river turned again on Monday, for the first time in eleven years, after a society of \
                    neighbours had repaired its wheel, its stones and its roof in 2011.</p>";

fn of_page(url: &str, html: &str) -> Metadata {
    let page = Document::from(tame_page(html));
    super::of(&page, &objects(&page), Url::parse(url).ok().as_ref())
}

/// A page of `https://www.example.org/news/mill` with this head, and this above and below its text.
fn read(head: &str, above: &str, below: &str) -> Metadata {
    let html = format!("<html><head>{head}</head><body>{above}{TEXT}{TEXT}{below}</body></html>");
    of_page("https://www.example.org/news/mill", &html)
}

fn byline(metadata: &Metadata) -> &str {
    metadata.byline.as_ref().map_or("", PlainText::as_str)
}

fn day(date: Option<DateTime<Utc>>) -> String {
    date.map(|date| date.format("%F").to_string()).unwrap_or_default()
}

/// Title, by-line, day.
fn facts(metadata: &Metadata) -> (&str, &str, String) {
    (metadata.title.as_str(), byline(metadata), day(metadata.published))
}

#[test]
fn json_ld_is_heard_first() {
    let head = r##"<title>Mill turns again - The Example</title><meta name=author content="Somebody Else">
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"Organization","@id":"#o","name":"The Example"},
        {"@type":"WebPage","@id":"https://www.example.org/news/mill","name":"Mill turns again"},
        {"@type":"NewsArticle","headline":"Mill turns again","datePublished":"2024-05-17T10:00:00+02:00",
         "dateModified":"2024-05-18T10:00:00+02:00","author":[{"@id":"#jane"},{"@type":"Organization","name":"The Example"}],
         "publisher":{"@id":"#o"},"keywords":["mills","rivers"],"image":{"url":"/mill.jpg"},"description":"A mill."},
        {"@type":"Person","@id":"#jane","name":"Jane Doe","url":"/people/jane","description":"Jane writes about mills."}]}</script>"##;
    let found = read(head, "<h1>Mill turns again</h1>", "");
    assert_eq!(facts(&found), ("Mill turns again", "Jane Doe", "2024-05-17".to_owned()));
    assert_eq!(found.authors[0].url.as_ref().unwrap().as_str(), "https://www.example.org/people/jane");
    assert_eq!(found.author_bio.unwrap().as_str(), "Jane writes about mills.");
    assert_eq!(day(found.updated), "2024-05-18");
    assert_eq!(found.site_name.unwrap().as_str(), "The Example");
    assert_eq!(found.image.unwrap().as_str(), "https://www.example.org/mill.jpg");
    assert_eq!(found.tags.iter().map(PlainText::as_str).collect::<Vec<_>>(), ["mills", "rivers"]);
    assert_eq!(found.summary.unwrap().as_str(), "A mill.");
}

#[test]
fn of_several_articles_in_json_ld_the_one_of_this_page_counts() {
    let article = |title: &str, name: &str| {
        format!(
            r#"{{"@type":"NewsArticle","headline":"{title}","author":{{"@type":"Person","name":"{name}"}}}}"#
        )
    };
    let list = format!(
        "<title>Mill turns again</title><script type='application/ld+json'>[{},{}]</script>",
        article("Weather on Monday", "Wet Ter"),
        article("Mill turns again", "Jane Doe")
    );
    assert_eq!(byline(&read(&list, "<h1>Mill turns again</h1>", "")), "Jane Doe");
    // A list of others says nothing of this page.
    let others = list
        .replace("<title>Mill turns again", "<title>Bridge opens")
        .replace("Mill turns again", "Roof leaks");
    assert_eq!(byline(&read(&others, "<h1>Bridge opens</h1>", "")), "");
}

/// Name, what stands above the text, below it; title, by-line, day.
type Case = (&'static str, &'static str, &'static str, (&'static str, &'static str, &'static str));

const PAGES: &[Case] = &[
    (
        "WordPress, German",
        "<header class=entry-header><h1 class=entry-title>Mühle dreht sich</h1><div class=entry-meta><span class=posted-on>\
             Veröffentlicht am <time class='entry-date published updated' datetime='2019-05-03T10:00:00+02:00'>3. Mai 2019</time></span>\
             <span class=byline> von <span class='author vcard'><a class='url fn n' href=/author/anna/>Anna Müller</a></span></span></div></header>",
        "<ol class=comment-list><li class=comment><b class='comment-author fn'>Troll</b><time datetime=2020-01-01>1.1.2020</time></li></ol>",
        ("Mühle dreht sich", "Anna Müller", "2019-05-03"),
    ),
    (
        "Blogger",
        "<h1 class=title>Mühlenblog</h1><h2 class=date-header><span>Freitag, 3. Mai 2019</span></h2><h3 class=post-title>Die Mühle</h3>",
        "<div class=post-footer><span class=post-author>Eingestellt von <span class=fn>Anna</span></span> um \
             <abbr class=published title='2019-05-03T10:00:00+02:00'>10:00</abbr></div>",
        ("Die Mühle", "Anna", "2019-05-03"),
    ),
    (
        "French",
        "<h1>Le moulin tourne</h1><p>Par Élise Dupont et Luc Noir</p><p>Publié le 3 mai 2019 à 10h05, mis à jour le 4 mai 2019</p>",
        "",
        ("Le moulin tourne", "Élise Dupont, Luc Noir", "2019-05-03"),
    ),
    (
        "Russian",
        "<h1>Мельница снова работает</h1><div class=info>3 мая 2019, 10:05</div><div class=a>Автор: Иван Петров</div>",
        "",
        ("Мельница снова работает", "Иван Петров", "2019-05-03"),
    ),
    (
        "Chinese",
        "<h1>水车又转了起来</h1><div class=info>来源：新华网 作者：王小明 2019年05月03日 10:05</div>",
        "",
        ("水车又转了起来", "王小明", "2019-05-03"),
    ),
    (
        "Polish",
        "<h1>Młyn działa</h1><div>Autor: Jan Kowalski | 3 maja 2019</div>",
        "",
        ("Młyn działa", "Jan Kowalski", "2019-05-03"),
    ),
    (
        "Turkish",
        "<h1>Değirmen dönüyor</h1><span class=tarih>3 Mayıs 2019</span>",
        "",
        ("Değirmen dönüyor", "", "2019-05-03"),
    ),
    ("the author below", "<h1>Mill turns</h1>", "<p>Author: Jane Doe</p>", ("Mill turns", "Jane Doe", "")),
    (
        "nothing of others",
        "<h1>Mill turns</h1>",
        "<aside class=related><h3>Bridge opens</h3><span class=author>John Roe</span><time datetime=2020-01-01>now</time></aside>\
             <footer>© 2021 The Example, 3 May 2021</footer>",
        ("Mill turns", "", ""),
    ),
    (
        "an outlet, and a caption",
        "<h1>Mill turns</h1><p class=byline>By The Example staff</p><figure><figcaption>Photo by Jane Doe, 3 May 2018</figcaption></figure>",
        "",
        ("Mill turns", "", ""),
    ),
];

#[test]
fn pages_without_metadata_are_read_as_their_readers_do() {
    for (name, above, below, wanted) in PAGES {
        let title = wanted.0;
        let found = read(
            &format!(
                "<title>{title} - The Example</title><meta property=og:site_name content='The Example'>"
            ),
            above,
            below,
        );
        let (title, byline, day) = facts(&found);
        assert_eq!((title, byline, day.as_str()), *wanted, "{name}");
    }
}

#[test]
fn the_visible_headline_is_taken_where_the_page_agrees() {
    let table = [
        // What the reader sees wins over what search engines are told.
        (
            "Mill turns: what you must know | The Example",
            "<h1>Mill turns again after years</h1>",
            "Mill turns again after years",
        ),
        ("Mill turns – again - The Example", "<h1>Mill turns – again</h1>", "Mill turns – again"),
        (
            "Mill turns again | The Example",
            "<h1>The Example</h1><h2>Mill turns again</h2>",
            "Mill turns again",
        ),
        (
            "Mill turns again | The Example",
            "<h1><span>River</span><span>Mill turns again</span></h1>",
            "Mill turns again",
        ),
        (
            "Mill turns again | Rivers and more",
            "<h1><a href=/>Rivers and more</a></h1><h2>Mill turns again</h2>",
            "Mill turns again",
        ),
        // A heading of something else does not.
        ("Mill turns again | The Example", "<h1>Newsletter</h1><h1>Log in</h1>", "Mill turns again"),
        (
            "Mill turns again | The Example",
            "<div class=sidebar><h1>Bridge turns again</h1></div>",
            "Mill turns again",
        ),
        ("", "<h1>Mill turns again</h1>", "Mill turns again"),
    ];
    for (title, above, wanted) in table {
        let head = format!("<title>{title}</title><meta property=og:site_name content='The Example'>");
        assert_eq!(read(&head, above, "").title.as_str(), wanted, "{title} {above}");
    }
}

#[test]
fn metas_are_heard_in_order_of_trust() {
    let head = "<title>Mill</title><meta name=date content=2020-01-01><meta property='article:published_time' content='2019-05-03T10:00:00Z'>\
                <meta name=author content='Stadt Beispiel'><meta property='article:author' content='https://example.com/jane'>\
                <meta name='parsely-author' content='Jane Doe'><meta property='og:image' content='/logo.png'>\
                <meta name='twitter:image' content='/mill.jpg'><meta property='og:locale' content=de_DE>\
                <meta name=keywords content='a,b,c,d,e,f,g,h,i,j,k,l'><meta name=news_keywords content='mills, rivers'>\
                <meta property='og:description' content='Mill'><meta name=description content='A mill&amp;#8217;s wheel'>";
    let found = read(head, "<h1>Mill</h1>", "");
    assert_eq!(facts(&found), ("Mill", "Jane Doe", "2019-05-03".to_owned()));
    assert_eq!(found.image.unwrap().as_str(), "https://www.example.org/mill.jpg");
    assert_eq!(found.language.as_deref(), Some("de-DE"));
    assert_eq!(found.tags.iter().map(PlainText::as_str).collect::<Vec<_>>(), ["mills", "rivers"]);
    assert_eq!(found.summary.unwrap().as_str(), "A mill’s wheel");
    let weak = read("<title>Mill</title><meta name=author content='Stadt Beispiel'>", "<h1>Mill</h1>", "");
    assert_eq!(byline(&weak), "");
}

#[test]
fn a_by_line_that_names_more_than_the_machine_is_told_wins() {
    let head = "<title>Mill</title><meta name='parsely-author' content='Jane Doe'>";
    let shown = read(head, "<h1>Mill</h1><p class=byline>By Jane Doe, John Roe and Ann Poe</p>", "");
    assert_eq!(byline(&shown), "Jane Doe, John Roe, Ann Poe");
    let other = read(head, "<h1>Mill</h1><p class=byline>By John Roe and Ann Poe</p>", "");
    assert_eq!(byline(&other), "Jane Doe");
}

#[test]
fn the_address_tells_the_day_where_nothing_else_does() {
    let html = format!("<title>Mill</title><h1>Mill</h1>{TEXT}");
    assert_eq!(day(of_page("https://example.org/2024/05/17/mill", &html).published), "2024-05-17");
    assert_eq!(day(of_page("https://example.org/2024/05/mill", &html).published), "");
}

#[test]
fn hostile_pages_do_no_harm() {
    let deep = format!("<h1>Mill</h1>{}x", "<div class='author byline date'>".repeat(5_000));
    let wide = format!("<h1>Mill</h1>{}", "<h1 class=author><time datetime=x>By Jane</h1>".repeat(2_000));
    let metas = "<meta property=article:tag content=a><meta name=author content='Jane Doe'>".repeat(2_000);
    for (html, name) in [(deep, ""), (wide, "Jane"), (metas, "Jane Doe"), ("<".repeat(1 << 12), "")] {
        assert_eq!(byline(&of_page("https://example.org/a", &html)), name);
    }
}
