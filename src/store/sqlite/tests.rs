//! The conformance suite on a file, and what only a file can be.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::open::{APPLICATION_ID, MIGRATIONS, NEWEST, WHOLE};
use super::*;
use crate::ingest::decide::KeyCounts;
use crate::model::{Flood, Pace, Rhythm};
use crate::store::{Pulse, StoreError, Traffic, conformance};

/// A store in a folder of its own.
pub(super) struct OnDisk {
    folder: tempfile::TempDir,
}

impl OnDisk {
    fn path(&self) -> PathBuf {
        self.folder.path().join("state").join("feedmill.db")
    }
}

impl conformance::Bench for OnDisk {
    type Store = Sqlite;

    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn connect(&self) -> Sqlite {
        Sqlite::open(&self.path()).unwrap()
    }
}

conformance::suite!(OnDisk);

/// A file made by other means, in place of the store.
fn file_with(make: impl FnOnce(&Path)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feedmill.db");
    make(&path);
    (folder, path)
}

fn sql(path: &Path, statements: &str) {
    let connection = Connection::open(path).unwrap();
    digests::register(&connection).unwrap();
    names::register(&connection).unwrap();
    pulses::register(&connection).unwrap();
    connection.execute_batch(statements).unwrap();
}

fn number(path: &Path, statement: &str) -> i64 {
    Connection::open(path).unwrap().query_row(statement, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_migrations_are_the_numbered_files_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), MIGRATIONS.len());
    for (number, (file, step)) in (1..).zip(files.iter().zip(MIGRATIONS)) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with(&format!("{number:04}_")), "{name}");
        assert_eq!(std::fs::read_to_string(file).unwrap(), step, "{name}");
    }
}

/// What a schema is made of, whatever its text: columns, foreign keys and indexes of each table.
fn schema(path: &Path) -> Vec<String> {
    let parts = [
        "SELECT t.name, t.wr, t.strict, c.* FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c",
        "SELECT t.name, f.* FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f",
        "SELECT t.name, i.*, c.* FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_xinfo(i.name) c",
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index'",
        "SELECT type, name FROM sqlite_schema",
    ];
    let connection = Connection::open(path).unwrap();
    let mut facts = Vec::new();
    for part in parts {
        let mut statement = connection.prepare(part).unwrap();
        let columns = statement.column_count();
        let fact = |row: &rusqlite::Row<'_>| {
            let values: Vec<_> = (0..columns).map(|column| row.get_ref(column).unwrap()).collect();
            Ok(format!("{values:?}"))
        };
        facts.extend(statement.query_map([], fact).unwrap().map(Result::unwrap));
    }
    // `seq` of an index counts them in the order of their making.
    facts.sort();
    facts
}

#[test]
fn the_whole_schema_is_what_the_steps_come_to() {
    let (_folder, whole) = file_with(|path| sql(path, WHOLE));
    let (_folder, steps) = file_with(|path| MIGRATIONS.iter().for_each(|step| sql(path, step)));
    assert_eq!(schema(&whole), schema(&steps));
}

#[test]
fn an_empty_database_is_brought_up_to_date() {
    for statements in ["", "PRAGMA journal_mode = WAL;", "CREATE TABLE a (b); DROP TABLE a;"] {
        let (_folder, path) = file_with(|path| sql(path, statements));
        Sqlite::open(&path).unwrap();
        assert_eq!(number(&path, "PRAGMA user_version"), i64::from(NEWEST), "{statements}");
        assert_eq!(number(&path, "PRAGMA application_id"), i64::from(APPLICATION_ID), "{statements}");
    }
}

