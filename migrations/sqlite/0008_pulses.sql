-- What every attempt at a document changes lies apart: a few numbers, close together, so that a round in which nothing
-- is new writes few pages. A document without a row here was never asked for.
CREATE TABLE pulses (
    document     INTEGER PRIMARY KEY,         -- documents.pk
    last_at      INTEGER,
    next_at      INTEGER,
    last_ok      INTEGER,
    failures     INTEGER NOT NULL,
    wait_until   INTEGER,
    every        INTEGER NOT NULL,            -- this and the next two: model::Pace
    skip_hours   INTEGER NOT NULL,
    skip_days    INTEGER NOT NULL,
    max_age      INTEGER,                     -- this and the next two: model::Rhythm
    changed_at   INTEGER,
    gap          INTEGER,
    requests     INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    not_modified INTEGER NOT NULL
) STRICT;
INSERT INTO pulses
    SELECT pk, last_at, next_at, last_ok, failures, wait_until,
           coalesce(rhythm ->> '$.pace.every', 0),
           coalesce(rhythm ->> '$.pace.skip_hours', 0),
           coalesce(rhythm ->> '$.pace.skip_days', 0),
           CAST(rhythm ->> '$.max_age' AS INTEGER),
           rhythm ->> '$.changed_at',
           CAST(rhythm ->> '$.gap' AS INTEGER),
           requests, bytes, not_modified
    FROM documents;

ALTER TABLE documents DROP COLUMN last_at;
ALTER TABLE documents DROP COLUMN next_at;
ALTER TABLE documents DROP COLUMN last_ok;
ALTER TABLE documents DROP COLUMN failures;
ALTER TABLE documents DROP COLUMN wait_until;
ALTER TABLE documents DROP COLUMN rhythm;
ALTER TABLE documents DROP COLUMN requests;
ALTER TABLE documents DROP COLUMN bytes;
ALTER TABLE documents DROP COLUMN not_modified;

-- Of what a document says of itself, all that a round asks.
ALTER TABLE documents ADD COLUMN is_page INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET is_page = 1 WHERE about ->> '$.is_page';
