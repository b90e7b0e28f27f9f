-- Looking for users by the beginning of id or name.
CREATE INDEX account_begins ON account (folded);
CREATE INDEX account_name_begins ON account (lower(name) COLLATE "C");

ALTER TABLE refresh ADD COLUMN replayed boolean NOT NULL DEFAULT false;

-- Exchanges a refresh token for the next one. A token shown again within p_tolerance of its first use is exchanged
-- once more (the answer may have been lost); shown again later it has been stolen, and its login ends.
-- status: 0 done, 1 refused, 2 refused and the login has ended.
CREATE FUNCTION rotate_refresh(p_old bytea, p_next bytea, p_expires interval, p_tolerance interval,
  OUT status smallint, OUT usr text, OUT family uuid)
LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  SELECT f.used, f.replayed, f.expires, f.family, l.usr, l.ended INTO r
  FROM refresh f JOIN login l ON l.family = f.family WHERE f.hash = p_old FOR UPDATE;
  IF NOT FOUND OR r.ended IS NOT NULL OR r.expires < clock_timestamp() THEN
    status := 1;
    RETURN;
  END IF;
  usr := r.usr;
  family := r.family;
  IF r.used IS NOT NULL AND (r.replayed OR r.used < clock_timestamp() - p_tolerance) THEN
    PERFORM end_login(r.usr, r.family);
    status := 2;
    RETURN;
  END IF;
  UPDATE refresh SET used = coalesce(used, clock_timestamp()), replayed = r.used IS NOT NULL, next = p_next
  WHERE hash = p_old;
  INSERT INTO refresh (hash, family, expires) VALUES (p_next, r.family, clock_timestamp() + p_expires);
  status := 0;
END $$;

-- Ends a login: its tokens are revoked everywhere.
CREATE FUNCTION end_login(p_usr text, p_family uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE login SET ended = clock_timestamp() WHERE family = p_family AND usr = p_usr AND ended IS NULL;
  IF FOUND THEN
    DELETE FROM refresh WHERE family = p_family;
    INSERT INTO change (usr, kind, data) VALUES (p_usr, 3, json_build_object('family', p_family)::text);
  END IF;
END $$;

-- Lets a user of a valid token exist, and says whether the token is still good. p_version: its `ver` claim plus 1, or
-- 0 for a token of an outside issuer.
CREATE FUNCTION check_token(p_usr text, p_folded text, p_name text, p_admin boolean, p_version bigint, p_family uuid)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  a account%ROWTYPE;
BEGIN
  SELECT * INTO a FROM account WHERE id = p_usr;
  IF p_version > 0 THEN
    RETURN a.id IS NOT NULL AND a.ver = p_version - 1
      AND NOT EXISTS (SELECT FROM login WHERE family = p_family AND ended IS NOT NULL);
  END IF;
  IF a.id IS NULL THEN
    INSERT INTO account (id, folded, name, admin) VALUES (p_usr, p_folded, coalesce(p_name, p_usr), p_admin)
    ON CONFLICT DO NOTHING;
  ELSIF a.password IS NULL AND (a.name IS DISTINCT FROM coalesce(p_name, a.name) OR a.admin <> p_admin) THEN
    UPDATE account SET name = coalesce(p_name, name), admin = p_admin WHERE id = p_usr;
    IF a.name IS DISTINCT FROM coalesce(p_name, a.name) THEN
      INSERT INTO change (usr, kind) VALUES (p_usr, 4);
    END IF;
  END IF;
  RETURN true;
END $$;
