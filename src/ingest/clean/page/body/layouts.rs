//! Layouts of whole pages, of our own writing: old tables, lines without paragraphs, questions and answers, recipes,
//! live blogs, forums. Of each what must be read, and what must not.

use super::super::read_page;
use super::*;
use crate::markup::text::story_of;

const A: &str = "The mill at the river turned again on Monday, for the first time in eleven years, after a society of \
                 neighbours had repaired its wheel, its stones and its roof.";
const B: &str = "Nobody had believed in it, said the mayor, who had voted against the grant himself, but the flour is \
                 there, and bread from it was sold out by noon.";
const C: &str = "The next to be repaired is the weir, for which forty thousand are still missing; a benefit concert in \
                 the church on Sunday is to bring in the first of it.";

/// A page, what must be in its text, and what must not.
struct Layout {
    html: String,
    stays: &'static [&'static str],
    goes: &'static [&'static str],
}

fn check(layout: &Layout) {
    let page = read_page(&layout.html, Url::parse("https://news.example.org/2024/mill").ok().as_ref());
    let text = story_of(&page.unwrap().draft.body.content.unwrap()).to_string();
    for stays in [A, B, C].iter().chain(layout.stays) {
        assert!(text.contains(stays), "{stays}\n--\n{}\n--\n{text}", layout.html);
    }
    for goes in layout.goes {
        assert!(!text.contains(goes), "{goes}\n--\n{}\n--\n{text}", layout.html);
    }
}

fn page(body: &str) -> String {
    format!("<html><head><title>Mill turns again</title></head><body>{body}</body></html>")
}

#[test]
fn a_table_that_lays_out_the_page() {
    let html = page(&format!(
        "<table width=100%><tr><td colspan=3><a href=/>Home</a> <a href=/politik>Politik</a> <a href=/sport>Sport</a></td></tr>\
         <tr><td width=150><a href=/1>Archiv</a><br><a href=/2>Impressum</a><br><a href=/3>Wetter</a></td>\
         <td><h1>Mill turns again</h1><p>{A}</p><p>{B}</p><p>{C}</p></td>\
         <td width=150><b>Umfrage</b><br>Wie finden Sie das?</td></tr>\
         <tr><td colspan=3>Alle Rechte vorbehalten</td></tr></table>"
    ));
    check(&Layout { html, stays: &[], goes: &["Archiv", "Politik", "Umfrage", "Rechte"] });
}

#[test]
fn lines_without_paragraphs() {
    let html = page(&format!(
        "<div id=top><a href=/>Home</a> | <a href=/sport>Sport</a></div><div id=main><h1>Mill turns again</h1>\
         {A}<br><br>{B}<br /><br />\n{C}<br><br><b>The wheel</b><br>It is of oak.</div>\
         <div id=bottom>Copyright by the paper</div>"
    ));
    check(&Layout { html, stays: &["The wheel", "It is of oak."], goes: &["Sport", "Copyright"] });
}

#[test]
fn a_bare_by_line_goes_and_a_sentence_about_the_author_stays() {
    let head = |line: &str| {
        page(&format!("<h1>Mill turns again</h1><font size=1>{line}</font><br><br>{A}<br><br>{B}<br><br>{C}"))
    };
    let html = head("Von Anna Schmidt, 3. Mai 2024");
    check(&Layout { html, stays: &[], goes: &["Anna Schmidt", "2024"] });
    let html = head(
        "By Anna Schmidt, Business Correspondent</font><br><br>Anna Schmidt had a dream of a wheel.<font>",
    );
    check(&Layout { html, stays: &["had a dream of a wheel."], goes: &["Correspondent"] });
}

#[test]
fn an_interview_with_its_questions_in_bold() {
    let html = page(&format!(
        "<article><h1>Mill turns again</h1><p><strong>Warum gerade jetzt?</strong></p><p>{A}</p>\
         <p><strong>Und das Geld?</strong></p><p>{B}</p><p><b>SZ:</b> Wie lange noch?</p><p>{C}</p></article>"
    ));
    check(&Layout { html, stays: &["Warum gerade jetzt?", "Und das Geld?", "Wie lange noch?"], goes: &[] });
}

#[test]
fn a_list_of_definitions() {
    let html = page(&format!(
        "<main><h1>Mill turns again</h1><p>{A}</p><p>{B}</p><p>{C}</p><dl><dt>Spoke</dt><dd>What holds the rim of a \
         wheel to its hub.</dd><dt>Stone</dt><dd>What grinds.</dd></dl></main><footer><p>Imprint</p></footer>"
    ));
    check(&Layout { html, stays: &["holds the rim", "What grinds."], goes: &["Imprint"] });
}

#[test]
fn a_live_blog() {
    let html = page(&format!(
        "<main><h1>Mill turns again</h1><div class=liveblog>\
         <div class=entry><time>10:02</time><h3>It turns</h3><p>{A}</p></div>\
         <div class=entry><time>10:31</time><h3>The mayor</h3><p>{B}</p></div>\
         <div class=entry><time>11:15</time><h3>What is next</h3><p>{C}</p></div></div></main>\
         <div class=most-read><ol><li><a href=/x>Weather on Monday</a></li></ol></div>"
    ));
    check(&Layout { html, stays: &["It turns", "What is next"], goes: &["Weather"] });
}

