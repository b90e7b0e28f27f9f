-- What administrators did, written before it was done. Kept for a year.
CREATE TABLE audit (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  usr text COLLATE "C" NOT NULL,
  address text NOT NULL,
  action text NOT NULL,
  target text NOT NULL
);

-- What opens a stream of notifications where no header can be sent. Only hashes are kept. A ticket is good once and for
-- seconds; it is exchanged for a cookie, which is good for as long as the token that the ticket was made with.
CREATE TABLE stream_key (
  hash bytea PRIMARY KEY,
  cookie boolean NOT NULL,
  usr text COLLATE "C" NOT NULL,
  name text,
  admin boolean NOT NULL,
  version bigint NOT NULL,             -- of the token: its `ver` claim plus 1, or 0
  family uuid,
  token_expires bigint NOT NULL,
  expires bigint NOT NULL
);
CREATE INDEX stream_key_usr ON stream_key (usr, expires);

-- Which friendships changed since a client was last there, by the same watermark as all cursors.
ALTER TABLE friendship ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE FUNCTION friendship_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.tx := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER friendship_moves BEFORE UPDATE ON friendship FOR EACH ROW
  WHEN (OLD.asks <> NEW.asks OR OLD.blocks <> NEW.blocks) EXECUTE FUNCTION friendship_moves();
