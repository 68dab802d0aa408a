//! An edition stands as long as nothing that it was made of has changed, and no longer.

use crate::mill::{Mill, NOW, rss};

const CONFIG: &str = "[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\nwindow = \"3d\"\n";
const STANDS: &str = "stands: nothing that it was made of has changed";

/// A mill that has published once.
fn published() -> Mill {
    let mill = Mill::new(CONFIG);
    mill.write("one.rss", &rss("One", &[("1", "Alpha", "https://one.example.com/a")]));
    assert!(!runs(&mill, NOW));
    mill
}

/// Runs at a moment: whether the last edition stood.
fn runs(mill: &Mill, now: &str) -> bool {
    mill.run_at(now, &["-v", "run"]).with(0).stderr.contains(STANDS)
}

#[test]
fn an_edition_of_which_nothing_has_changed_stands() {
    let mill = published();
    let before = mill.published();
    assert!(runs(&mill, "2026-11-23T08:00:00Z"));
    assert_eq!(mill.published(), before);
    let said = mill.run_at("2026-11-23T08:00:00Z", &["publish"]).with(0).stdout;
    assert!(said.contains("1 item: unchanged"), "{said}");
    let said = mill.run_at("2026-11-23T08:00:00Z", &["--dry-run", "-v", "publish"]).with(0);
    assert!(said.stderr.contains(STANDS) && said.stdout.contains("nothing changed"), "{}", said.stdout);
}

#[test]
fn whatever_an_edition_is_made_of_ends_it() {
    type Change = fn(&Mill);
    let changes: [(&str, &str, Change); 8] = [
        ("an article came", NOW, |mill| {
            let items =
                [("1", "Alpha", "https://one.example.com/a"), ("2", "Beta", "https://one.example.com/b")];
            mill.write("one.rss", &rss("One", &items));
        }),
        ("the source has another name", NOW, |mill| {
            mill.write("one.rss", &rss("Uno", &[("1", "Alpha", "https://one.example.com/a")]));
        }),
        ("the config", NOW, |mill| mill.write("config.toml", &CONFIG.replace("News", "Other news"))),
        ("a decision by hand", NOW, |mill| {
            mill.write("overrides.toml", "[[block]]\narticle = \"https://one.example.com/a\"\n");
        }),
        ("a document is gone", NOW, |mill| std::fs::remove_file(mill.path("feeds/news.rss")).unwrap()),
        ("a document is another", NOW, |mill| mill.write("feeds/news.atom", "another\n")),
        ("the article is too old", "2026-11-27T07:00:00Z", |_| {}),
        ("the clock was put back", "2026-11-23T06:00:00Z", |_| {}),
    ];
    for (what, now, change) in changes {
        let mill = published();
        change(&mill);
        assert!(!runs(&mill, now), "{what}");
        assert_eq!(mill.published().len(), 5, "{what}");
        assert!(runs(&mill, now), "{what}: what was made of it stands again");
    }
}
