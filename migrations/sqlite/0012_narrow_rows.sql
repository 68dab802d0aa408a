-- What every attempt at a document changes is packed smaller, that of 32 neighbours in a row. `pulses` is a function of
-- Feedmill's (store::sqlite::pulses).
ALTER TABLE pulses RENAME TO single_pulses;
CREATE TABLE pulses (
    pk   INTEGER PRIMARY KEY,                    -- documents.pk >> 5
    leaf BLOB NOT NULL                           -- how long each store::Pulse is, packed, a byte each; and these
) STRICT;
INSERT INTO pulses SELECT document >> 5, pulses(document, pulse) FROM single_pulses GROUP BY document >> 5;
DROP TABLE single_pulses;

-- What a document says of itself is longer than all else that is remembered of it, and no round asks for it. A column
-- that is dropped leaves its room behind, so the table is made anew.
CREATE TABLE abouts (
    document INTEGER PRIMARY KEY REFERENCES documents (pk),
    about    TEXT NOT NULL                       -- JSON: model::About
) STRICT;
INSERT INTO abouts SELECT pk, about FROM documents WHERE about <> '{}';
CREATE TABLE documents_anew (
    pk            INTEGER PRIMARY KEY,
    source        TEXT NOT NULL,
    scope         TEXT NOT NULL,
    url           TEXT,
    etag          TEXT,
    last_modified TEXT,
    body_hash     TEXT,
    error         TEXT,
    entries       INTEGER NOT NULL DEFAULT 0,
    validators_of TEXT,
    moved_to      TEXT,
    gone_since    INTEGER,
    missing       TEXT,
    is_page       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, scope)
) STRICT;
INSERT INTO documents_anew
    SELECT pk, source, scope, url, etag, last_modified, body_hash, error, entries, validators_of, moved_to, gone_since,
           missing, is_page
    FROM documents;
DROP TABLE documents;
ALTER TABLE documents_anew RENAME TO documents;
