//! The fixtures, and what holds for every text.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{Hints, ParseError, parse};

/// The document URL of every fixture.
const BASE: &str = "https://example.org/feeds/feed.xml";

/// Every `NAME.xml` below `fixtures/`, whole record against `NAME.json`. `FEEDMILL_BLESS=1` writes what is found:
/// read the difference before you commit it.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test that blesses its own fixtures")]
fn every_fixture_gives_its_record() {
    let bless = std::env::var("FEEDMILL_BLESS").is_ok();
    let mut wrong = Vec::new();
    for path in fixtures() {
        let expected = path.with_extension("json");
        let found = record_of(&std::fs::read_to_string(&path).unwrap());
        if bless {
            std::fs::write(&expected, found).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn record_of(text: &str) -> String {
    let hints = Hints { base_url: Some(BASE.parse().unwrap()), ..Hints::default() };
    match parse(text, &hints) {
        Ok(document) => serde_json::to_string_pretty(&document).unwrap() + "\n",
        Err(error) => format!("{{\n  \"error\": {}\n}}\n", serde_json::json!(error.to_string())),
    }
}

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest/parse/fixtures");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root).unwrap() {
        let files = std::fs::read_dir(folder.unwrap().path()).unwrap();
        found.extend(files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "xml")));
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

fn parse_plainly(text: &str) -> Result<crate::model::FeedDocument, ParseError> {
    parse(text, &Hints::default())
}
