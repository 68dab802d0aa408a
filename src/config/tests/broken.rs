//! Broken configs: each has one problem, at an exact place, with a hint that helps.

use super::{Problem, try_read};

/// A config, the line and column of its problem, a part of the message and a part of the hint.
struct Broken(&'static str, (usize, usize), &'static str, &'static str);

/// The head that most of them share; lines count on from 3.
const TWO: &str = "[sources]\na = 'https://example.org/a'\n";

fn assert_broken<C: std::borrow::Borrow<Broken>>(cases: &[C], head: &str) {
    for case in cases {
        let Broken(text, (line, column), message, hint) = case.borrow();
        let text = format!("{head}{text}");
        let error = try_read(&text).expect_err(&text);
        let [problem] = error.problems.as_slice() else { panic!("one problem in\n{text}\n{error}") };
        let Problem { spot: Some(spot), .. } = problem else { panic!("a place in\n{text}\n{error}") };
        assert_eq!((spot.line, spot.column), (*line, *column), "{text}\n{error}");
        assert_eq!(spot.text, text.lines().nth(line - 1).unwrap(), "{error}");
        assert!(problem.message.contains(message), "{message:?} in\n{error}");
        assert!(problem.hint.as_deref().unwrap_or_default().contains(hint), "{hint:?} in\n{error}");
        let shown = format!("config.toml:{line}:{column}: {}", problem.message);
        assert!(error.to_string().starts_with(&shown), "{error}");
    }
}

const FEEDS: &[Broken] = &[
    Broken("[feeds.n]\ntitle = 'N'\nlimti = 5\n", (5, 1), "unknown key `limti`", "did you mean `limit`?"),
    Broken("[feeds.n]\ntitle = 'N'\nzzz = 5\n", (5, 1), "unknown key `zzz`", "known here: `title`"),
    Broken(
        "[feeds.n]\ntitle = 'N'\nlimit = 0\n",
        (5, 9),
        "0 is not a whole number from 1",
        "write 1 or more",
    ),
    Broken("[feeds.n]\ntitle = 'N'\nlimit = -3\n", (5, 9), "-3 is not", "write 1 or more"),
    Broken("[feeds.n]\nlimit = 5\n", (3, 8), "the feed `n` has no title", "title = \"My news\""),
    Broken("[feeds.n]\ntitle = ' '\n", (4, 9), "this title is empty", "title ="),
    Broken("[feeds.n]\ntitle = 'N'\nfrom = ['a', 'b']\n", (5, 14), "no source `b`", "did you mean `a`?"),
    Broken("[feeds.n]\ntitle = 'N'\nfrom = 'tag:x'\n", (5, 8), "no source has the tag `x`", "tags = [\"x\"]"),
    Broken("[feeds.n]\ntitle = 'N'\nfrom = ['!a']\n", (5, 8), "reads no source", "let one remain"),
    Broken("[feeds.n]\ntitle = 'N'\nfrom = []\n", (5, 8), "reads no source", "leave the key out for all"),
    Broken("[feeds.n]\ntitle = 'N'\nprefer = ['b', 'a']\n", (5, 11), "no source `b`", "did you mean `a`?"),
    Broken("[feeds.n]\ntitle = 'N'\nprefer = ['!a']\n", (5, 11), "`!` removes nothing", "that lead"),
    Broken(
        "[feeds.n]\ntitle = 'N'\non_edit = 'notes'\n",
        (5, 11),
        "`notes` is not one",
        "did you mean `note`?",
    ),
    Broken("[feeds.n]\ntitle = 'N'\non_withdrawn = 'hide'\n", (5, 16), "`hide` is not one of", ""),
    Broken(
        "[feeds.n]\ntitle = 'N'\nformats = ['rss', 'jsn']\n",
        (5, 19),
        "`jsn` is not one",
        "did you mean `json`?",
    ),
    Broken(
        "[feeds.n]\ntitle = 'N'\nformats = []\n",
        (5, 11),
        "without a format",
        "\"rss\", \"atom\", \"json\"",
    ),
    Broken(
        "[feeds.n]\ntitle = 'N'\nwindow = '30'\n",
        (5, 10),
        "`30` is not a duration",
        "\"30d\", or \"off\"",
    ),
    Broken(
        "[feeds.n]\ntitle = 'N'\nlanguage = 'en_US'\n",
        (5, 12),
        "not a language tag",
        "did you mean `en-US`?",
    ),
    Broken(
        "[feeds.n]\ntitle = 'N'\nlink = 'about.html'\n",
        (5, 8),
        "not an http or https URL",
        "whole address",
    ),
    Broken("[feeds.n]\ntitle = 'N'\ninclude = [{}]\n", (5, 12), "this rule tests nothing", "title, text"),
    Broken(
        "[feeds.n]\ntitle = 'N'\nexclude = [{ name = 'x' }]\n",
        (5, 12),
        "this rule tests nothing",
        "give it a key",
    ),
    Broken(
        "[feeds.n]\ntitle = 'N'\n[[feeds.n.include]]\nsource = 'aa'\n",
        (6, 10),
        "no source `aa`",
        "did you mean `a`?",
    ),
    Broken(
        "[feeds.n]\ntitle = 'N'\ninclude = [{ source = [] }]\n",
        (5, 12),
        "nothing to match",
        "remove the key",
    ),
    Broken("[feeds.\"../n\"]\ntitle = 'N'\n", (3, 8), "leave the output folder", "A-Z a-z 0-9"),
    Broken("[feeds.news]\ntitle = 'N'\n[feeds.News]\ntitle = 'N'\n", (5, 8), "written twice", "another id"),
    Broken(
        "[feeds.n]\ntitle = 'N'\n[feeds.n]\ntitle = 'M'\n",
        (5, 8),
        "`n` is there twice",
        "rename or remove",
    ),
    Broken("[feeds.n]\ntitle = N\n", (4, 9), "`N` is no value of TOML", "text stands in quotes"),
];

#[test]
fn a_broken_feed_is_refused_at_its_place() {
    assert_broken(FEEDS, TWO);
}

const SOURCES: &[Broken] = &[
    Broken("a = 'samples/*.xml'\n", (4, 5), "is not an http or https URL", "files = \"samples/*.xml\""),
    Broken("a = 'example.org/feed'\n", (4, 5), "is not a URL", "\"https://example.org/feed\""),
    Broken("a = 'ftp://example.org/'\n", (4, 5), "`ftp:` is not a scheme", "https://"),
    Broken("a = { name = 'A' }\n", (4, 1), "does not say what it reads", "url, files, documents or articles"),
    Broken("a = { files = 'x', url = 'http://x/' }\n", (4, 26), "both `files` and `url`", "make two of it"),
    Broken("a = { urll = 'http://x/' }\n", (4, 7), "unknown key `urll`", "did you mean `url`?"),
    Broken("a = { files = [] }\n", (4, 15), "list of files is empty", "*.xml"),
    Broken("a = { files = 'a[' }\n", (4, 15), "not a pattern of files", "a bracket"),
    Broken("a = { documents = '' }\n", (4, 19), "this path is empty", "relative to this file"),
    Broken("a = { articles = [{ title = 'x' }] }\n", (4, 19), "at one place", "{ file = \"path\" }"),
    Broken(
        "a = { files = 'x', headers = { A = { env = 'B' } } }\n",
        (4, 30),
        "only a source with a `url`",
        "remove",
    ),
    Broken(
        "a = { url = 'http://x/', headers = { 'A B' = { env = 'B' } } }\n",
        (4, 38),
        "name of a header",
        "Authorization",
    ),
    Broken("a = { url = 'http://x/', headers = { A = 'B' } }\n", (4, 42), "", "{ env = \"NAME\" }"),
    Broken(
        "a = { url = 'http://x/', headers = { A = {} } }\n",
        (4, 42),
        "exactly one place",
        "{ env = \"NAME\" }",
    ),
    Broken(
        "a = { url = 'http://x/', every = '5m' }\n",
        (4, 34),
        "more often than",
        "lower fetch.min_interval",
    ),
    Broken(
        "a = { url = 'http://x/', republish = 'ful' }\n",
        (4, 38),
        "`ful` is not one",
        "did you mean `full`?",
    ),
    Broken("hand-picked = 'http://x/'\n", (4, 1), "is taken", "another id"),
    Broken("'a b' = 'http://x/'\n", (4, 1), "cannot be the id of a source", "letter or digit"),
];

#[test]
fn a_broken_source_is_refused_at_its_place() {
    // The plain secret is shown without itself, so its line is not the one in the file.
    let (secret, rest): (Vec<_>, Vec<_>) = SOURCES.iter().partition(|case| case.2.is_empty());
    assert_broken(&rest, "[feeds.n]\ntitle = 'N'\n[sources]\n");
    assert_eq!(secret.len(), 1);
    let error = try_read(&format!("[feeds.n]\ntitle = 'N'\n[sources]\n{}", secret[0].0)).unwrap_err();
    let spot = error.problems[0].spot.as_ref().unwrap();
    assert_eq!((spot.line, spot.column), secret[0].1);
    assert!(spot.text.contains("A = \"***\" }"), "{error}");
}

const FRAME: &[Broken] = &[
    Broken("config_version = 2\n", (1, 18), "config_version 2 is not known", "newer Feedmill"),
    Broken("timezone = 'UTC'\n", (1, 1), "unknown key `timezone`", "known here: `config_version`"),
    Broken("base_url = 'news.example.org'\n", (1, 12), "is not a URL", "\"https://news.example.org\""),
    Broken("base_url = 'https://example.org/?x'\n", (1, 12), "query or fragment", "address of a folder"),
    Broken("store = 5\n", (1, 9), "expected a string, found integer `5`", ""),
    Broken("store = 'feeds/x.db'\n", (1, 9), "inside the output folder", "apart"),
    Broken("overrides = 'x/../feeds/o.toml'\n", (1, 13), "inside the output folder", "apart"),
    Broken("store = 'x'\noverrides = './x'\n", (2, 13), "are the same file", "two names"),
    Broken("[publish.files]\ndir = '.'\n", (2, 7), "holds this config", "dir = \"feeds\""),
    Broken("[publish.files]\ndir = 'state'\n", (2, 7), "`store` is inside", "apart"),
    Broken("[publish.files]\ndir = ''\n", (2, 7), "this path is empty", "write a path"),
    Broken("[fetch]\ncontact = \"a\\nb\"\n", (2, 11), "one line of ASCII", "mail address"),
    Broken("[fetch]\nmin_interval = '2d'\n", (2, 16), "longer than max_interval", "how soon"),
    Broken("[fetch]\nmax_interval = '0s'\n", (2, 16), "`0s` is no time at all", "\"90s\""),
    Broken("[fetch]\ntimeout = 20\n", (2, 11), "expected a duration such as", ""),
    Broken("[fetch]\nmax_size = '10 apples'\n", (2, 12), "is not a size", "\"10 MiB\""),
    Broken("[fetch]\nallow_networks = ['10.0.0.0/33']\n", (2, 19), "is not a network", "\"10.1.0.0/16\""),
    Broken("[fetch]\nallow_networks = 'intranet'\n", (2, 18), "`intranet` is not a network", "an address"),
    Broken(
        "[sources.b]\nurl = 'https://example.org/'\nauth = { basic = { user = 'a:b', password = { env = 'X' } } }\n",
        (3, 27),
        "cannot be the name of a user",
        "no colon",
    ),
    Broken("[sources.b]\nurl = 'https://example.org/'\nauth = {}\n", (3, 8), "of exactly one kind", "bearer"),
    Broken("[fetch]\nmax_items = 0\n", (2, 13), "0 is not a whole number", "write 1 or more"),
    Broken("[fetch]\nconcurrency = 0\n", (2, 15), "0 is not a whole number", "write 1 or more"),
    Broken("[defaults.source]\nlanguage = 'jp'\n", (2, 12), "not a language tag", "\"pt-BR\""),
    Broken("[defaults.source]\nlanguage = ''\n", (2, 12), "not a language tag", "\"pt-BR\""),
    Broken(
        "[defaults.feed]\nexclude = [{ source = 'aa' }]\n",
        (2, 23),
        "no source `aa`",
        "did you mean `a`?",
    ),
    Broken("[defaults.feeds]\nlimit = 5\n", (1, 11), "unknown key `feeds`", "did you mean `feed`?"),
];

#[test]
fn a_broken_frame_is_refused_at_its_place() {
    for case in FRAME {
        // The rest of the file, so that the one problem is the only one.
        let Broken(text, place, message, hint) = *case;
        let text = format!("{text}[sources]\na = 'https://example.org/a'\n[feeds.n]\ntitle = 'N'\n");
        assert_broken(&[Broken(text.leak(), place, message, hint)], "");
    }
}

#[test]
fn a_config_that_does_nothing_is_shown_the_smallest_one() {
    for (text, message) in [
        ("", "there is no source and no feed"),
        ("[sources]\n[feeds]\n", "there is no source and no feed"),
        (TWO, "there is no feed"),
        ("[feeds.n]\ntitle = 'N'\n", "there is no source"),
    ] {
        let error = try_read(text).unwrap_err();
        assert_eq!(error.problems.len(), 1, "{error}");
        assert!(error.problems[0].message.ends_with(message), "{error}");
        assert!(error.to_string().contains("[feeds.news]"), "{error}");
    }
}
