-- Ids are found as names are, in leaves: the names of a document 0, that the store itself gives. Added many at a time,
-- they are merged a leaf at a time, where a row each was a search each. `packed_names` is a function of Feedmill's
-- (store::sqlite::names). By as many of the 60 bits of an id as leave no more than 168 to a leaf.
WITH RECURSIVE
    widths (many, bits) AS (
        SELECT count(*), 0 FROM ids HAVING count(*) > 0
        UNION ALL SELECT many, bits + 1 FROM widths WHERE many >> bits > 168
    ),
    leaves (bits, number) AS (
        SELECT max(bits), 0 FROM widths HAVING count(*) > 0
        UNION ALL SELECT bits, number + 1 FROM leaves WHERE number + 1 < 1 << bits
    )
INSERT INTO names
    SELECT iif(number + 1 < 1 << bits, (number + 1) << (28 - bits), 1 << 32) - 1,
           (SELECT packed_names(id, article) FROM ids
            WHERE id BETWEEN number << (60 - bits) AND ((number + 1) << (60 - bits)) - 1)
    FROM leaves;
DROP TABLE ids;
