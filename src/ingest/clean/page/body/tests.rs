//! Pages of our own writing: layouts and languages, each with what must be read and what must not.

use super::super::{PageArticle, PageError, read_page, read_page_of_site};
use super::*;
use crate::markup::text::story_of;

const LONG: &str = "The mill at the river turned again on Monday, for the first time in eleven years, after a society \
                    of neighbours had repaired its wheel, its stones and its roof.";

fn read(html: &str) -> Result<PageArticle, PageError> {
    read_page(html, Some(&Url::parse("https://news.example.org/2024/mill").unwrap()))
}

fn text(html: &str) -> String {
    let content = read(html).unwrap().draft.body.content.unwrap();
    story_of(&content).to_string()
}

/// A page with this between its first and its last paragraphs.
fn around(middle: &str) -> String {
    let some = format!("<p>{LONG}</p>").repeat(3);
    format!(
        "<title>Mill turns again</title><body><nav><a href=/>Home</a></nav><main><article><h1>Mill turns again</h1>\
         <div class=entry-content>{some}{middle}{some}</div></article></main><footer>Imprint</footer>"
    )
}

#[test]
fn what_belongs_to_the_story_stays() {
    let table = [
        ("<h2>The wheel</h2>", "The wheel"),
        ("<ul><li>Eleven spokes</li><li>Two stones</li></ul>", "- Two stones"),
        ("<blockquote><p>It was time.</p></blockquote>", "It was time."),
        ("<table><tr><td>Spokes</td><td>eleven, of oak</td></tr></table>", "Spokes eleven, of oak"),
        ("<pre>turn(wheel);</pre>", "turn(wheel);"),
        ("<figure><table><tr><td>Flour in tons, by year</td></tr></table></figure>", "Flour in tons"),
        ("<p>“It was time,” she said.</p>", "It was time"),
        (
            "<p>Read more about the mill in the report, she said, which has been out for a year.</p>",
            "Read more about",
        ),
        ("<p>The society has a newsletter of its own, and nobody reads it.</p>", "nobody reads it"),
        ("<p>A line<br>and another.</p>", "A line\nand another."),
        ("<p>Its <a href=https://example.com/oak>spokes are of oak</a>, it says.</p>", "spokes are of oak"),
        ("<p class=advertised>The price was advertised as low.</p>", "advertised as low"),
        (
            "<p>See <span class=tooltip>the weir<span class=tooltip>a small dam</span></span> below.</p>",
            "See the weir below.",
        ),
    ];
    for (middle, stays) in table {
        let text = text(&around(middle));
        assert!(text.contains(stays), "{middle}: {text}");
    }
}

#[test]
fn what_stands_around_the_story_goes() {
    let table = [
        ("<figure><img src=a.jpg><figcaption>The wheel. Photo: A. Roe</figcaption></figure>", "Photo"),
        (
            "<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>The wheel at dawn.</p></div>",
            "dawn",
        ),
        ("<div class='share-buttons'><a href=x>Facebook</a><a href=y>Mail</a></div>", "Facebook"),
        (
            "<div id=relatedPosts><h3>Related</h3><ul><li><a href=/w>The weir is next</a></li></ul></div>",
            "weir",
        ),
        ("<aside><p>Sign up for our letter, which comes out daily.</p></aside>", "Sign up"),
        ("<div class=adBox>x</div><p>Advertisement</p>", "Advertisement"),
        ("<p>Anzeige</p>", "Anzeige"),
        ("<p><strong>Lesen Sie auch:</strong> <a href=/w>Das Wehr ist als Nächstes dran</a></p>", "Wehr"),
        ("<p>Lire aussi : <a href=/w>Le barrage attend son tour</a></p>", "barrage"),
        ("<p>Читайте также: <a href=/w>Плотина на очереди</a></p>", "Плотина"),
        ("<p>関連記事 <a href=/w>次は堰の番です。来年の春から始まります</a></p>", "堰"),
        ("<p><a href=/w>The weir is next in line for the society</a></p>", "weir"),
        ("<p>DON'T MISS</p><p>The weir is next <a href=/w>[READ]</a></p>", "weir"),
        ("<p style='display: none'>Only for subscribers of the paper, who pay for it.</p>", "subscribers"),
        ("<p>Follow us on <a href=https://social.example/x>our channel</a></p>", "Follow"),
        ("<div class=post-tags>Tags: <a href=/t/mill>Mill</a></div>", "Tags"),
        (
            "<div class='author-bio'><p>Jane Doe writes about mills, and has done so for years.</p></div>",
            "Jane",
        ),
        (
            "<section id=comments><p>I was there, and it was a great day for us all.</p></section>",
            "I was there",
        ),
    ];
    for (middle, goes) in table {
        let text = text(&around(middle));
        assert!(!text.contains(goes) && text.matches("eleven years").count() == 6, "{middle}: {text}");
    }
}