#[test]
fn an_old_schema_is_brought_up_to_date_with_what_is_in_it() {
    for old in 1..=MIGRATIONS.len() {
        let (_folder, path) = file_with(|path| {
            sql(path, &MIGRATIONS[..old].concat());
            sql(path, &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {old};"));
            sql(path, "INSERT INTO documents (source, scope) VALUES ('one', '');");
        });
        Sqlite::open(&path).unwrap();
        assert_eq!(number(&path, "PRAGMA user_version"), i64::from(NEWEST));
        assert_eq!(number(&path, "SELECT count(*) FROM documents"), 1);
    }
}

/// An article with a body, that had none in its first revision, as the first schema keeps it.
const AN_OLD_ARTICLE: &str = r#"
    INSERT INTO documents (pk, source, scope) VALUES (3, 'one', '');
    INSERT INTO articles VALUES (5, 77, 3, 'urn:x:1', 0, 1000, 0, NULL, 1000, 2, 2000, zeroblob(16),
                                 '{"title":"Mühle","words":2}');
    INSERT INTO contents VALUES (5, '<p>Ölmühle</p>');
    INSERT INTO revisions VALUES (5, 1, 1000, '{"title":"Mill","words":1}', NULL);
    INSERT INTO keys VALUES (0, 'urn:x:1', 3, 5), (1, 'example.org/a', 3, 5), (1, 'example.org/b', 3, 5), (2, 'ab', 3, 5);
"#;

#[tokio::test]
async fn the_articles_of_older_schemas_are_read_and_recognised_after_the_step_to_blocks() {
    let (_folder, path) = file_with(|path| {
        sql(path, MIGRATIONS[0]);
        sql(path, AN_OLD_ARTICLE);
        MIGRATIONS[1..4].iter().for_each(|step| sql(path, step));
        sql(path, "UPDATE articles SET flood = 2; UPDATE documents SET requests = 9;");
        sql(path, &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 4;"));
    });
    let (store, id) = (Sqlite::open(&path).unwrap(), ArticleId::new(77));
    let article = store.articles(ArticleQuery::only(vec![id])).await.unwrap().remove(0);
    assert_eq!(article.body.title.as_str(), "Mühle");
    assert_eq!(article.flood, Some(Flood::Later));
    assert_eq!(article.body.content.unwrap().as_str(), "<p>Ölmühle</p>");
    let revisions = store.revisions(id).await.unwrap();
    let said = |revision: &Revision| (revision.body.title.to_string(), revision.body.content.is_some());
    assert_eq!(
        revisions.iter().map(said).collect::<Vec<_>>(),
        [("Mill".into(), false), ("Mühle".into(), true)]
    );
    assert_eq!(revisions.iter().map(|revision| revision.is_correction).collect::<Vec<_>>(), [false, true]);

    let link = Key::Link("example.org/b".to_owned());
    assert_eq!(store.find(&Wanted::Keys(vec![link.clone()])).await.unwrap(), [id]);
    let one = DocumentKey { source: SourceId::new("one"), scope: String::new() };
    let known = store.known(&one, &BTreeSet::from([link.clone()])).await.unwrap();
    assert_eq!(known.by_key, [(link, id)].into());
    assert_eq!(known.articles[&id].keys, KeyCounts { guids: 1, links: 2, hashes: 1 });
    assert!(known.has_articles);
    assert_eq!(store.every_document().await.unwrap()[&one].0.traffic.requests, 9);
}

#[tokio::test]
async fn names_of_an_older_schema_are_found_in_their_leaves() {
    let numbers =
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1500)";
    let (_folder, path) = file_with(|path| {
        MIGRATIONS[..7].iter().for_each(|step| sql(path, step));
        sql(path, "INSERT INTO documents (pk, source, scope) VALUES (3, 'one', ''), (4, 'two', '')");
        sql(
            path,
            &format!(
                "{numbers} INSERT INTO articles (pk, id, document, guid, is_permalink, published, basis, first_seen, revision,
                                                 seen, fingerprint)
                 SELECT n, n + 1000, 3 + (n > 1498), 'urn:x:' || n, 0, 1000, 0, 1000, 1, 1000, zeroblob(16) FROM numbers;
                 {numbers} INSERT INTO names SELECT 3 + (n > 1498), key_digest(1, 'example.org/' || n), n FROM numbers;"
            ),
        );
        sql(path, &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 7;"));
    });
    let store = Sqlite::open(&path).unwrap();
    let link = |n: u64| Key::Link(format!("example.org/{n}"));
    for (source, numbers) in [("one", 1..=1498), ("two", 1499..=1500)] {
        let document = DocumentKey { source: SourceId::new(source), scope: String::new() };
        let known = store.known(&document, &(1..=1501).map(link).collect()).await.unwrap();
        let expected = numbers.map(|n| (link(n), ArticleId::new(n + 1000)));
        assert_eq!(known.by_key, expected.collect(), "{source}");
    }
    let of_documents = "FROM names WHERE pk >= 1 << 32";
    assert_eq!(number(&path, &format!("SELECT count(*) {of_documents}")), 17);
    assert!(number(&path, &format!("SELECT max(octet_length(leaf)) / 12 {of_documents}")) < 168);
}

#[test]
fn ids_of_an_older_schema_are_found_in_their_leaves() {
    let id = |row: u64| ArticleId::new(row.wrapping_mul(7_046_029_254_386_353_131));
    for count in [0, 1, 2, 168, 169, 1500] {
        let (_folder, path) = file_with(|path| {
            let insert = |row: u64| format!("INSERT INTO ids VALUES ({}, {row});", id(row).number());
            let rows: String = (1..=count).map(insert).collect();
            sql(path, &MIGRATIONS[..11].concat());
            sql(path, &format!("BEGIN; {rows} UPDATE indexed SET article = {count}; COMMIT;"));
            sql(path, &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 11;"));
        });
        let mut connection = open::file(&path).unwrap();
        let db = connection.transaction().unwrap();
        let asked: Vec<ArticleId> = (1..=count + 1).map(id).collect();
        let expected = asked.iter().copied().zip(1..=count.cast_signed()).collect();
        assert_eq!(ids::rows(&db, &asked).unwrap(), expected);
    }
}

#[tokio::test]
async fn words_that_no_revision_has_any_more_leave_the_file() {
    let bench = <OnDisk as conformance::Bench>::new();
    conformance::marks::the_first_and_the_newest_revisions_are_kept(&bench).await;
    // One block with both articles as they were first, one with the newest words of the other, and the newest twenty.
    assert_eq!(number(&bench.path(), "SELECT count(*) FROM blocks"), 22);
    assert_eq!(number(&bench.path(), "SELECT sum(words) FROM uses"), 23);
}

#[tokio::test]
async fn a_damaged_block_is_told_as_such() {
    for damage in ["data = zeroblob(20)", "length = 1", "data = 7"] {
        let (_folder, path) = file_with(|path| drop(Sqlite::open(path).unwrap()));
        let store = Sqlite::open(&path).unwrap();
        conformance::fill(&store, "one", [1]).await;
        sql(&path, &format!("UPDATE blocks SET {damage};"));
        let error = store.articles(ArticleQuery::default()).await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{damage}: {error}");
    }
}

#[tokio::test]
async fn a_document_of_the_first_schema_keeps_what_is_known_of_it_and_loses_validators_of_nobody() {
    let (_folder, path) = file_with(|path| {
        sql(path, MIGRATIONS[0]);
        sql(path, &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;"));
        sql(
            path,
            "INSERT INTO documents (source, scope, url, etag, last_modified, body_hash, next_at, entries)
             VALUES ('one', '', 'https://example.org/', 'a', 'b', 'c', 60000, 7);",
        );
    });
    let documents = Sqlite::open(&path).unwrap().documents(&SourceId::new("one")).await.unwrap();
    let expected = DocumentState {
        url: Some("https://example.org/".to_owned()),
        next_at: DateTime::from_timestamp(60, 0),
        entries: 7,
        ..DocumentState::default()
    };
    assert_eq!(documents[""], expected);
}

#[tokio::test]
async fn pulses_and_titles_of_older_schemas_are_kept_when_they_get_tables_of_their_own() {
    let (_folder, path) = file_with(|path| {
        sql(path, &MIGRATIONS[..7].concat());
        sql(path, &format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 7;"));
        sql(
            path,
            r#"INSERT INTO documents (pk, source, scope, last_at, next_at, last_ok, failures, wait_until, rhythm, about,
                                      requests, bytes, not_modified)
               VALUES (31, 'one', 'a', 1000, 2000, 3000, 4, 5000,
                       '{"pace":{"every":6,"skip_hours":7,"skip_days":8},"max_age":18446744073709551615,
                         "changed_at":9000,"gap":10}', '{"title":"A page","is_page":true}', 11, 12, 13),
                      (32, 'one', 'b', NULL, NULL, NULL, 5, NULL, '{}', '{"title":"A feed"}', 0, 0, 0)"#,
        );
    });
    let second = |number| DateTime::from_timestamp(number, 0);
    let rhythm = Rhythm {
        pace: Pace { every: 6, skip_hours: 7, skip_days: 8 },
        max_age: Some(u64::MAX),
        changed_at: second(9),
        gap: Some(10),
    };
    let pulse = Pulse {
        last_at: second(1),
        next_at: second(2),
        last_ok: second(3),
        failures: 4,
        wait_until: second(5),
        rhythm,
        traffic: Traffic { requests: 11, bytes: 12, not_modified: 13 },
    };
    let page = DocumentState { is_page: true, ..DocumentState::default().with_pulse(pulse) };
    let store = Sqlite::open(&path).unwrap();
    let documents = store.documents(&SourceId::new("one")).await.unwrap();
    let failing = DocumentState { failures: 5, ..DocumentState::default() };
    assert_eq!((&documents["a"], &documents["b"]), (&page, &failing));
    let about = store.every_document().await.unwrap().into_values().map(|(_, about)| about);
    let titles: Vec<_> = about.map(|about| about.title.unwrap().to_string()).collect();
    assert_eq!(titles, ["A page", "A feed"]);
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let newer = NEWEST + 1;
    let (_folder, path) = file_with(|path| {
        drop(Sqlite::open(path).unwrap());
        sql(path, &format!("PRAGMA user_version = {newer};"));
    });
    let error = Sqlite::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found, known: NEWEST, .. } if found == newer), "{error}");
    assert_eq!(number(&path, "PRAGMA user_version"), i64::from(newer));
}

