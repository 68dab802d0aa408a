//! Sources on disk, and stages by hand.

use crate::mill::{Mill, rss};

#[test]
fn the_same_article_of_two_sources_appears_once_by_preference() {
    let config = |prefer: &str| {
        format!(
            "[sources.a]\nfiles = \"a.xml\"\n[sources.b]\nfiles = \"b.xml\"\n[feeds.news]\ntitle = \"News\"\nprefer = [\"{prefer}\"]\n"
        )
    };
    let mill = Mill::new(&config("b"));
    mill.write("a.xml", &rss("A", &[("a1", "From A", "http://x.example.com/story/?utm_source=a")]));
    mill.write("b.xml", &rss("B", &[("b1", "From B", "https://x.example.com/story")]));
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["From B"]);
    let id = mill.items("news")[0]["id"].clone();
    mill.write("config.toml", &config("a"));
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["From A"]);
    assert_eq!(mill.items("news")[0]["id"], id, "the published id stays although the lead changed");
}

#[test]
fn an_article_document_that_is_edited_or_renamed_stays_one_article() {
    let mill =
        Mill::new("[sources.desk]\ndocuments = \"desk\"\n[feeds.news]\ntitle = \"News\"\nwindow = \"off\"\n");
    let text = |body: &str| {
        format!(
            "A headline of our own\n\nA dek in one line\n\n{body}\n\nAuthor: Ann Author\nAnn writes.\nDate: 2026-11-20\n"
        )
    };
    mill.write("desk/one.txt", &text("The first wording, long enough to be a paragraph of an article."));
    mill.run(&["run"]).with(0);
    let id = mill.items("news")[0]["id"].clone();
    mill.write("desk/one.txt", &text("The second wording, long enough to be a paragraph of an article."));
    mill.run(&["run"]).with(0);
    let items = mill.items("news");
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["id"], id);
    assert!(items[0]["content_html"].as_str().unwrap().contains("second wording"));
    assert_eq!(items[0]["authors"][0]["name"], "Ann Author");
}

#[test]
fn entries_that_nothing_but_their_words_tell_apart_are_known_again() {
    let mill = Mill::new("[sources.a]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\n");
    let item = |words: &str| format!("<item><title>Daily</title><description>{words}</description></item>");
    let feed = |items: &[&str]| {
        let items: String = items.iter().map(|words| item(words)).collect();
        format!("<rss version=\"2.0\"><channel><title>A</title>{items}</channel></rss>")
    };
    mill.write("a.xml", &feed(&["Monday's words", "Tuesday's words"]));
    mill.run(&["run"]).with(0);
    mill.write("a.xml", &feed(&["Monday's words", "Tuesday's words", "Wednesday's words"]));
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news").len(), 3);
}

#[test]
fn a_missing_file_or_folder_is_a_failure_that_says_which() {
    let mill = Mill::new(
        "[sources.a]\nfiles = \"nothing/*.xml\"\n[sources.b]\ndocuments = \"nowhere\"\n[sources.c]\nfiles = \"c.xml\"\n[feeds.news]\ntitle = \"News\"\n",
    );
    mill.write("c.xml", &rss("C", &[("1", "Still here", "https://c.example.com/1")]));
    let ended = mill.run(&["run"]).with(3);
    assert!(ended.stderr.contains("nothing/*.xml"), "{}", ended.stderr);
    assert!(ended.stderr.contains("nowhere"), "{}", ended.stderr);
    assert_eq!(mill.titles("news"), ["Still here"]);
}

#[test]
fn a_change_of_config_reaches_articles_already_kept() {
    let mill = Mill::new("[sources.a]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\n");
    mill.write(
        "a.xml",
        &rss(
            "A",
            &[("1", "Sport today", "https://a.example.com/1"), ("2", "Politics", "https://a.example.com/2")],
        ),
    );
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news").len(), 2);
    mill.write(
        "config.toml",
        "[sources.a]\nfiles = \"a.xml\"\n[feeds.news]\ntitle = \"News\"\nexclude = [{ title = \"SPORT\" }]\n",
    );
    mill.run(&["run"]).with(0);
    assert_eq!(mill.titles("news"), ["Politics"]);
}

