//! Opening: is the file ours, and what has to be done to it.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::digests;
use super::fault::Fault;
use super::names;
use super::pulses;

/// Marks a database as Feedmill's: "fmil".
pub(super) const APPLICATION_ID: i32 = 0x666d_696c;

/// The schema, step by step: the files of `migrations/sqlite` in order. Written steps never change.
pub(super) const MIGRATIONS: [&str; 13] = [
    include_str!("../../../migrations/sqlite/0001_articles.sql"),
    include_str!("../../../migrations/sqlite/0002_manners.sql"),
    include_str!("../../../migrations/sqlite/0003_counters.sql"),
    include_str!("../../../migrations/sqlite/0004_floods.sql"),
    include_str!("../../../migrations/sqlite/0005_blocks.sql"),
    include_str!("../../../migrations/sqlite/0006_corrections.sql"),
    include_str!("../../../migrations/sqlite/0007_pages.sql"),
    include_str!("../../../migrations/sqlite/0008_leaves.sql"),
    include_str!("../../../migrations/sqlite/0009_pulses.sql"),
    include_str!("../../../migrations/sqlite/0010_standing.sql"),
    include_str!("../../../migrations/sqlite/0011_ids.sql"),
    include_str!("../../../migrations/sqlite/0012_narrow_rows.sql"),
    include_str!("../../../migrations/sqlite/0013_ids_in_leaves.sql"),
];

/// What these come to: the schema of a new store, in one go. Each step of a table's changes reads the whole schema anew.
pub(super) const WHOLE: &str = include_str!("../../../migrations/sqlite.sql");

/// The schema this program writes.
pub(super) const NEWEST: u32 = MIGRATIONS.len() as u32;

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Before trying again what SQLite does not wait for itself.
const PAUSE: Duration = Duration::from_millis(5);

/// Pages copied before other readers get their turn.
const PAGES_A_STEP: i32 = 4096;

/// Statements kept compiled; there are fewer.
const STATEMENTS: usize = 64;

/// Of the file: heads of a few kilobytes fit, and bodies need few pages.
const SETTINGS_OF_FILE: &str = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;";

/// Of the connection. A crash of the process loses nothing; one of the machine may lose the last transactions, never
/// the file. 2 MB of pages: more take memory and save no time. The log grows to 32 MB before it is written back, since a
/// round writes the same pages of an index again and again; behind a larger write it is cut back to 40 MB.
const SETTINGS_OF_CONNECTION: &str = "
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -2048;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 4096;
    PRAGMA journal_size_limit = 41943040;
";

pub(super) fn file(path: &Path) -> Result<Connection, Fault> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Fault::Folder)?;
    }
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(Fault::IsFolder),
        Ok(found) if found.len() == 0 => tracing::warn!(
            "the store {} is an empty file: a new one is begun in it, and filled by what the sources still show",
            path.display()
        ),
        _ => {}
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(path, flags)?)
}

/// The file's content in memory; the file is only read.
pub(super) fn copy(path: &Path) -> Result<Connection, Fault> {
    let mut copy = Connection::open_in_memory()?;
    if path.exists() {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(path, flags)?;
        source.busy_timeout(PATIENCE)?;
        version(&source)?;
        Backup::new(&source, &mut copy)?.run_to_completion(PAGES_A_STEP, Duration::ZERO, None)?;
    }
    prepare(copy)
}

pub(super) fn memory() -> Result<Connection, Fault> {
    prepare(Connection::open_in_memory()?)
}

fn prepare(mut connection: Connection) -> Result<Connection, Fault> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // SQLite does not wait where two connections make one file a WAL at once: each holds what the other wants.
    let until = Instant::now() + PATIENCE;
    loop {
        match settle(&mut connection) {
            Err(fault) if fault.is_busy() && Instant::now() < until => std::thread::sleep(PAUSE),
            settled => return settled.map(|()| connection),
        }
    }
}

/// Nothing is written before the file is known to be ours, or empty.
fn settle(connection: &mut Connection) -> Result<(), Fault> {
    let found = version(connection)?;
    if found == 0 {
        connection.execute_batch(SETTINGS_OF_FILE)?;
    }
    connection.execute_batch(SETTINGS_OF_CONNECTION)?;
    if found < NEWEST { migrate(connection) } else { Ok(()) }
}

/// The schema of a store: the number of migrations it has had. 0: nothing is in it yet.
fn version(connection: &Connection) -> Result<u32, Fault> {
    // One statement, so one state of the file: another process may be making the tables just now.
    let sql = "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
                      count(*) FROM sqlite_schema";
    let (application, version, tables): (i32, i32, u32) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    match (application, version.unsigned_abs(), tables) {
        (APPLICATION_ID, found, _) if found > NEWEST => Err(Fault::Newer { found, known: NEWEST }),
        (APPLICATION_ID, found, _) if found > 0 => Ok(found),
        (0, 0, 0) => Ok(0),
        _ => Err(Fault::Foreign),
    }
}

/// Brings the schema up to date, a transaction a step. Another process may be doing the same: each step looks again.
fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    digests::register(connection)?;
    names::register(connection)?;
    pulses::register(connection)?;
    // A step that makes a table anew drops the one that others refer to. Cannot be said inside a transaction.
    connection.pragma_update(None, "foreign_keys", false)?;
    while step(connection)? {}
    Ok(connection.pragma_update(None, "foreign_keys", true)?)
}

/// Takes the next step; `false`: there is none.
fn step(connection: &mut Connection) -> Result<bool, Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = version(&transaction)?;
    let (step, reached) = match MIGRATIONS.get(done as usize) {
        None => return Ok(false),
        Some(_) if done == 0 => (WHOLE, NEWEST),
        Some(step) => (*step, done + 1),
    };
    transaction.execute_batch(step)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", reached)?;
    transaction.commit()?;
    Ok(true)
}
