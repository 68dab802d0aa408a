-- What each document has cost its server so far.
ALTER TABLE documents ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN not_modified INTEGER NOT NULL DEFAULT 0;

-- What robots.txt says, by origin.
CREATE TABLE robots (
    origin   TEXT PRIMARY KEY,
    read_at  INTEGER NOT NULL,
    asked_at INTEGER,                         -- the last request to which its Crawl-delay applied
    rules    TEXT NOT NULL                    -- as a robots.txt for us alone
) STRICT, WITHOUT ROWID;