#[test]
fn a_recipe_keeps_what_is_needed_and_how_it_is_made() {
    let html = page(&format!(
        "<main><article class=post><h1>Mill turns again</h1><div class=entry-content><p>{A}</p><p>{B}</p>\
         <h2>Zutaten</h2><ul><li>500 g Mehl</li><li>10 g Salz</li></ul><h2>Zubereitung</h2>\
         <ol><li>Mehl und Salz mischen.</li><li>{C}</li></ol></div></article></main>"
    ));
    check(&Layout { html, stays: &["500 g Mehl", "10 g Salz", "mischen", "Zubereitung"], goes: &[] });
}

#[test]
fn comments_below_that_are_longer_than_the_story() {
    let comment = |name: &str| {
        format!(
            "<li class=comment><div class=comment-author>{name} sagt:</div><div class=comment-content><p>I have \
             known the miller for years, and what is told here of him is true from beginning to end. {name}.</p></div></li>"
        )
    };
    let comments: String =
        ["Anna", "Bert", "Cleo", "Dora", "Emil", "Fritz"].iter().map(|name| comment(name)).collect();
    let html = page(&format!(
        "<div id=content><div class='post hentry'><h1 class=entry-title>Mill turns again</h1><div class=entry-content>\
         <p>{A}</p><p>{B}</p><p>{C}</p></div><p class=postmetadata>Dieser Beitrag wurde abgelegt unter Technik.</p></div>\
         <h3 id=comments>6 Kommentare</h3><ol class=commentlist>{comments}</ol><div id=respond><h3>Antwort hinterlassen\
         </h3><form><input name=a></form></div></div>"
    ));
    check(&Layout { html, stays: &[], goes: &["the miller", "sagt", "Kommentare", "abgelegt", "Antwort"] });
}

#[test]
fn an_author_box_tags_and_teasers_behind_the_story() {
    let html = page(&format!(
        "<main><article><h1>Mill turns again</h1><div class=text><p>{A}</p><p>{B}</p><p>{C}</p></div>\
         <div class=author-box><img src=a.jpg><h4>Jane Doe</h4><p>Jane Doe writes on rivers and what stands at them \
         since 1998, and lives by one.</p></div><div class=tagcloud><a href=/t/1>Mühlen</a> <a href=/t/2>Flüsse</a></div>\
         <section class=teasers><h2>Das könnte Sie auch interessieren</h2><a href=/x><h3>Weather on Monday</h3>\
         <p>It will rain in the north, and in the south it will not, says the office.</p></a></section></article></main>"
    ));
    check(&Layout {
        html,
        stays: &[],
        goes: &["writes on rivers", "Flüsse", "Weather", "It will rain", "interessieren"],
    });
}

#[test]
fn ways_to_other_stories_inside_the_story() {
    let table = [
        "<div class=box><span>Czytaj też</span><a href=/w>Jaz czeka na swoją kolej</a></div>",
        "<p><b>LEGGI ANCHE</b> <a href=/w>La diga è la prossima</a></p>",
        "<p><strong>İlgili haber:</strong> <a href=/w>Sırada bent var</a></p>",
        "<p>Διαβάστε επίσης: <a href=/w>Το φράγμα είναι το επόμενο</a></p>",
        "<p>اقرأ أيضا: <a href=/w>السد هو التالي</a></p>",
        "<p>相关阅读：<a href=/w>下一个是水坝</a></p>",
        "<p>Lea también: <a href=/w>La presa es la siguiente</a></p>",
        "<p><em>À lire également : <a href=/w>Le barrage attend son tour</a></em></p>",
        "<ul><li><a href=/w>Mehr zum Thema: Das Wehr ist als Nächstes dran</a></li></ul>",
    ];
    for way in table {
        let html = page(&format!(
            "<main><h1>Mill turns again</h1><div><p>{A}</p><p>{B}</p>{way}<p>{C}</p></div></main>"
        ));
        check(&Layout {
            html,
            stays: &[],
            goes: &["/w", "Jaz", "diga", "bent", "φράγμα", "السد", "水坝", "presa", "barrage", "Wehr"],
        });
    }
}

#[test]
fn a_banner_on_cookies_and_a_wall() {
    let html = page(&format!(
        "<div class=cmp-banner role=dialog><p>Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren, \
         Funktionen für soziale Medien anbieten zu können und die Zugriffe auf unsere Website zu analysieren.</p></div>\
         <main><h1>Mill turns again</h1><div class=article__text><p>{A}</p><p>{B}</p><p>{C}</p></div>\
         <div class=paywall-box><p>Jetzt weiterlesen mit dem Abo, das Sie jeden Monat kündigen können.</p></div></main>"
    ));
    check(&Layout { html, stays: &[], goes: &["Cookies", "Abo"] });
}

#[test]
fn a_forum_gives_its_first_post() {
    let html = page(&format!(
        "<div id=thread><h1>Mill turns again</h1><div class='post first'><div class=postbody><p>{A}</p><p>{B}</p><p>{C}</p>\
         </div></div></div><div class=foot><a href=/>Forum</a></div>"
    ));
    check(&Layout { html, stays: &[], goes: &["Forum"] });
}
