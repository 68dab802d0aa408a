//! Configs as people write them, right and wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::model::selection::{CapPeriod, OnWithdrawn, PerSource, Sort};
use crate::model::{FeedId, OutputFormat, SourceId};

const SMALLEST: &str =
    "[sources]\nbbc = \"https://example.org/rss.xml\"\n[feeds.news]\ntitle = \"My news\"\n";

fn try_read(text: &str) -> Result<Loaded, ConfigError> {
    read(text, Path::new("/srv/mill"), "config.toml")
}

fn plan(text: &str) -> Plan {
    try_read(text).unwrap_or_else(|error| panic!("{error}")).plan
}

fn ids(sources: &[SourceId]) -> Vec<&str> {
    sources.iter().map(SourceId::as_str).collect()
}

/// The problems of a config, each as `line:column message`.
fn problems(text: &str) -> Vec<String> {
    let error = try_read(text).expect_err(text);
    let place = |problem: &Problem| match &problem.spot {
        Some(spot) => format!("{}:{} {}", spot.line, spot.column, problem.message),
        None => problem.message.clone(),
    };
    error.problems.iter().map(place).collect()
}

#[test]
fn four_lines_are_a_config_with_the_documented_places_and_manners() {
    let Plan { root, store, overrides, fetch, publish, .. } = plan(SMALLEST);
    assert_eq!(root, Path::new("/srv/mill"));
    assert_eq!(store, Path::new("/srv/mill/state/feedmill.db"));
    assert_eq!(overrides, Path::new("/srv/mill/overrides.toml"));
    assert_eq!(publish.dir, Path::new("/srv/mill/feeds"));
    assert_eq!((publish.index, publish.base_url), (true, None));
    assert_eq!((fetch.min_interval.as_secs(), fetch.max_interval.as_secs()), (30 * 60, 24 * 60 * 60));
    assert_eq!((fetch.concurrency, fetch.per_host, fetch.max_redirects), (16, 1, 5));
    assert_eq!((fetch.timeout.as_secs(), fetch.max_size, fetch.contact), (20, 10 << 20, None));
}

#[test]
fn four_lines_are_a_config_with_a_source_and_a_feed() {
    let plan = plan(SMALLEST);
    let ([source], [feed]) = (plan.sources.as_slice(), plan.feeds.as_slice()) else { panic!("one of each") };
    assert!(matches!(&source.input, Input::Feed(url) if url.as_str() == "https://example.org/rss.xml"));
    assert_eq!((source.republish, source.every), (Republish::Excerpt, None));
    assert_eq!((feed.title.as_str(), feed.description.as_str()), ("My news", "My news"));
    assert_eq!((feed.formats.as_slice(), feed.excerpt_words), (OutputFormat::ALL.as_slice(), 60));
    assert_eq!((feed.republish, feed.attribution), (Republish::Full, Attribution::Top));
    assert_eq!((&feed.link, feed.private), (&None, false));
}

#[test]
fn four_lines_are_a_config_whose_feed_takes_the_newest_of_everything() {
    let feeds = plan(SMALLEST).feeds;
    let selection = &feeds[0].selection;
    assert_eq!(ids(&selection.from), ["bbc"]);
    assert_eq!((selection.limit, selection.sort, selection.per_source), (50, Sort::Published, None));
    assert_eq!(selection.window, Some(Duration::from_secs(30 * 24 * 60 * 60)));
    assert!(selection.include.is_empty() && selection.exclude.is_empty() && selection.prefer.is_empty());
}

#[test]
fn the_smallest_config_is_sound_and_advised_of_what_it_does_without() {
    let Loaded { warnings, advice, .. } = try_read(SMALLEST).unwrap();
    assert_eq!(warnings, []);
    let found: Vec<_> = advice.iter().map(|warning| warning.message.split(' ').next().unwrap()).collect();
    assert_eq!(found, ["base_url", "fetch.contact"]);
    let quiet =
        "base_url = 'https://example.org'\n[sources]\na = { files = '*.xml' }\n[feeds.n]\ntitle = 'N'\n";
    assert_eq!(try_read(quiet).unwrap().advice, []);
}