#[test]
fn stories_are_found_in_any_layout_and_language() {
    let german = "<p>Die Mühle am Fluss drehte sich am Montag wieder, zum ersten Mal seit elf Jahren, nachdem ein Verein \
                  von Nachbarn das Rad, die Steine und das Dach repariert hatte.</p>";
    let japanese = "川辺の水車が月曜日、十一年ぶりに再び回り始めた。近隣の住民でつくる会が、車輪と石臼と屋根を修理した。";
    let russian = "Мельница у реки в понедельник снова заработала, впервые за одиннадцать лет, после того как общество \
                   соседей починило колесо, жернова и крышу. ";
    let layouts = [
        format!(
            "<div id=content><div class=a>{}</div><div class=b><a href=/x>Impressum</a></div></div>",
            german.repeat(4)
        ),
        format!(
            "<table><tr><td width=20%><a href=/>Start</a><td>{}</table>",
            format!("{russian}<br><br>").repeat(4)
        ),
        format!(
            "<div><div><div>{}</div></div><ul><li><a href=/>ホーム</a></ul></div>",
            format!("<p>{japanese}</p>").repeat(4)
        ),
        format!("<form id=aspnetForm><div class=menu><a href=/>Start</a></div>{}</form>", german.repeat(4)),
        format!("<div class='post hentry tag-news author-jane'>{}</div>", german.repeat(4)),
        format!("<div class='has-sidebar comments-open'><div>{}</div></div>", german.repeat(4)),
    ];
    for layout in layouts {
        let text = text(&format!("<title>Mühle</title><body>{layout}"));
        let found = [("seit elf", 4), ("одиннадцать", 4), ("十一年ぶり", 4)];
        assert!(found.iter().any(|(words, times)| text.matches(words).count() == *times), "{layout}: {text}");
        assert!(
            !["Start", "ホーム", "Impressum"].iter().any(|words| text.contains(words)),
            "{layout}: {text}"
        );
    }
}

#[test]
fn of_many_articles_the_one_with_the_headline_is_read() {
    let other =
        |name: &str| format!("<article><h2>{name}</h2><p>{LONG} So much for the {name}.</p></article>");
    let page = format!(
        "<title>Mill turns again</title><body><div>{}<article><h2>Mill turns again</h2>{}</article>{}</div>",
        other("weir"),
        format!("<p>{LONG}</p>").repeat(4),
        ["bridge", "lock", "dam"].map(other).concat(),
    );
    let text = text(&page);
    assert!(text.contains("eleven years") && !text.contains("So much"), "{text}");
}

#[test]
fn pictures_keep_their_lines_in_html_only_and_nothing_empty_is_left() {
    let figure = "<figure class=has-caption><img src=/a.jpg><div class=caption>The wheel</div></figure><div><p> </p></div>";
    let html = read(&around(figure)).unwrap().draft.body.content.unwrap();
    assert!(html.as_str().contains("<figcaption>The wheel</figcaption></figure>"), "{}", html.as_str());
    assert!(
        !html.as_str().contains("<p></p>") && !html.as_str().contains("<div></div>"),
        "{}",
        html.as_str()
    );
}

#[test]
fn a_page_that_shows_nothing_is_read_from_what_it_tells() {
    let body = LONG.repeat(4);
    let ld = format!(
        "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Mill\",\"articleBody\":\"{body}\"}}</script>"
    );
    assert!(text(&format!("<title>Mill</title>{ld}<body><div id=app></div>")).contains("eleven years"));
    let described =
        "<title>Mill</title><meta name=description content='It turns again.'><body><div id=app></div>";
    assert_eq!(text(described), "It turns again.");
    assert_eq!(text("<title>Mill</title><body><nav>Home and away</nav>"), "Home and away");
    assert_eq!(text("<title>Mill</title><body>Two words"), "Two words");
    assert!(read("<title>Mill</title><body></body>").is_err());
}

#[test]
fn what_json_ld_tells_of_a_block_counts_if_it_tells_the_story() {
    let odd = "A box of numbers that no reader would miss";
    let page = |told: &str| {
        let ld = format!(
            "<script type=application/ld+json>{{\"@type\":\"Article\",\"articleBody\":\"{told}\"}}</script>"
        );
        around(&format!("<div>{odd}</div>")).replace("</title>", &format!("</title>{ld}"))
    };
    assert!(text(&page(&format!("{} {odd}", LONG.repeat(6)))).contains(odd));
    assert!(!text(&page(&LONG.repeat(6))).contains(odd));
}

#[test]
fn blocks_that_the_site_has_everywhere_go() {
    let claim = "The Example is the paper of the valley, and has been since before the mill was built.";
    let page = around(&format!("<p>{claim}</p>"));
    let article = read(&page).unwrap();
    assert!(article.blocks.contains(&fingerprint(claim)), "a block that is kept is told");
    let known = HashSet::from([fingerprint(&claim.replace(' ', "  "))]);
    let content = read_page_of_site(&page, None, &known).unwrap().draft.body.content.unwrap();
    assert!(!content.as_str().contains("valley") && content.as_str().contains("eleven years"));
}

#[test]
fn hostile_pages_are_read_too() {
    let text = format!("<p>{LONG}</p>").repeat(5);
    let pages = [
        format!("<title>x</title>{}{text}", "<div class='ad share'>".repeat(20_000)),
        format!("<title>x</title>{text}{}", "<span class=tooltip>".repeat(20_000)),
        format!("<title>x</title>{text}{}", "<p>a<br><br>".repeat(10_000)),
        format!("<title>x</title>{text}<div class='{}'>", "a-b ".repeat(20_000)),
        format!("<title>x</title>{text}{}", "<".repeat(1 << 17)),
        format!("<title>x</title><body>{}", "a ".repeat(1 << 17)),
    ];
    for page in pages {
        assert!(read(&page).is_ok(), "{}", &page[..200]);
    }
}
