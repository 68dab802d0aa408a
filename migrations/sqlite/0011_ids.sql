-- Ids are hashes: an index of them that is kept up article by article is written all over by each batch. They move into
-- a table of their own, to which they are added many at a time, in their order (store::sqlite::ids).
CREATE TABLE ids (
    id      INTEGER PRIMARY KEY,                 -- model::ArticleId as a number
    article INTEGER NOT NULL                     -- articles.pk
) STRICT;
INSERT INTO ids SELECT id, pk FROM articles ORDER BY id;

-- Up to which article they are there.
CREATE TABLE indexed (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    article INTEGER NOT NULL                     -- articles.pk
) STRICT;
INSERT INTO indexed SELECT 1, coalesce(max(pk), 0) FROM articles;

-- A table's own index cannot be dropped, so the table is made anew without it.
CREATE TABLE articles_anew (
    pk           INTEGER PRIMARY KEY,
    id           INTEGER NOT NULL,
    document     INTEGER NOT NULL REFERENCES documents (pk),
    guid         TEXT NOT NULL,
    is_permalink INTEGER NOT NULL,
    published    INTEGER NOT NULL,
    basis        INTEGER NOT NULL,
    updated      INTEGER,
    first_seen   INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    seen         INTEGER NOT NULL,
    fingerprint  BLOB NOT NULL,
    flood        INTEGER NOT NULL DEFAULT 0,
    block        INTEGER NOT NULL DEFAULT 0,
    start        INTEGER NOT NULL DEFAULT 0,
    headed       INTEGER NOT NULL DEFAULT 0,
    bodied       INTEGER,
    guids        INTEGER NOT NULL DEFAULT 0,
    links        INTEGER NOT NULL DEFAULT 0,
    hashes       INTEGER NOT NULL DEFAULT 0,
    corrected    INTEGER NOT NULL DEFAULT 0,
    withdrawn    INTEGER,
    withdrawal   INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO articles_anew SELECT * FROM articles;
DROP TABLE articles;
ALTER TABLE articles_anew RENAME TO articles;
CREATE INDEX articles_by_document ON articles (document, published DESC, id);
CREATE INDEX articles_withdrawn ON articles (document) WHERE withdrawn IS NOT NULL;
