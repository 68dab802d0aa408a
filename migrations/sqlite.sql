-- What the steps in the folder beside this file come to: a new store begins with it, an older one gets the steps it has
-- not had. A test holds the two together. Times are milliseconds since 1970-01-01T00:00:00Z. Texts that are JSON say so.

-- What is remembered of each document of each source.
CREATE TABLE documents (
    pk            INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,
    scope         TEXT NOT NULL,
    url           TEXT,
    etag          TEXT,
    last_modified TEXT,
    body_hash     TEXT,
    error         TEXT,
    entries       INTEGER NOT NULL DEFAULT 0,
    validators_of TEXT,                          -- the URL that gave etag and last_modified
    moved_to      TEXT,                          -- where it went for good (301, 308)
    gone_since    INTEGER,                       -- 410: not asked any more
    missing       TEXT,                          -- articles missing between their neighbours. JSON: pairs of id and time
    is_page       INTEGER NOT NULL DEFAULT 0,    -- of what it says of itself, all that a round asks
    UNIQUE (source, scope)
) STRICT;

-- What it says of itself lies apart: it is long, and no round asks for it.
CREATE TABLE abouts (
    document INTEGER PRIMARY KEY REFERENCES documents (pk),
    about    TEXT NOT NULL                       -- JSON: model::About
) STRICT;

-- What every attempt at a document changes lies apart: packed small, that of 32 neighbours in a row, so that a round in
-- which nothing is new writes few rows and pages. A document that has nothing here was never asked for.
CREATE TABLE pulses (
    pk   INTEGER PRIMARY KEY,                    -- documents.pk >> 5
    leaf BLOB NOT NULL                           -- how long each store::Pulse is, packed, a byte each; and these
) STRICT;

-- Articles in their newest revision. `pk` grows with time, so that what is read together lies together.
CREATE TABLE articles (
    pk           INTEGER PRIMARY KEY,
    id           INTEGER NOT NULL,               -- model::ArticleId as a number
    document     INTEGER NOT NULL REFERENCES documents (pk),
    guid         TEXT NOT NULL,                  -- as published
    is_permalink INTEGER NOT NULL,
    published    INTEGER NOT NULL,
    basis        INTEGER NOT NULL,               -- 0 given, 1 first seen, 2 the file's
    updated      INTEGER,
    first_seen   INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    seen         INTEGER NOT NULL,               -- the newest revision
    fingerprint  BLOB NOT NULL,
    flood        INTEGER NOT NULL DEFAULT 0,     -- 0 none, 1 the document's first reading, 2 a later one
    -- Where its words lie: its head (JSON: model::ArticleBody, without the content), and behind it the content.
    block        INTEGER NOT NULL DEFAULT 0,
    start        INTEGER NOT NULL DEFAULT 0,
    headed       INTEGER NOT NULL DEFAULT 0,     -- bytes of the head
    bodied       INTEGER,                        -- bytes of the content; NULL: none
    guids        INTEGER NOT NULL DEFAULT 0,     -- how many keys of each kind it has
    links        INTEGER NOT NULL DEFAULT 0,
    hashes       INTEGER NOT NULL DEFAULT 0,
    corrected    INTEGER NOT NULL DEFAULT 0,     -- whether the newest revision corrects the one before
    withdrawn    INTEGER,                        -- since when its source has taken it back
    withdrawal   INTEGER NOT NULL DEFAULT 0      -- 0 not, 1 page gone, 2 tombstone, 3 missing
) STRICT;

-- Newest first, of some sources: all that is needed to find the rows to read.
CREATE INDEX articles_by_document ON articles (document, published DESC, id);
CREATE INDEX articles_withdrawn ON articles (document) WHERE withdrawn IS NOT NULL;

-- Up to which article their ids are among the names. Ids are hashes: kept up article by article they would be written all
-- over by each batch. They come there many at a time, in their order (store::sqlite::ids).
CREATE TABLE indexed (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    article INTEGER NOT NULL                     -- articles.pk
) STRICT;