const EVERY_KIND: &str = "[defaults.source]
language = 'en'
every = '1h'
[sources.own]
documents = './articles'
[sources.disk]
files = ['a/*.xml', '/abs/b.xml']
tags = ['x', 'x', ' ']
language = 'fr'
[sources]
web = 'http://example.org/f'
[sources.picks]
republish = 'link'
articles = ['https://example.org/a', 'own.txt', { file = 'b.md', title = ' Better  one ', tags = 'rust' }]
[sources.api]
url = 'https://example.org/g'
name = 'API'
headers = { Authorization = { env = 'TOKEN' }, X-Key = { file = 'key' } }
[feeds.n]
title = 'N'
";

/// What a source reads, in one line.
fn reads(input: &Input) -> String {
    let place = |article: &PickedArticle| match &article.place {
        Place::Url(url) => url.to_string(),
        Place::File(path) => path.display().to_string(),
    };
    match input {
        Input::Feed(url) => format!("feed {url}"),
        Input::Files(patterns) => format!("files {}", patterns.join(" ")),
        Input::Documents(folder) => format!("documents {}", folder.display()),
        Input::Articles(articles) => articles.iter().map(place).collect::<Vec<_>>().join(" "),
    }
}

#[test]
fn every_kind_of_source_is_read_in_file_order() {
    let sources = plan(EVERY_KIND).sources;
    let inputs: Vec<_> = sources.iter().map(|source| reads(&source.input)).collect();
    let wanted = [
        "documents /srv/mill/articles",
        "files /srv/mill/a/*.xml /abs/b.xml",
        "feed http://example.org/f",
        "https://example.org/a /srv/mill/own.txt /srv/mill/b.md",
        "feed https://example.org/g",
    ];
    assert_eq!(inputs, wanted);
    let Input::Articles(articles) = &sources[3].input else { panic!("articles") };
    assert_eq!(articles[2].title.as_ref().unwrap().as_str(), "Better one");
}

#[test]
fn a_header_names_where_its_secret_is() {
    let sources = plan(EVERY_KIND).sources;
    let secrets = [Secret::Env("TOKEN".into()), Secret::File(PathBuf::from("/srv/mill/key"))];
    assert!(sources[4].extras.headers.values().eq(&secrets), "{:?}", sources[4].extras.headers);
}

#[test]
fn a_source_inherits_what_it_does_not_say() {
    let sources = plan(EVERY_KIND).sources;
    let ceilings: Vec<_> = sources.iter().map(|source| source.republish).collect();
    let [link, excerpt, full] = [Republish::Link, Republish::Excerpt, Republish::Full];
    assert_eq!(ceilings, [full, excerpt, excerpt, link, excerpt]);
    let languages: Vec<_> = sources.iter().filter_map(|source| source.extras.language.as_deref()).collect();
    assert_eq!(languages, ["en", "fr", "en", "en", "en"]);
    assert_eq!((sources[2].every, sources[1].extras.tags.len()), (Some(Duration::from_secs(3600)), 1));
}

#[test]
fn a_feed_chooses_its_sources_by_id_and_tag() {
    let sources = "[sources]\na = 'https://example.org/a'\nb = { url = 'https://example.org/b', tags = 'Rust' }\n\
                   c = { url = 'https://example.org/c', tags = ['rust', 'x'] }\n";
    for (from, chosen) in [
        ("['c', 'a']", vec!["a", "c"]),
        ("'tag:rust'", vec!["b", "c"]),
        ("['!b']", vec!["a", "c"]),
        ("['!tag:x', 'tag:rust', 'a']", vec!["a", "b"]),
    ] {
        let plan =
            plan(&format!("{sources}[feeds.n]\ntitle = 'N'\nfrom = {from}\nprefer = ['c', 'tag:rust']\n"));
        assert_eq!(ids(&plan.feeds[0].selection.from), chosen, "{from}");
        assert_eq!(ids(&plan.feeds[0].selection.prefer), ["c", "b"]);
    }
}

