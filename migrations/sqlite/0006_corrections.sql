-- What became of articles after they were published.
ALTER TABLE articles ADD COLUMN corrected  INTEGER NOT NULL DEFAULT 0; -- whether the newest revision corrects the one before
ALTER TABLE articles ADD COLUMN withdrawn  INTEGER;                    -- since when its source has taken it back
ALTER TABLE articles ADD COLUMN withdrawal INTEGER NOT NULL DEFAULT 0; -- 0 not, 1 page gone, 2 tombstone, 3 missing
CREATE INDEX articles_withdrawn ON articles (document) WHERE withdrawn IS NOT NULL;

ALTER TABLE revisions ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN published INTEGER;                    -- as it was then; NULL: from before this step
ALTER TABLE revisions ADD COLUMN updated   INTEGER;

-- Until now every edit counted.
UPDATE articles  SET corrected = 1 WHERE revision > 1;
UPDATE revisions SET corrected = 1 WHERE number > 1;

-- In what order the last reading of a document had its articles: their ids, 8 bytes each, little-endian. Apart from the
-- documents: it is looked at only when a document has changed.
CREATE TABLE readings (
    document INTEGER PRIMARY KEY REFERENCES documents (pk),
    articles BLOB NOT NULL
) STRICT;

-- Articles that were missing between their neighbours, and since when. JSON: pairs of id and time.
ALTER TABLE documents ADD COLUMN missing TEXT;

-- How many articles and revisions have their words in a block: what nobody points to any more goes.
CREATE TABLE uses (
    block INTEGER PRIMARY KEY,
    words INTEGER NOT NULL
) STRICT;
INSERT INTO uses
    SELECT block, count(*) FROM (SELECT block FROM articles UNION ALL SELECT block FROM revisions) GROUP BY block;