-- Words lie in blocks: what came together is packed together.
CREATE TABLE blocks (
    pk     INTEGER PRIMARY KEY,
    length INTEGER NOT NULL,                     -- bytes, unpacked
    data   ANY NOT NULL                          -- BLOB: zstd; TEXT: as it is, from before there were blocks
) STRICT;

-- How many articles and revisions have their words in a block: what nobody points to any more goes.
CREATE TABLE uses (
    block INTEGER PRIMARY KEY,
    words INTEGER NOT NULL
) STRICT;

-- What articles said before.
CREATE TABLE revisions (
    article   INTEGER NOT NULL REFERENCES articles (pk),
    number    INTEGER NOT NULL,
    seen      INTEGER NOT NULL,
    block     INTEGER NOT NULL DEFAULT 0,
    start     INTEGER NOT NULL DEFAULT 0,
    headed    INTEGER NOT NULL DEFAULT 0,
    bodied    INTEGER,
    corrected INTEGER NOT NULL DEFAULT 0,
    published INTEGER,                           -- as it was then; NULL: not known
    updated   INTEGER,
    PRIMARY KEY (article, number)
) STRICT;

-- What articles are recognised by: the names of a document in leaves, sorted, 12 bytes each (digest of a key, and
-- article, little-endian). Those of a document 0 are the ids of all articles.
CREATE TABLE names (
    pk   INTEGER PRIMARY KEY, -- document << 32 | the highest prefix (the upper 32 bits of a digest) that belongs here
    leaf BLOB NOT NULL
) STRICT;

-- Which documents have keys of a site: where to look for a key over all documents.
CREATE TABLE sites (
    site     INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (site, document)
) STRICT, WITHOUT ROWID;

-- In what order the last reading of a document had its articles: their ids, 8 bytes each, little-endian. Apart from the
-- documents: it is looked at only when a document has changed.
CREATE TABLE readings (
    document INTEGER PRIMARY KEY REFERENCES documents (pk),
    articles BLOB NOT NULL
) STRICT;

-- What entered which output feed.
CREATE TABLE publications (
    feed         TEXT NOT NULL,
    article      INTEGER NOT NULL REFERENCES articles (pk),
    at           INTEGER NOT NULL,
    guid         TEXT NOT NULL,
    is_permalink INTEGER NOT NULL,
    PRIMARY KEY (feed, article)
) STRICT, WITHOUT ROWID;

-- Decisions by hand, and since when they stand.
CREATE TABLE decisions (
    verb    INTEGER NOT NULL,                    -- 0 pick, 1 block
    article TEXT NOT NULL,                       -- as written
    feed    TEXT NOT NULL,                       -- '': every feed
    since   INTEGER NOT NULL,
    PRIMARY KEY (verb, article, feed)
) STRICT, WITHOUT ROWID;

-- What robots.txt says, by origin.
CREATE TABLE robots (
    origin   TEXT PRIMARY KEY,
    read_at  INTEGER NOT NULL,
    asked_at INTEGER,                            -- the last request to which its Crawl-delay applied
    rules    TEXT NOT NULL                       -- as a robots.txt for us alone
) STRICT, WITHOUT ROWID;

-- Articles whose text is to be read from their pages, and what came of it.
CREATE TABLE pages (
    article  INTEGER PRIMARY KEY REFERENCES articles (pk),
    document INTEGER NOT NULL REFERENCES documents (pk),
    url      TEXT NOT NULL,
    key      INTEGER NOT NULL,                   -- digest of the normal form of the URL
    since    INTEGER NOT NULL,                   -- what was read before is too old
    outcome  INTEGER NOT NULL DEFAULT 0,         -- 0 waits, 1 its text is the article's, 2 the feed has more, 3 failed
    next_at  INTEGER NOT NULL,                   -- of one that waits: not before this
    tries    INTEGER NOT NULL DEFAULT 0,
    asked_at INTEGER,                            -- the last answer
    problem  TEXT,                               -- what went wrong then
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

-- The edition that was published last. Whatever writes what an edition is made of takes it away.
CREATE TABLE standing (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    edition TEXT NOT NULL                        -- JSON: store::Standing
) STRICT;
