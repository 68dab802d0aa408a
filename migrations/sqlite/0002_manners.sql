-- What a document's server said of where and when to ask.
ALTER TABLE documents ADD COLUMN validators_of TEXT;               -- the URL that gave etag and last_modified
ALTER TABLE documents ADD COLUMN moved_to TEXT;                    -- where it went for good (301, 308)
ALTER TABLE documents ADD COLUMN gone_since INTEGER;               -- 410: not asked any more
ALTER TABLE documents ADD COLUMN wait_until INTEGER;               -- Retry-After
ALTER TABLE documents ADD COLUMN rhythm TEXT NOT NULL DEFAULT '{}'; -- JSON: model::Rhythm

-- Until now validators went to every hop of a chain: nobody knows whose they are. And each document is read once more,
-- for what it says of its pace.
UPDATE documents SET etag = NULL, last_modified = NULL, body_hash = NULL;
