-- Making conversations. Kind 7 (`created`) is always entry 1.

CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint
$$;

-- Fills a conversation row that this transaction has just inserted (head 0).
CREATE FUNCTION fill_conversation(
  p_id uuid, p_kind smallint, p_creator text, p_name text, p_users text[], p_key text, p_at bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_all text[] := ARRAY(
    SELECT DISTINCT u COLLATE "C" FROM unnest(p_users || p_creator) u ORDER BY 1);
BEGIN
  INSERT INTO event (conversation, seq, kind, sender, at, key, body, ord)
  VALUES (p_id, 1, 7, p_creator, p_at, p_key, created_body(p_kind, p_name, v_all), 0);
  INSERT INTO member (conversation, usr, role, joined, read, delivered)
  SELECT p_id, u, CASE WHEN p_kind = 1 AND u = p_creator THEN 1 ELSE 2 END, 1, 1, 1
  FROM unnest(v_all) u;
  INSERT INTO change (usr, kind, conversation, seq) SELECT u, 1, p_id, 1 FROM unnest(v_all) u;
  UPDATE conversation SET name = p_name, head = 1, members = cardinality(v_all), at = p_at WHERE id = p_id;
END $$;

CREATE FUNCTION created_body(p_kind smallint, p_name text, p_users text[])
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT json_build_object(
    'kind', CASE p_kind WHEN 1 THEN 'room' ELSE 'direct' END, 'name', p_name, 'users', to_json(p_users))::text
$$;

-- A room with its creator as owner. Idempotent by id: the same again is a duplicate, another one key_reused.
-- status: 0 made, 1 duplicate, 2 key_reused, 4 a user is unknown.
CREATE FUNCTION create_room(p_id uuid, p_creator text, p_name text, p_users text[], p_key text,
  OUT status smallint, OUT seq bigint, OUT at bigint, OUT members int)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_all text[] := ARRAY(
    SELECT DISTINCT u COLLATE "C" FROM unnest(p_users || p_creator) u ORDER BY 1);
BEGIN
  SELECT CASE WHEN e.sender = p_creator AND e.body = created_body(1::smallint, p_name, v_all)
    THEN 1 ELSE 2 END, 1, e.at, cardinality(v_all)
  INTO status, seq, at, members
  FROM event e WHERE e.conversation = p_id AND e.seq = 1;
  IF FOUND THEN
    PERFORM pg_logical_emit_message(true, 'hubbub', '');
    RETURN;
  END IF;
  IF (SELECT count(*) FROM account a WHERE a.id = ANY (v_all)) < cardinality(v_all) THEN
    status := 4;
    RETURN;
  END IF;
  INSERT INTO conversation (id, kind) VALUES (p_id, 1) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN  -- somebody made it meanwhile, and has committed: look again
    SELECT r.status, r.seq, r.at, r.members INTO status, seq, at, members
    FROM create_room(p_id, p_creator, p_name, p_users, p_key) r;
    RETURN;
  END IF;
  at := now_ms();
  PERFORM fill_conversation(p_id, 1::smallint, p_creator, p_name, p_users, p_key, at);
  status := 0;
  seq := 1;
  members := cardinality(v_all);
END $$;

-- The direct conversation of two users under the id the caller computed from the pair.
-- status: 0 made, 1 it was there, 4 a user is unknown.
CREATE FUNCTION ensure_direct(p_id uuid, p_a text, p_b text, OUT status smallint, OUT head bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  SELECT 1, c.head INTO status, head FROM conversation c WHERE c.id = p_id;
  IF FOUND THEN RETURN; END IF;
  IF (SELECT count(*) FROM account a WHERE a.id IN (p_a, p_b)) < (CASE WHEN p_a = p_b THEN 1 ELSE 2 END) THEN
    status := 4;
    RETURN;
  END IF;
  INSERT INTO conversation (id, kind) VALUES (p_id, 2) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT 1, c.head INTO status, head FROM conversation c WHERE c.id = p_id;
    RETURN;
  END IF;
  PERFORM fill_conversation(p_id, 2::smallint, p_a, NULL, ARRAY[p_b], chr(2), now_ms());
  status := 0;
  head := 1;
END $$;
