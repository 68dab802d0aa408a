-- The edition that was published last. Whatever writes what an edition is made of takes it away.
CREATE TABLE standing (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    edition TEXT NOT NULL                     -- JSON: store::Standing
) STRICT;
