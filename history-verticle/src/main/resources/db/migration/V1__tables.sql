-- The tables of Hubbub. Texts that are compared are COLLATE "C": byte order, the same on every server, and fast.
-- Times called `at` are epoch milliseconds; `tx` is the transaction that last changed what clients see of a row.

-- The epoch names this log. It is replaced when the log is found to have gone back.
CREATE TABLE meta (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch uuid NOT NULL
);
INSERT INTO meta (epoch) VALUES (gen_random_uuid());

CREATE TABLE node (
  id text COLLATE "C" PRIMARY KEY,
  beat timestamptz NOT NULL,
  draining boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50);

-- A person or a service. Without a password it came from an outside issuer; `folded` is the id in lower case.
CREATE TABLE account (
  id text COLLATE "C" PRIMARY KEY,
  folded text COLLATE "C" NOT NULL,
  name text NOT NULL,
  password text,
  admin boolean NOT NULL DEFAULT false,
  ver int NOT NULL DEFAULT 0,
  created timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_local ON account (folded) WHERE password IS NOT NULL;

-- A login is a family of refresh tokens, each of which replaces the one before.
CREATE TABLE login (
  family uuid PRIMARY KEY,
  usr text COLLATE "C" NOT NULL,
  created timestamptz NOT NULL DEFAULT now(),
  ended timestamptz
);
CREATE INDEX login_usr ON login (usr);

-- `issued` is when it was made, `used` when it was first exchanged, `next` the hash of what it was exchanged for.
CREATE TABLE refresh (
  hash bytea PRIMARY KEY,
  family uuid NOT NULL,
  issued timestamptz NOT NULL DEFAULT now(),
  expires timestamptz NOT NULL,
  used timestamptz,
  next bytea
);
CREATE INDEX refresh_family ON refresh (family);

-- No index but the key: every append changes such a row in place (HOT), half of each page is kept free for it.
CREATE TABLE conversation (
  id uuid PRIMARY KEY,
  kind smallint NOT NULL,              -- 1 room, 2 direct
  name text,
  head bigint NOT NULL DEFAULT 0,      -- the only source of numbers
  messages bigint NOT NULL DEFAULT 0,  -- entries of kind 1
  members int NOT NULL DEFAULT 0,      -- active ones
  at bigint NOT NULL DEFAULT 0,        -- of the last entry
  last bigint NOT NULL DEFAULT 0,      -- number of the newest message, 0 without one
  tx xid8 NOT NULL DEFAULT pg_current_xact_id()
) WITH (fillfactor = 50);

-- The log. A message row also carries its current state: body, edited, deleted, and rev, the last change folded in.
CREATE TABLE event (
  conversation uuid NOT NULL,
  seq bigint NOT NULL,
  kind smallint NOT NULL,
  sender text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint bytea,                   -- 16 bytes; null once erased
  target bigint,
  thread bigint,
  body text,
  ord bigint NOT NULL,                 -- messages up to and including this entry
  rev bigint NOT NULL DEFAULT 0,
  edited boolean NOT NULL DEFAULT false,
  deleted boolean NOT NULL DEFAULT false,
  PRIMARY KEY (conversation, seq)
);
CREATE UNIQUE INDEX event_key ON event (conversation, sender, key);
CREATE INDEX event_edits ON event (conversation, target) WHERE kind = 2;
CREATE INDEX event_thread ON event (conversation, thread, seq) WHERE thread IS NOT NULL;

CREATE TABLE member (
  conversation uuid NOT NULL,
  usr text COLLATE "C" NOT NULL,
  role smallint NOT NULL DEFAULT 2,    -- 1 owner, 2 member
  active boolean NOT NULL DEFAULT true,
  joined bigint NOT NULL,              -- number of the entry that let them in
  left_at bigint,                      -- number of the entry that took them out
  read bigint NOT NULL DEFAULT 0,
  read_ord bigint NOT NULL DEFAULT 0,  -- event.ord at `read`
  delivered bigint NOT NULL DEFAULT 0,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (conversation, usr)
) WITH (fillfactor = 70);
CREATE INDEX member_usr ON member (usr);

CREATE TABLE reaction (
  conversation uuid NOT NULL,
  target bigint NOT NULL,
  emoji text COLLATE "C" NOT NULL,
  usr text COLLATE "C" NOT NULL,
  PRIMARY KEY (conversation, target, emoji, usr)
);

-- What happens to users rather than to conversations; only inserted, read from a watermark of transactions.
CREATE TABLE change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  usr text COLLATE "C" NOT NULL,
  kind smallint NOT NULL,              -- 1 joined, 2 left, 3 revoked, 4 profile
  conversation uuid,
  seq bigint,
  data text,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX change_tx ON change (tx);

-- What the planner is to believe, whatever the tables hold just then: many entries per conversation, several
-- conversations per user. Otherwise, where most conversations have one entry, it takes the primary key's first column
-- for as good as the index of keys, and a lookup of one key reads a whole conversation. The rows are only there to be
-- counted; TRUNCATE leaves the statistics and makes the size unknown again.
ALTER TABLE event ALTER COLUMN conversation SET (n_distinct = -0.01), ALTER COLUMN sender SET (n_distinct = -0.01),
  ALTER COLUMN key SET (n_distinct = -0.5);
ALTER TABLE member ALTER COLUMN conversation SET (n_distinct = -0.05), ALTER COLUMN usr SET (n_distinct = -0.05);
ALTER TABLE reaction ALTER COLUMN conversation SET (n_distinct = -0.01), ALTER COLUMN target SET (n_distinct = -0.2);
INSERT INTO conversation (id, kind) SELECT gen_random_uuid(), 1 FROM generate_series(1, 1000);
INSERT INTO event (conversation, seq, kind, sender, at, key, ord)
SELECT gen_random_uuid(), g, 1, g, g, g, g FROM generate_series(1, 1000) g;
INSERT INTO member (conversation, usr, joined) SELECT gen_random_uuid(), g, 1 FROM generate_series(1, 1000) g;
INSERT INTO reaction SELECT gen_random_uuid(), g, g, g FROM generate_series(1, 1000) g;
ANALYZE conversation, event, member, reaction;
TRUNCATE conversation, event, member, reaction;
