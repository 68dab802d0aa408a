-- Times are milliseconds since 1970-01-01T00:00:00Z. Texts that are JSON say so.

-- What is remembered of each document of each source.
CREATE TABLE documents (
    pk            INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,
    scope         TEXT NOT NULL,
    url           TEXT,
    etag          TEXT,
    last_modified TEXT,
    body_hash     TEXT,
    last_at       INTEGER,
    next_at       INTEGER,
    last_ok       INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    error         TEXT,
    entries       INTEGER NOT NULL DEFAULT 0,
    about         TEXT NOT NULL DEFAULT '{}', -- JSON: model::About
    UNIQUE (source, scope)
) STRICT;

-- Articles in their newest revision. `pk` grows with time, so that what is read together lies together.
CREATE TABLE articles (
    pk           INTEGER PRIMARY KEY,
    id           INTEGER NOT NULL UNIQUE,     -- model::ArticleId as a number
    document     INTEGER NOT NULL REFERENCES documents (pk),
    guid         TEXT NOT NULL,               -- as published
    is_permalink INTEGER NOT NULL,
    published    INTEGER NOT NULL,
    basis        INTEGER NOT NULL,            -- 0 given, 1 first seen
    updated      INTEGER,
    first_seen   INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    seen         INTEGER NOT NULL,            -- the newest revision
    fingerprint  BLOB NOT NULL,
    head         TEXT NOT NULL                -- JSON: model::ArticleBody, without the content
) STRICT;

-- Newest first, of all sources and of some; both hold all that is needed to find the rows to read.
CREATE INDEX articles_by_date ON articles (published DESC, id);
CREATE INDEX articles_by_document ON articles (document, published DESC, id);

-- The bodies, apart, so that the articles lie close together.
CREATE TABLE contents (
    article INTEGER PRIMARY KEY REFERENCES articles (pk),
    html    TEXT NOT NULL
) STRICT;

-- What articles are recognised by. Value first, so that one tree serves a look-up within a document and over all.
CREATE TABLE keys (
    kind     INTEGER NOT NULL,                -- 0 guid, 1 link, 2 hash
    value    TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (pk),
    article  INTEGER NOT NULL REFERENCES articles (pk),
    PRIMARY KEY (kind, value, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX keys_by_article ON keys (article);

-- What articles said before.
CREATE TABLE revisions (
    article INTEGER NOT NULL REFERENCES articles (pk),
    number  INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    head    TEXT NOT NULL,                    -- JSON: model::ArticleBody, without the content
    html    TEXT,
    PRIMARY KEY (article, number)
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
    verb    INTEGER NOT NULL,                 -- 0 pick, 1 block
    article TEXT NOT NULL,                    -- as written
    feed    TEXT NOT NULL,                    -- '': every feed
    since   INTEGER NOT NULL,
    PRIMARY KEY (verb, article, feed)
) STRICT, WITHOUT ROWID;
