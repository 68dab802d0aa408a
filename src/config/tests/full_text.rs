//! Which articles are read from their pages: `full_text`.

use super::*;

fn config(defaults: &str, source: &str) -> String {
    format!("[defaults.source]\n{defaults}\n[sources.a]\n{source}\n[feeds.n]\ntitle = 'N'\n")
}

const URL: &str = "url = 'https://example.org/feed'\n";

#[test]
fn a_source_reads_pages_if_it_says_so_or_all_do() {
    for (defaults, source, expected) in [
        ("", String::new(), FullText::Never),
        ("", "full_text = 'short'".to_owned(), FullText::Short),
        ("full_text = 'always'", String::new(), FullText::Always),
        ("full_text = 'always'", "full_text = 'never'".to_owned(), FullText::Never),
    ] {
        let source = format!("{URL}{source}");
        assert_eq!(plan(&config(defaults, &source)).sources[0].full_text, expected, "{defaults} {source}");
    }
    let files = plan(&config("", "files = 'a.xml'\nfull_text = 'always'"));
    assert_eq!(files.sources[0].full_text, FullText::Always, "articles in files have pages, too");
}

#[test]
fn article_files_have_no_pages() {
    let refused = try_read(&config("", "documents = 'desk'\nfull_text = 'short'")).unwrap_err().to_string();
    assert!(refused.contains("config.toml:5:13: only articles that have a page"), "{refused}");
    let inherited = plan(&config("full_text = 'always'", "documents = 'desk'"));
    assert_eq!(inherited.sources[0].full_text, FullText::Never);
}

#[test]
fn a_misspelt_word_is_told_with_the_right_one() {
    let refused = try_read(&config("", &format!("{URL}full_text = 'allways'"))).unwrap_err().to_string();
    assert!(refused.contains("`allways` is not one of") && refused.contains("`always`"), "{refused}");
}
