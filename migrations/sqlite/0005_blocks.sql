-- Words lie in blocks: what came together is packed together, which takes a third of the room and of the writing.
CREATE TABLE blocks (
    pk     INTEGER PRIMARY KEY,
    length INTEGER NOT NULL,                  -- bytes, unpacked
    data   ANY NOT NULL                       -- BLOB: zstd; TEXT: as it is, from before this step
) STRICT;

-- Where an article's words lie: its head (JSON: model::ArticleBody, without the content), and behind it the content.
ALTER TABLE articles ADD COLUMN block  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN start  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN headed INTEGER NOT NULL DEFAULT 0; -- bytes of the head
ALTER TABLE articles ADD COLUMN bodied INTEGER;                    -- bytes of the content; NULL: none
-- How many keys of each kind it has.
ALTER TABLE articles ADD COLUMN guids  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN links  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN hashes INTEGER NOT NULL DEFAULT 0;

ALTER TABLE revisions ADD COLUMN block  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN start  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN headed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN bodied INTEGER;

UPDATE articles SET
    block  = pk,
    headed = octet_length(head),
    bodied = (SELECT octet_length(html) FROM contents WHERE article = pk),
    guids  = (SELECT count(*) FROM keys WHERE article = pk AND kind = 0),
    links  = (SELECT count(*) FROM keys WHERE article = pk AND kind = 1),
    hashes = (SELECT count(*) FROM keys WHERE article = pk AND kind = 2);
INSERT INTO blocks (pk, length, data)
    SELECT pk, headed + coalesce(bodied, 0), head || coalesce((SELECT html FROM contents WHERE article = pk), '')
    FROM articles;

UPDATE revisions SET
    block  = rowid + (SELECT max(pk) FROM articles),
    headed = octet_length(head),
    bodied = octet_length(html);
INSERT INTO blocks (pk, length, data)
    SELECT block, headed + coalesce(bodied, 0), head || coalesce(html, '') FROM revisions;

DROP TABLE contents;
ALTER TABLE articles DROP COLUMN head;
ALTER TABLE revisions DROP COLUMN head;
ALTER TABLE revisions DROP COLUMN html;

-- What articles are recognised by, as digests: nothing asks what a key says. By document, so that what is written
-- together lies together. `key_digest` and `key_site` are functions of Feedmill's (store::sqlite::digests).
CREATE TABLE names (
    document INTEGER NOT NULL,
    digest   INTEGER NOT NULL,
    article  INTEGER NOT NULL,
    PRIMARY KEY (document, digest)
) STRICT, WITHOUT ROWID;

-- Which documents have keys of a site: where to look for a key over all documents.
CREATE TABLE sites (
    site     INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (site, document)
) STRICT, WITHOUT ROWID;

INSERT INTO names SELECT document, key_digest(kind, value), article FROM keys;
INSERT OR IGNORE INTO sites SELECT key_site(kind, value), document FROM keys WHERE kind <> 2;
DROP TABLE keys;
