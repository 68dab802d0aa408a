-- What articles are recognised by lies in leaves: the names of a document, sorted, 12 bytes each (digest and article,
-- little-endian), many to a row. `packed_names` is a function of Feedmill's (store::sqlite::names).
ALTER TABLE names RENAME TO single_names;
CREATE TABLE names (
    pk   INTEGER PRIMARY KEY, -- document << 32 | the highest prefix (the upper 32 bits of a digest) that belongs here
    leaf BLOB NOT NULL
) STRICT;

-- A document's names by as many bits of their digests as leave no more than 168 to a leaf.
WITH RECURSIVE
    counts (document, many) AS (SELECT document, count(*) FROM single_names GROUP BY document),
    widths (document, many, bits) AS (
        SELECT document, many, 0 FROM counts
        UNION ALL SELECT document, many, bits + 1 FROM widths WHERE many >> bits > 168
    ),
    leaves (document, bits, number) AS (
        SELECT document, max(bits), 0 FROM widths GROUP BY document
        UNION ALL SELECT document, bits, number + 1 FROM leaves WHERE number + 1 < 1 << bits
        ORDER BY 1, 3
    ),
    ranges (document, bits, number, first) AS (
        SELECT document, bits, number, iif(bits, number << (64 - bits), -1 << 63) FROM leaves
    )
INSERT INTO names
    SELECT (document << 32) | (((number + 1) << (32 - bits)) - 1),
           (SELECT packed_names(digest, article) FROM single_names
            WHERE single_names.document = ranges.document
              AND digest BETWEEN first AND iif(bits, first | ~(-1 << (64 - bits)), ~first))
    FROM ranges;
DROP TABLE single_names;

-- By date within documents is enough: a window over all of them is a range of each.
DROP INDEX articles_by_date;
