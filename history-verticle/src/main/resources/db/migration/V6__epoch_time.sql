-- When the epoch was made, epoch milliseconds: who misses an entry from before knows that others have found out already,
-- and a restored log is told from one whose loss is known.
ALTER TABLE meta ADD COLUMN replaced bigint NOT NULL DEFAULT 0;