#[test]
fn parse_prints_the_record_and_says_what_is_no_feed() {
    let mill = Mill::new("");
    let record = mill
        .feed(&["parse", "--base-url", "https://a.example.com/feed"], &rss("A", &[("1", "One", "/1")]))
        .with(0);
    let record: serde_json::Value = serde_json::from_str(&record.stdout).unwrap();
    assert_eq!(record["format"], "rss-2.0");
    assert_eq!(record["entries"][0]["link"], "https://a.example.com/1");
    let page =
        "<!doctype html><html><head><link rel=alternate type='application/atom+xml' href='/f'></head></html>";
    let ended = mill.feed(&["parse", "--base-url", "https://a.example.com/"], page).with(1);
    assert!(ended.stderr.contains("https://a.example.com/f"), "{}", ended.stderr);
}

#[test]
fn parse_serves_many_documents_in_one_process() {
    let mill = Mill::new("");
    mill.write("a.xml", &rss("A", &[("1", "One", "https://a.example.com/1")]));
    let asked = "{\"path\": \"a.xml\"}\n{\"path\": \"missing.xml\"}\n{\"path\": \"a.xml\"}\n";
    let answers = mill.feed(&["parse", "--stdio-lines"], asked).with(0).stdout;
    let answers: Vec<serde_json::Value> =
        answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["entries"][0]["title"], "One");
    assert!(answers[1]["error"].as_str().unwrap().contains("missing.xml"));
    assert_eq!(answers[2], answers[0]);
}

#[test]
fn render_prints_a_valid_feed_of_labels_that_are_none() {
    let mill = Mill::new("");
    let article = "{\"title\": \"x\", \"guid\": \"https://a.example.com/a b\", \"language\": \"e\\u0001n\", \
                   \"attachments\": [{\"url\": \"https://a.example.com/1.mp3\", \"media_type\": \"mp3\\u0002\"}]}\n";
    for format in ["rss", "atom"] {
        let feed = mill.feed(&["render", "--format", format], article).with(0).stdout;
        assert!(feed.contains("https://a.example.com/a%20b"), "{feed}");
        assert!(feed.contains("application/octet-stream"), "{feed}");
    }
    let ended = mill.feed(&["render", "--format", "rss", "--language", "no such"], article).with(2);
    assert!(ended.stderr.contains("`no such` is no language tag"), "{}", ended.stderr);
}

#[test]
fn sanitize_prints_a_fragment_clean_with_absolute_urls_or_none() {
    let mill = Mill::new("");
    let dirty = "<p onclick=x>a<script>s</script> <a href=/b>b</a><img src=javascript:x><img src=c.png></p>";
    let clean = |args: &[&str]| mill.feed(args, dirty).with(0).stdout;
    assert_eq!(
        clean(&["sanitize", "--base-url", "https://example.org/x/"]),
        "<p>a <a href=\"https://example.org/b\" rel=\"noopener noreferrer\">b</a>\
         <img src=\"https://example.org/x/c.png\"></p>\n"
    );
    assert_eq!(clean(&["sanitize", "-"]), "<p>a b</p>\n");
    mill.write("a.html", "<b>\u{feff}x");
    assert_eq!(mill.run(&["sanitize", "a.html"]).with(0).stdout, "<b>\u{feff}x</b>\n");
    mill.run(&["sanitize", "missing.html"]).with(1);
    mill.run(&["sanitize", "--base-url", "javascript:x"]).with(2);
}

#[test]
fn a_feed_shows_players_in_a_sandbox_or_as_links_with_what_it_prints() {
    let mill = Mill::new(
        "[sources.a]\nfiles = \"a.xml\"\nrepublish = \"full\"\n[feeds.kept]\ntitle = \"Kept\"\n\
         [feeds.linked]\ntitle = \"Linked\"\nembeds = \"link\"\n",
    );
    let film = "<p>See:</p><iframe src=\"//www.youtube.com/embed/abc\" onload=\"x\"></iframe>";
    let feed = rss("A", &[("1", "One", "https://a.example.com/1")]);
    mill.write(
        "a.xml",
        &feed.replace("</item>", &format!("<description><![CDATA[{film}]]></description></item>")),
    );
    mill.run(&["run"]).with(0);
    let content = |feed: &str| mill.items(feed)[0]["content_html"].as_str().unwrap().to_owned();
    let kept = "<iframe src=\"https://www.youtube.com/embed/abc\" sandbox=";
    assert!(content("kept").contains(kept) && !content("kept").contains("onload"), "{}", content("kept"));
    assert!(
        content("linked").ends_with("/hqdefault.jpg\" alt=\"youtube.com\"></a>"),
        "{}",
        content("linked")
    );
    let again = mill.feed(&["sanitize"], &content("linked")).with(0).stdout;
    assert_eq!(again.trim_end(), content("linked"));
}
