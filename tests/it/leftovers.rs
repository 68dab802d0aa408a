//! Feeds that were renamed or removed: what they left is told of, and never deleted.

use crate::mill::{Mill, rss};

const CONFIG: &str = "[sources.one]\nfiles = \"one.rss\"\n[feeds.news]\ntitle = \"News\"\n";

#[test]
fn documents_of_feeds_that_are_gone_are_named_and_stay() {
    let cases = [
        ("renamed", CONFIG.replace("feeds.news", "feeds.other"), vec!["news.atom", "news.json", "news.rss"]),
        ("without a format", format!("{CONFIG}formats = [\"rss\", \"json\"]\n"), vec!["news.atom"]),
        ("as it was", CONFIG.to_owned(), vec![]),
    ];
    for (case, config, left) in cases {
        let mill = Mill::new(CONFIG);
        mill.write("one.rss", &rss("One", &[("1", "Alpha", "https://one.example.com/a")]));
        mill.write("feeds/mine.rss", "somebody's own");
        mill.run(&["run"]).with(0);
        let before = mill.published();
        mill.write("config.toml", &config);
        let published = mill.run(&["publish"]).with(0).stderr;
        let status = mill.run(&["status"]).with(0).stderr;
        for said in [&published, &status] {
            let named: Vec<&str> = said.lines().filter(|line| line.contains("no feed writes")).collect();
            assert_eq!(named.len(), usize::from(!left.is_empty()), "{case}: {said}");
            assert!(left.iter().all(|name| named[0].contains(name)), "{case}: {said}");
            assert!(!said.contains("mine.rss"), "{case}: {said}");
        }
        assert!(left.iter().all(|name| mill.published()[*name] == before[*name]), "{case}");
    }
}
