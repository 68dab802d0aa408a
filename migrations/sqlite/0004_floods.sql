-- Articles that came when nothing in their document was known: how many of them a feed takes is decided when publishing.
ALTER TABLE articles ADD COLUMN flood INTEGER NOT NULL DEFAULT 0; -- 0 none, 1 the document's first reading, 2 a later one
