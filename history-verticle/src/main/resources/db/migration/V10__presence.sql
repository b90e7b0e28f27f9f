-- What outlives sessions of a user's presence: the status chosen last, and when others last saw the user. Written in
-- batches by homes of users; two may write at once, so of each the later counts.
CREATE TABLE presence (
  usr text COLLATE "C" PRIMARY KEY,
  chosen smallint NOT NULL,            -- 1 online (as the sessions are), 2 away, 3 busy, 4 invisible
  chosen_at bigint NOT NULL,           -- 0: never
  last_seen bigint NOT NULL            -- 0: never
) WITH (fillfactor = 70);
