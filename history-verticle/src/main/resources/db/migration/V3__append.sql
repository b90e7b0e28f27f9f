-- append: a batch of commands to any number of conversations, in one round trip and one transaction.
--
-- `head` is the conversation's after that row. A repeated cancel is told its number, not its time.
-- Statuses: 0 ok, 1 duplicate, 2 key_reused, 3 not_a_member, 4 not_found, 5 forbidden, 6 gone, 7 cancelled, 9 expired.
-- The planner switches below make every join an index lookup per row, so that a plan made while the tables
-- were empty is the same as one made when they are full.
--
-- The caller sees to it that no two rows have the same (conversation, target), that no row follows a join, leave or
-- role of its conversation, and that no cancel follows its key. The same key may be repeated.
CREATE FUNCTION append(
  p_conv uuid[], p_user text[], p_kind smallint[], p_key text[], p_fp bytea[], p_target bigint[],
  p_thread bigint[], p_body text[], p_peer text[], p_priv boolean[], p_deadline bigint)
RETURNS TABLE (i int, status smallint, seq bigint, at bigint, ord bigint, target bigint, members int, head bigint,
  made boolean)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_bitmapscan = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  n int := cardinality(p_conv);
  v_made uuid[] := '{}';
  v_locked uuid[];
  v_all boolean;
  v_now bigint;
  v_one uuid;
  v_status smallint[];
  v_first int[];
  v_seq bigint[];
  v_at bigint[];
  v_ord bigint[];
  v_target bigint[];
  v_members int[];
  v_head bigint[];
  v_messages bigint[];
  v_special boolean;