#[test]
fn feeds_that_read_everything_share_one_list() {
    let sources = "[sources]\na = 'https://a.example/'\nb = 'https://b.example/'\n";
    let feed = |id: &str, from: &str| format!("[feeds.{id}]\ntitle = 'F'\n{from}\n");
    let feeds = [feed("f", ""), feed("g", "from = ['b', 'a']"), feed("h", "from = 'a'")].concat();
    let plan = plan(&format!("{sources}{feeds}"));
    let [all, named, one] = [0, 1, 2].map(|feed| &plan.feeds[feed].selection);
    assert!(Arc::ptr_eq(&all.from, &named.from) && Arc::ptr_eq(&all.first_run, &named.first_run));
    assert_eq!((ids(&all.from), ids(&one.from)), (vec!["a", "b"], vec!["a"]));
    assert_eq!((all.first_run.len(), one.first_run.len()), (2, 1));
}

#[test]
fn a_feed_inherits_what_it_does_not_say() {
    let plan = plan(
        "base_url = 'https://example.org/feeds'\n\
         [defaults.feed]\nformats = 'atom'\nlimit = 5\nwindow = 'off'\nsort = 'selected'\nattribution = 'off'\n\
         excerpt = { words = 9 }\nembeds = 'link'\nper_source = { max = 2, per = 'day' }\non_edit = 'note'\n\
          on_withdrawn = 'drop'\n[sources]\na = 'https://example.org/a'\n\
         [feeds.b]\ntitle = 'B'\nlimit = 7\non_edit = 'silent'\nformats = ['json', 'rss', 'json']\nwindow = '2d'\nembeds = 'keep'\n\
         [feeds.a]\ntitle = 'A'\nlink = 'https://example.org/a'\nprivate = true\n",
    );
    let [b, a] = plan.feeds.as_slice() else { panic!("two feeds in file order") };
    assert_eq!((b.selection.limit, a.selection.limit), (7, 5));
    assert_eq!(b.formats, [OutputFormat::Json, OutputFormat::Rss]);
    assert_eq!(a.formats, [OutputFormat::Atom]);
    assert_eq!((b.selection.window, a.selection.window), (Some(Duration::from_secs(172_800)), None));
    assert_eq!((a.attribution, a.excerpt_words, a.selection.sort), (Attribution::Off, 9, Sort::Selected));
    assert_eq!((a.embeds, b.embeds), (Embeds::Link, Embeds::Keep));
    assert_eq!(a.selection.per_source, Some(PerSource { max: 2, per: CapPeriod::Day }));
    assert_eq!((a.on_edit, b.on_edit), (OnEdit::Note, OnEdit::Silent));
    assert_eq!(b.selection.on_withdrawn, OnWithdrawn::Drop);
    assert_eq!(plan.publish.base_url.as_ref().unwrap().as_str(), "https://example.org/feeds/");
    assert_eq!(b.link, plan.publish.base_url);
    assert_eq!((a.link.as_ref().unwrap().path(), a.private, &a.id), ("/a", true, &FeedId::new("a")));
}

#[test]
fn rules_are_compiled_and_called_by_their_name_or_place() {
    let plan = plan(
        "[defaults.feed]\nexclude = [{ source = 'a' }]\n\
         [sources]\na = 'https://example.org/a'\nb = 'https://example.org/b'\n\
         [feeds.n]\ntitle = 'N'\nexclude = [{ name = 'no b', source = ['b'] }, { not = { source = 'a' } }]\n\
         [[feeds.n.include]]\nsource = ['a', 'b']\n",
    );
    let selection = &plan.feeds[0].selection;
    let names: Vec<_> = selection.exclude.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["defaults.feed.exclude[1]", "no b", "exclude[2]"]);
    assert_eq!(selection.include[0].name, "include[1]");
    assert_eq!(selection.include[0].tests.len(), 1);
}

/// Needs no pattern that compiles: the place of each value that does not is what is tested.
#[test]
fn a_value_of_a_rule_that_cannot_be_read_is_refused_at_its_own_place() {
    let found = problems(&format!(
        "{SMALLEST}include = [\n  {{ title = [\"good\", '/(/'] }},\n  {{ not = {{ age = \"young\" }} }},\n]\n"
    ));
    assert!(found.iter().any(|problem| problem.starts_with("6:22 ")), "{found:?}");
    assert!(found.iter().any(|problem| problem.starts_with("7:19 ")), "{found:?}");
}