#[test]
fn a_file_that_is_not_ours_is_refused_and_left_alone() {
    let text = |text: &'static str| {
        move |path: &Path| std::fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap()
    };
    let database = |statements| move |path: &Path| sql(path, statements);
    let makers: [&dyn Fn(&Path); 5] = [
        &text("hello"),
        &text(include_str!("tests.rs")),
        &database("CREATE TABLE theirs (a);"),
        &database("PRAGMA application_id = 7; CREATE TABLE theirs (a);"),
        &database("PRAGMA user_version = 1; CREATE TABLE articles (a);"),
    ];
    for make in makers {
        let (_folder, path) = file_with(make);
        let before = std::fs::read(&path).unwrap();
        let error = Sqlite::open(&path).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn a_damaged_file_is_told_as_such() {
    let (_folder, path) = file_with(|path| drop(Sqlite::open(path).unwrap()));
    let mut bytes = std::fs::read(&path).unwrap();
    let length = bytes.len();
    bytes[8192..].fill(7);
    std::fs::File::create(&path).unwrap().write_all(&bytes).unwrap();
    let error = Sqlite::open(&path).unwrap().counts().await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");

    std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length as u64 / 2).unwrap();
    let error = Sqlite::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let (_folder, path) = file_with(|path| drop(std::fs::File::create(path).unwrap()));
    let error = Sqlite::open(&path.join("feedmill.db")).unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }), "{error}");
}

#[test]
fn many_may_open_a_new_store_at_once() {
    let (_folder, path) = file_with(|_| ());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Sqlite::open(&path).unwrap());
        }
    });
    assert_eq!(number(&path, "PRAGMA user_version"), i64::from(NEWEST));
}

#[tokio::test]
async fn a_store_in_memory_works_as_one_on_disk() {
    let store = Sqlite::open_in_memory().unwrap();
    assert!(store.counts().await.unwrap().is_empty());
}