BEGIN
  -- Directs that are not there yet, in id order. Whoever waits here holds no lock yet; whoever holds locks is past this.
  IF cardinality(array_remove(p_peer, NULL)) > 0 THEN
    WITH made AS (
      INSERT INTO conversation (id, kind)
      SELECT DISTINCT ON (b.conv) b.conv, 2
      FROM unnest(p_conv, p_peer, p_kind) b (conv, peer, kind) JOIN account a ON a.id = b.peer
      WHERE b.kind IN (1, 6) AND NOT EXISTS (SELECT FROM conversation c WHERE c.id = b.conv)
      ORDER BY b.conv
      ON CONFLICT DO NOTHING
      RETURNING id)
    SELECT coalesce(array_agg(m.id), '{}') INTO v_made FROM made m;
  END IF;

  -- The locks: conversations by id, then (only if the batch changes memberships) members by (conversation, user).
  -- A batch without such rows locks members by its ordered UPDATE below.
  SELECT array_agg(c.id) INTO v_locked
  FROM (SELECT id FROM conversation WHERE id = ANY (p_conv) ORDER BY id FOR NO KEY UPDATE) c;
  v_all := cardinality(v_locked) = (SELECT count(DISTINCT x) FROM unnest(p_conv) x);
  IF p_kind && '{8,9,11}' THEN
    PERFORM append_lock_members(p_conv, p_user, p_kind, p_body);
  END IF;

  v_now := now_ms();
  IF v_now > p_deadline THEN
    DELETE FROM conversation WHERE id = ANY (v_made);
    RETURN QUERY SELECT x, 9::smallint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::int, NULL::bigint,
      false FROM generate_series(1, n) x;
    RETURN;
  END IF;
  FOREACH v_one IN ARRAY v_made LOOP
    PERFORM fill_conversation(v_one, 2::smallint, b.usr, NULL, ARRAY[b.peer], chr(2), v_now)
    FROM unnest(p_conv, p_user, p_peer) b (conv, usr, peer) WHERE b.conv = v_one AND b.peer IS NOT NULL LIMIT 1;
  END LOOP;

  -- What each row comes to, in the order key, membership, rights, target. A new statement: a new snapshot.
  -- 100 stands for "a key of an earlier row of this batch".
  SELECT array_agg(s.status), array_agg(s.first), array_agg(s.seq), array_agg(s.at), array_agg(s.ord),
    array_agg(s.target), array_agg(s.members), array_agg(s.head), array_agg(s.messages),
    bool_or(s.status = 100 OR s.status = 0 AND s.kind <> 1)
  INTO v_status, v_first, v_seq, v_at, v_ord, v_target, v_members, v_head, v_messages, v_special
  FROM (
    SELECT b.first, b.kind, c.head, c.messages, c.members,
      (CASE
        WHEN c.id IS NULL THEN CASE WHEN b.priv OR b.peer IS NOT NULL THEN 4 ELSE 3 END
        WHEN b.kind = 6 AND b.first < b.i THEN 100
        WHEN b.kind = 6 AND (e.kind = 6 OR x.seq IS NOT NULL) THEN 1
        WHEN b.kind = 6 AND e.kind <> 1 THEN 2
        WHEN b.kind <> 6 AND e.kind = b.kind AND (e.fingerprint IS NULL OR e.fingerprint = b.fp) THEN 1
        WHEN b.kind = 1 AND e.kind = 6 THEN 7
        WHEN b.kind <> 6 AND e.seq IS NOT NULL THEN 2
        WHEN b.first < b.i THEN 100
        WHEN NOT b.priv AND m.active IS NOT TRUE THEN 3
        WHEN b.kind = 1 THEN CASE WHEN b.thread IS NULL OR t.kind = 1 THEN 0 ELSE 4 END
        WHEN b.kind IN (2, 3, 4, 5) THEN CASE
          WHEN t.kind IS DISTINCT FROM 1 THEN 4
          WHEN b.kind = 2 AND t.sender <> b.usr THEN 5
          WHEN b.kind = 3 AND t.sender <> b.usr AND NOT b.priv AND m.role <> 1 THEN 5
          WHEN b.kind <> 3 AND t.deleted THEN 6
          ELSE 0 END
        WHEN b.kind = 6 THEN 0
        WHEN c.kind = 1 AND (b.kind IN (8, 9) OR b.kind IN (10, 11) AND (b.priv OR m.role = 1)) THEN 0
        ELSE 5
      END)::smallint AS status,
      coalesce(x.seq, e.seq) AS seq,
      CASE WHEN e.seq IS NULL OR b.kind = 6 THEN greatest(c.at, v_now) ELSE e.at END AS at,
      e.ord,
      CASE WHEN b.kind = 6 AND e.kind = 1 THEN e.seq ELSE b.target END AS target
    FROM (
      SELECT u.conv, u.usr, u.kind, u.key, u.fp, u.target, u.thread, u.peer, u.priv, u.i,
        (min(u.i) OVER (PARTITION BY hashtextextended(u.key COLLATE "C", 0), u.conv, u.usr COLLATE "C",
          u.key COLLATE "C"))::int AS first
      FROM unnest(p_conv, p_user, p_kind, p_key, p_fp, p_target, p_thread, p_peer, p_priv) WITH ORDINALITY
        u (conv, usr, kind, key, fp, target, thread, peer, priv, i)) b
    LEFT JOIN conversation c ON c.id = b.conv AND (v_all OR c.id = ANY (v_locked))
    LEFT JOIN member m ON m.conversation = b.conv AND m.usr = b.usr
    LEFT JOIN event e ON e.conversation = b.conv AND e.sender = b.usr AND e.key = b.key
    LEFT JOIN event t ON t.conversation = b.conv AND t.seq = CASE WHEN b.kind = 1 THEN b.thread ELSE b.target END
    CROSS JOIN LATERAL (
      SELECT CASE WHEN b.kind = 6 AND e.kind = 1 THEN (
        SELECT d.seq FROM event d WHERE d.conversation = b.conv AND d.sender = b.usr AND d.key = b.key || chr(1)) END AS seq
    ) x
    ORDER BY b.i) s;

  IF v_special THEN
    v_status := append_check(p_conv, p_user, p_kind, p_body, p_priv, v_target, v_status);
  END IF;

  -- Number what is new, insert it, move the conversation and the senders' own read positions.
  WITH n AS MATERIALIZED (
    SELECT u.i, u.status, u.conv, u.usr, u.key, u.fp, u.target, u.thread, u.body, u.at,
      CASE WHEN u.kind = 6 AND u.target IS NOT NULL THEN 3 ELSE u.kind END AS kind,
      CASE WHEN u.status = 0 THEN u.head + count(*) FILTER (WHERE u.status = 0) OVER w ELSE u.seq END AS seq,
      CASE WHEN u.status = 0 THEN u.messages + count(*) FILTER (WHERE u.status = 0 AND u.kind = 1) OVER w
        ELSE u.ord END AS ord,
      u.head + count(*) FILTER (WHERE u.status = 0) OVER w AS head,
      u.kind = 6 AND u.target IS NOT NULL AS cancels
    FROM unnest(p_conv, p_user, p_kind, p_key, p_fp, v_target, p_thread, p_body, v_status, v_seq, v_at, v_ord, v_head,
      v_messages) WITH ORDINALITY
      u (conv, usr, kind, key, fp, target, thread, body, status, seq, at, ord, head, messages, i)
    WINDOW w AS (PARTITION BY u.conv ORDER BY u.i)),
  ins AS (
    INSERT INTO event (conversation, seq, kind, sender, at, key, fingerprint, target, thread, body, ord)
    SELECT n.conv, n.seq, n.kind, n.usr, n.at, CASE WHEN n.cancels THEN n.key || chr(1) ELSE n.key END, n.fp,
      n.target, n.thread, CASE WHEN n.kind IN (3, 6) THEN NULL ELSE n.body END, n.ord
    FROM n WHERE n.status = 0),
  upd AS (
    UPDATE conversation c
    SET head = g.head, messages = g.ord, last = coalesce(g.last, c.last), at = g.at, tx = pg_current_xact_id()
    FROM (
      SELECT n.conv, max(n.seq) AS head, max(n.ord) AS ord, max(n.at) AS at, max(n.seq) FILTER (WHERE n.kind = 1) AS last
      FROM n WHERE n.status = 0 GROUP BY n.conv) g
    WHERE c.id = g.conv),
  mem AS (
    UPDATE member m SET read = g.seq, read_ord = g.ord, delivered = greatest(m.delivered, g.seq)
    FROM (
      SELECT n.conv, n.usr COLLATE "C" AS usr, max(n.seq) AS seq, max(n.ord) AS ord
      FROM n WHERE n.status = 0 AND n.kind = 1 GROUP BY 1, 2 ORDER BY 1, 2) g
    WHERE m.conversation = g.conv AND m.usr = g.usr AND m.read < g.seq)
  SELECT array_agg(o.seq), array_agg(o.ord), array_agg(o.head) INTO v_seq, v_ord, v_head
  FROM (SELECT n.seq, n.ord, n.head FROM n ORDER BY n.i) o;

  IF v_special THEN
    FOR k IN 1 .. n LOOP
      IF v_status[k] = 0 AND p_kind[k] <> 1 THEN
        v_members[k] := coalesce(
          append_fold(p_conv[k], p_user[k], p_kind[k], v_target[k], p_body[k], v_seq[k], v_ord[k]), v_members[k]);
      ELSIF v_status[k] = 100 THEN
        DECLARE
          f int := v_first[k];
        BEGIN
          IF p_kind[f] = p_kind[k] AND p_fp[f] IS NOT DISTINCT FROM p_fp[k] THEN
            v_status[k] := CASE v_status[f] WHEN 0 THEN 1 ELSE v_status[f] END;
            v_seq[k] := v_seq[f];
            v_at[k] := v_at[f];
            v_ord[k] := v_ord[f];
            v_target[k] := v_target[f];
          ELSIF p_kind[f] = 6 AND p_kind[k] = 1 THEN
            v_status[k] := CASE v_status[f] WHEN 0 THEN 7 ELSE v_status[f] END;
          ELSE
            v_status[k] := 2;
          END IF;
        END;
      END IF;
    END LOOP;
  END IF;

  -- A duplicate's answer waits for the synchronous standby as a write does.
  IF 1 = ANY (v_status) THEN
    PERFORM pg_logical_emit_message(true, 'hubbub', '');
  END IF;

  RETURN QUERY
  SELECT o.i::int, o.status,
    CASE WHEN o.status <= 1 THEN o.seq END, CASE WHEN o.status <= 1 THEN o.at END, CASE WHEN o.status <= 1 THEN o.ord END,
    o.target, o.members, o.head, v_made <> '{}' AND o.conv = ANY (v_made)
  FROM unnest(v_status, v_seq, v_at, v_ord, v_target, v_members, v_head, p_conv) WITH ORDINALITY
    o (status, seq, at, ord, target, members, head, conv, i);