#[test]
fn a_feed_that_asks_for_more_than_a_source_allows_is_warned_of() {
    let text = "[sources]\na = { url = 'https://example.org/a', republish = 'full' }\n\
                b = 'https://example.org/b'\nc = { url = 'https://example.org/c', republish = 'link' }\n\
                [feeds.n]\ntitle = 'N'\nrepublish = 'full'\n";
    let warnings = try_read(text).unwrap().warnings;
    let capped: Vec<_> =
        warnings.iter().filter(|warning| warning.spot.is_some()).map(|warning| &warning.message).collect();
    assert!(capped[0].ends_with("is held to `excerpt` for `b`"), "{capped:?}");
    assert!(capped[1].ends_with("is held to `link` for `c`"), "{capped:?}");
    assert_eq!(capped.len(), 2);
}

#[test]
fn all_problems_are_found_in_one_run_and_in_file_order() {
    let text = "stoer = 'x'\n[fetch]\ntimeout = '0s'\nconcurrency = 0\n[sources]\na = 5\na-b = { files = [] }\n\
                b = 'https://example.org/b'\nb = 'https://example.org/c'\n[sources.c]\nulr = 'https://example.org/'\n\
                [feeds.n]\ntitle = 7\nfrom = ['a', 'bb']\nlimit = 'x'\n[feeds.m]\nformats = ['rss', 'atm']\n";
    let found = problems(text);
    let starts: Vec<_> = found.iter().map(|problem| problem.split(' ').next().unwrap()).collect();
    let places =
        ["1:1", "3:11", "4:15", "6:5", "7:17", "9:1", "11:1", "13:9", "14:14", "15:9", "16:8", "17:19"];
    assert_eq!(starts, places, "{found:#?}");
}

#[test]
fn what_follows_from_a_refused_value_is_not_told_as_well() {
    for (text, only) in [
        ("[sources]\na = 5\n[feeds.n]\ntitle = 'N'\nfrom = 'a'\n", "2:5 expected a URL or a table"),
        (
            "[soruces]\na = 'https://example.org/a'\n[feeds.n]\ntitle = 'N'\nfrom = 'a'\n",
            "1:2 unknown key `soruces`",
        ),
        ("[sources]\na = 'https://example.org/a'\n[feeds.n]\ntitel = 'N'\n", "4:1 unknown key `titel`"),
        (
            "[sources]\na = 'https://example.org/a'\n[feeds.n]\ntitle = 'N'\nexcerpt = { word = 5 }\n",
            "5:13 unknown key `word`",
        ),
        (
            "[sources.a]\nurl = 'https://example.org/a'\ntags = 5\n[feeds.n]\ntitle = 'N'\nfrom = 'tag:x'\n",
            "3:8 expected a string or a list of strings",
        ),
        (
            "[sources]\na = 'https://example.org/a'\n[feeds.n]\ntitle = 'N'\ninclude = [{ tilte = 'x' }]\n",
            "5:14 unknown key `tilte`",
        ),
    ] {
        let found = problems(text);
        assert!(found.len() == 1 && found[0].starts_with(only), "{only}: {found:#?}");
    }
}

#[test]
fn what_stands_before_a_fault_of_syntax_is_still_checked() {
    let found = problems("stoer = 'x'\n[feeds.n\ntitle = 'N'\nlimit = 0\n");
    assert_eq!(found, ["1:1 unknown key `stoer`", "2:9 this header is not closed"]);
}

#[test]
fn a_value_without_quotes_does_not_hide_what_follows() {
    let found = problems("[publish]\nindex = True\n[sources]\na = 5\n[feeds.n]\ntitle = N\nlimti = 2\n");
    let places: Vec<_> = found.iter().map(|problem| problem.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["2:9", "4:5", "6:9", "7:1"], "{found:#?}");
}

