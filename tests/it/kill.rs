//! Killed in the middle, again and again: published files are whole at every moment, no article is lost or doubled.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::mill::{Mill, NOW, documents, rss};

const KILLS: u64 = 25;

#[test]
fn a_run_killed_at_any_moment_loses_and_doubles_nothing() {
    let mill = Mill::new(
        "[sources.a]\nfiles = \"in/*.xml\"\n[feeds.news]\ntitle = \"News\"\nlimit = 5000\n[feeds.rest]\ntitle = \"Rest\"\nlimit = 5000\n",
    );
    let mut wanted = BTreeSet::new();
    for round in 0..KILLS {
        for file in 0..3 {
            let links: Vec<(String, String, String)> = (0..20)
                .map(|item| {
                    let name = format!("{round}-{file}-{item}");
                    (
                        format!("tag:a.example.com,2026:{name}"),
                        format!("Story {name}"),
                        format!("https://a.example.com/{name}"),
                    )
                })
                .collect();
            let items: Vec<(&str, &str, &str)> = links
                .iter()
                .map(|(guid, title, link)| (guid.as_str(), title.as_str(), link.as_str()))
                .collect();
            mill.write(&format!("in/{round}-{file}.xml"), &rss("A", &items));
            wanted.extend(links.into_iter().map(|(guid, _, _)| guid));
        }
        let mut child = mill.command(NOW).args(["run", "--quiet"]).spawn().unwrap();
        // Spread over the whole of a run, from before its first write to after its last.
        std::thread::sleep(Duration::from_millis(round * 4));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&mill);
    }
    mill.run(&["run"]).with(0);
    assert_whole(&mill);
    for feed in ["news", "rest"] {
        let ids: Vec<String> =
            mill.items(feed).iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        let distinct: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), distinct.len(), "nothing doubled");
        let lost: Vec<&String> = wanted.difference(&distinct).take(5).collect();
        assert!(lost.is_empty() && distinct.len() == wanted.len(), "lost: {lost:?}");
    }
}

/// Every published document can be read to its end.
fn assert_whole(mill: &Mill) {
    for (name, (bytes, _)) in documents(&mill.path("feeds")) {
        if name.starts_with('.') {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        match name.rsplit_once('.').unwrap().1 {
            "rss" => drop(rss::Channel::read_from(text.as_bytes()).unwrap()),
            "atom" => drop(text.parse::<atom_syndication::Feed>().unwrap()),
            "json" => drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()),
            "opml" => assert!(text.trim_end().ends_with("</opml>"), "{name}"),
            "html" => assert!(text.trim_end().ends_with("</html>"), "{name}"),
            other => panic!("{name}: {other} is not published"),
        }
    }
}