END $$;

-- Locks the member rows that a batch with joins, leaves or roles will change, in (conversation, user) order.
CREATE FUNCTION append_lock_members(p_conv uuid[], p_user text[], p_kind smallint[], p_body text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1
  FROM member m JOIN (
    SELECT b.conv, b.usr COLLATE "C" AS usr FROM unnest(p_conv, p_user, p_kind) b (conv, usr, kind) WHERE b.kind = 1
    UNION
    SELECT b.conv, u COLLATE "C" FROM unnest(p_conv, p_kind, p_body) b (conv, kind, body),
      LATERAL append_users(b.kind, b.body) u
    WHERE b.kind IN (8, 9, 11)) g ON m.conversation = g.conv AND m.usr = g.usr
  ORDER BY m.conversation, m.usr
  FOR NO KEY UPDATE OF m;
END $$;

-- The users that the body of a join, leave or role names.
CREATE FUNCTION append_users(p_kind smallint, p_body text) RETURNS SETOF text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF p_kind = 11 THEN
    RETURN NEXT p_body::json ->> 'user';
  ELSE
    RETURN QUERY SELECT DISTINCT json_array_elements_text(p_body::json);
  END IF;
END $$;

-- The checks that need more than the row: the users of joins, leaves and roles; changes after a cancel of their target.
CREATE FUNCTION append_check(p_conv uuid[], p_user text[], p_kind smallint[], p_body text[], p_priv boolean[],
  p_target bigint[], p_status smallint[])
RETURNS smallint[] LANGUAGE plpgsql AS $$
DECLARE
  v_cancels boolean := p_kind && '{6}';
  v_owner boolean;
BEGIN
  FOR k IN 1 .. cardinality(p_conv) LOOP
    CONTINUE WHEN p_status[k] <> 0 OR p_kind[k] = 1;
    IF p_kind[k] = 8 THEN
      IF EXISTS (SELECT FROM append_users(p_kind[k], p_body[k]) u
          WHERE u IS NULL OR NOT EXISTS (SELECT FROM account a WHERE a.id = u)) THEN
        p_status[k] := 4;
      END IF;
    ELSIF p_kind[k] = 9 AND NOT p_priv[k] THEN
      SELECT role = 1 INTO v_owner FROM member WHERE conversation = p_conv[k] AND usr = p_user[k];
      IF NOT v_owner AND EXISTS (SELECT FROM append_users(p_kind[k], p_body[k]) u WHERE u IS DISTINCT FROM p_user[k]) THEN
        p_status[k] := 5;
      END IF;
    ELSIF p_kind[k] = 11 THEN
      IF NOT EXISTS (SELECT FROM append_users(p_kind[k], p_body[k]) u
          JOIN member m ON m.conversation = p_conv[k] AND m.usr = u WHERE m.active) THEN
        p_status[k] := 4;
      END IF;
    ELSIF v_cancels AND p_kind[k] IN (2, 4, 5) THEN
      IF EXISTS (SELECT FROM unnest(p_conv, p_kind, p_target, p_status) WITH ORDINALITY o (conv, kind, target, status, j)
          WHERE o.j < k AND o.status = 0 AND o.kind IN (3, 6) AND o.conv = p_conv[k] AND o.target = p_target[k]) THEN
        p_status[k] := 6;
      END IF;
    END IF;
  END LOOP;
  RETURN p_status;
END $$;

-- Folds the change that entry p_seq makes into its own table. Returns the new count of members where it moved.
CREATE FUNCTION append_fold(p_conv uuid, p_user text, p_kind smallint, p_target bigint, p_body text, p_seq bigint,
  p_ord bigint)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_users text[];
  v_count int;
BEGIN
  CASE
    WHEN p_kind = 2 THEN
      UPDATE event SET body = p_body, edited = true, rev = p_seq WHERE conversation = p_conv AND seq = p_target;
    WHEN p_kind = 3 OR p_kind = 6 AND p_target IS NOT NULL THEN
      UPDATE event SET body = NULL, fingerprint = NULL, deleted = true, rev = p_seq
      WHERE conversation = p_conv AND seq = p_target AND NOT deleted;
      IF FOUND THEN
        UPDATE event SET body = NULL, fingerprint = NULL
        WHERE conversation = p_conv AND target = p_target AND kind = 2;
        DELETE FROM reaction WHERE conversation = p_conv AND target = p_target;
      END IF;
    WHEN p_kind = 4 THEN
      INSERT INTO reaction VALUES (p_conv, p_target, p_body, p_user) ON CONFLICT DO NOTHING;
      UPDATE event SET rev = p_seq WHERE conversation = p_conv AND seq = p_target;
    WHEN p_kind = 5 THEN
      DELETE FROM reaction WHERE conversation = p_conv AND target = p_target AND emoji = p_body AND usr = p_user;
      UPDATE event SET rev = p_seq WHERE conversation = p_conv AND seq = p_target;
    WHEN p_kind IN (8, 9) THEN
      IF p_kind = 8 THEN
        WITH moved AS (
          INSERT INTO member AS m (conversation, usr, joined, read, read_ord, delivered)
          SELECT p_conv, u, p_seq, p_seq, p_ord, p_seq FROM append_users(p_kind, p_body) u
          ON CONFLICT (conversation, usr) DO UPDATE SET active = true, role = 2, joined = p_seq, left_at = NULL,
            read = p_seq, read_ord = p_ord, delivered = p_seq, tx = pg_current_xact_id()
            WHERE NOT m.active
          RETURNING m.usr)
        SELECT array_agg(usr) INTO v_users FROM moved;
      ELSE
        WITH moved AS (
          UPDATE member SET active = false, left_at = p_seq, tx = pg_current_xact_id()
          WHERE conversation = p_conv AND active AND usr IN (SELECT append_users(p_kind, p_body))
          RETURNING usr)
        SELECT array_agg(usr) INTO v_users FROM moved;
      END IF;
      INSERT INTO change (usr, kind, conversation, seq)
      SELECT u, CASE p_kind WHEN 8 THEN 1 ELSE 2 END, p_conv, p_seq FROM unnest(v_users) u;
      UPDATE conversation
      SET members = members + (CASE p_kind WHEN 8 THEN 1 ELSE -1 END) * coalesce(cardinality(v_users), 0)
      WHERE id = p_conv RETURNING members INTO v_count;
    WHEN p_kind = 10 THEN
      UPDATE conversation SET name = p_body WHERE id = p_conv;
    WHEN p_kind = 11 THEN
      UPDATE member SET role = CASE p_body::json ->> 'role' WHEN 'owner' THEN 1 ELSE 2 END
      WHERE conversation = p_conv AND usr = p_body::json ->> 'user';
    ELSE NULL;
  END CASE;
  RETURN v_count;
END $$;