#[test]
fn a_fault_of_syntax_is_told_once_in_plain_words() {
    for (text, place, message, hint) in [
        ("store = news\n", (1, 9), "`news` is no value", "quotes"),
        ("store = 'x\nbase_url = 'y'\n", (1, 11), "no closing quote", "on one line"),
        ("[publish]\nindex = True\n", (2, 9), "`True` is no value", "small letters"),
        ("store =\n", (1, 8), "a value is missing", "remove the line"),
        ("store 'x'\n", (1, 7), "not a line of TOML", "`key = value`"),
        ("[fetch\ntimeout = '1s'\n", (1, 7), "header is not closed", "close it"),
        ("store = [1,\n\nbase_url = 'y'\noverrides = 'z'\n", (3, 1), "bracket above is not closed", "`]`"),
        ("store = \"\\d\"\n", (1, 11), "a backslash escapes", "single quotes"),
        ("[fetch]]\n", (1, 8), "this is not TOML", "`[table]`"),
    ] {
        let error = try_read(text).expect_err(text);
        let syntax = error.problems.last().unwrap();
        let spot = syntax.spot.as_ref().unwrap();
        assert_eq!((spot.line, spot.column), place, "{error}");
        assert!(syntax.message.contains(message), "{error}");
        assert!(syntax.hint.as_ref().unwrap().contains(hint), "{error}");
    }
}

#[test]
fn a_byte_order_mark_is_no_column() {
    assert_eq!(problems("\u{feff}store = 5\n[sources]\n")[1], "1:9 expected a string, found integer `5`");
}

#[test]
fn a_missing_file_is_named_with_the_way_to_make_it() {
    let error = load(Path::new("no/such/config.toml")).unwrap_err();
    assert!(error.to_string().contains("no/such/config.toml: there is no such file"), "{error}");
    assert!(error.to_string().contains("feedmill init"), "{error}");
}

#[test]
fn a_loaded_file_is_read_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), SMALLEST.as_bytes()).unwrap();
    let plan = load(&path).unwrap().plan;
    assert_eq!(plan.store, folder.path().join("state/feedmill.db"));
}

#[test]
fn a_plain_secret_is_refused_and_not_shown() {
    let text = "[sources.a]\nurl = 'https://example.org/a'\nheaders = { Authorization = 'hunter2' }\n\
                [sources]\nb = 'https://me:hunter2@example.org/'\n[feeds.n]\ntitle = 'N'\n";
    let error = try_read(text).unwrap_err();
    assert_eq!(error.problems.len(), 2, "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert!(error.to_string().contains("{ env = \"NAME\" }"), "{error}");
}

proptest::proptest! {
    /// Whatever a file holds, it is read to the end, and every problem has a place that exists.
    #[test]
    fn any_text_gives_a_plan_or_problems_with_places(
        lines in proptest::collection::vec(
            proptest::sample::select(vec![
                "[sources]", "[feeds.a]", "[[feeds.a.include]]", "[sources.x]", "[fetch", "a = 5", "url = 'x'", "title = ",
                "from = ['a', 5, {}]", "include = [{ title = [] }, 5]", "x = \"\\q\"", "é = 'ü'", "limit = -9", "}", "[[sources]]",
                "exclude.a = 1", "[a.b.c]", "files = [[]]", "headers = { A = 'x', A = 'y' }", "\"\" = ''", "window = '1e9'",
            ]),
            0..12,
        ),
    ) {
        let text = lines.join("\n");
        if let Err(error) = try_read(&text) {
            proptest::prop_assert!(!error.problems.is_empty());
            for spot in error.problems.iter().filter_map(|problem| problem.spot.as_ref()) {
                proptest::prop_assert!(spot.line <= lines.len().max(1));
                proptest::prop_assert!(spot.column <= spot.text.chars().count() + 1, "{:?}", spot);
            }
        }
    }
}

mod broken;
mod full_text;
mod pace;

#[test]
fn a_file_of_nothing_but_faults_is_read_in_bounded_steps() {
    for line in ["a = x\n", "[sources]\na = 5\n", "zz = {}\n", "[", "x = {y = [", "\n[\n"] {
        let found = problems(&line.repeat(5_000));
        assert!((1..=150).contains(&found.len()), "{line:?}: {}", found.len());
    }
}
