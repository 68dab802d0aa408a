-- Articles whose text is to be read from their pages, and what came of it.
CREATE TABLE pages (
    article  INTEGER PRIMARY KEY REFERENCES articles (pk),
    document INTEGER NOT NULL REFERENCES documents (pk),
    url      TEXT NOT NULL,
    key      INTEGER NOT NULL,             -- digest of the normal form of the URL
    since    INTEGER NOT NULL,             -- what was read before is too old
    outcome  INTEGER NOT NULL DEFAULT 0,   -- 0 waits, 1 its text is the article's, 2 the feed has more, 3 failed
    next_at  INTEGER NOT NULL,             -- of one that waits: not before this
    tries    INTEGER NOT NULL DEFAULT 0,
    asked_at INTEGER,                      -- the last answer
    problem  TEXT,                         -- what went wrong then
    -- What the feed says, where the article's words are completed by its page's.
    block    INTEGER,
    start    INTEGER,
    headed   INTEGER,
    bodied   INTEGER
) STRICT;
CREATE INDEX pages_waiting ON pages (document, next_at) WHERE outcome = 0;
CREATE INDEX pages_answered ON pages (key) WHERE outcome IN (1, 3);

-- Blocks of text on the pages of a host, by which is known what its pages have in common: 9 bytes each, a fingerprint
-- (little-endian) and on how many pages it was.
CREATE TABLE hosts (
    host   TEXT PRIMARY KEY,
    blocks BLOB NOT NULL
) STRICT, WITHOUT ROWID;
