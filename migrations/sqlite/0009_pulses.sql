-- What every attempt at a document changes lies apart: small, and close together, so that a round in which nothing is
-- new writes few pages. A document without a row here was never asked for. `pulse` is a function of Feedmill's
-- (store::sqlite::pulses).
CREATE TABLE pulses (
    document INTEGER PRIMARY KEY,             -- documents.pk
    pulse    BLOB NOT NULL                    -- store::Pulse, packed
) STRICT;
INSERT INTO pulses
    SELECT pk, pulse(last_at, next_at, last_ok, failures, wait_until, rhythm, requests, bytes, not_modified)
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
