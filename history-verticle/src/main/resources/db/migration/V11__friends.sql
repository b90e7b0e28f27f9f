-- Friends and blocks: one row for two users, so that both sides wait for each other and never disagree. Each side has a
-- bit in `asks` and in `blocks`: 1 for `low`, 2 for `high`. Friends are those who both ask, so two requests that cross
-- make friends, and accepting is asking.
CREATE TABLE friendship (
  low text COLLATE "C" NOT NULL,
  high text COLLATE "C" NOT NULL,
  asks smallint NOT NULL DEFAULT 0,
  blocks smallint NOT NULL DEFAULT 0,
  at bigint NOT NULL,                  -- of the last change
  PRIMARY KEY (low, high),
  CHECK (low < high)
);
CREATE INDEX friendship_high ON friendship (high, low);

-- Of direct conversations: one of the two blocks the other. Kept here, where `append` looks anyway.
ALTER TABLE conversation ADD COLUMN blocked boolean NOT NULL DEFAULT false;

-- How the side with bit p_own sees it: 0 nothing, 1 requested, 2 incoming, 3 friends, 4 blocked (by oneself). Who is
-- blocked sees the same as who was declined, and asks in vain.
CREATE FUNCTION friend_state(p_asks smallint, p_blocks smallint, p_own int) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
  SELECT (CASE
    WHEN p_blocks & p_own > 0 THEN 4
    WHEN p_asks = 3 THEN 3
    WHEN p_asks & p_own > 0 THEN 1
    WHEN p_asks > 0 THEN 2
    ELSE 0
  END)::smallint
$$;

-- Whether one of two users blocks the other, as far as is committed.
CREATE FUNCTION blocked(p_a text, p_b text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM friendship
    WHERE low = least(p_a COLLATE "C", p_b COLLATE "C") AND high = greatest(p_a COLLATE "C", p_b COLLATE "C")
      AND blocks > 0)
$$;

-- The same for who makes their direct conversation: from here to the end of the transaction nobody can block. Who is
-- just about to does not wait for the conversation, which is not visible yet, so neither waits for the other for ever.
CREATE FUNCTION hold_blocks(p_a text, p_b text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_low text := least(p_a COLLATE "C", p_b COLLATE "C");
  v_high text := greatest(p_a COLLATE "C", p_b COLLATE "C");
  v_blocks smallint;
BEGIN
  IF v_low = v_high THEN
    RETURN false;
  END IF;
  INSERT INTO friendship (low, high, at) VALUES (v_low, v_high, now_ms()) ON CONFLICT DO NOTHING;
  SELECT blocks INTO v_blocks FROM friendship WHERE low = v_low AND high = v_high FOR SHARE;
  RETURN v_blocks > 0;
END $$;

-- What one user does about another. p_act: 1 ask (or accept), 2 end (withdraw, decline, remove), 3 block, 4 unblock.
-- All may be repeated. p_most: how many others one may ask and block together; two who ask at once may pass it by one.
-- status: 0 done or done before, 4 no such user, 5 one blocks whom one asks, 8 too many. state: as p_usr sees it now.
CREATE FUNCTION change_friendship(p_usr text, p_other text, p_act smallint, p_most int, p_direct uuid,
  OUT status smallint, OUT state smallint, OUT at bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_low text := least(p_usr COLLATE "C", p_other COLLATE "C");
  v_high text := greatest(p_usr COLLATE "C", p_other COLLATE "C");
  v_own int := CASE WHEN p_usr = v_low THEN 1 ELSE 2 END;
  v_asks smallint;
  v_blocks smallint;
  r friendship%ROWTYPE;
BEGIN
  status := 4;
  state := 0;
  at := 0;
  IF (SELECT count(*) FROM account a WHERE a.id IN (p_usr, p_other)) < 2 THEN
    RETURN;
  END IF;
  IF p_act IN (1, 3) THEN
    INSERT INTO friendship (low, high, at) VALUES (v_low, v_high, now_ms()) ON CONFLICT DO NOTHING;
  END IF;
  SELECT * INTO r FROM friendship WHERE low = v_low AND high = v_high FOR UPDATE;
  IF NOT FOUND THEN
    status := 0;
    RETURN;
  END IF;
  v_asks := CASE p_act WHEN 1 THEN r.asks | v_own WHEN 4 THEN r.asks ELSE 0 END;
  v_blocks := CASE p_act WHEN 3 THEN r.blocks | v_own WHEN 4 THEN r.blocks & ~v_own ELSE r.blocks END;
  state := friend_state(r.asks, r.blocks, v_own);
  at := r.at;
  IF p_act = 1 AND r.blocks & v_own > 0 THEN
    status := 5;
    RETURN;
  END IF;
  IF p_act IN (1, 3) AND state NOT IN (1, 3, 4) AND p_most <= (
      SELECT count(*) FROM (
        SELECT FROM friendship WHERE low = p_usr AND (asks | blocks) & 1 > 0
        UNION ALL SELECT FROM friendship WHERE high = p_usr AND (asks | blocks) & 2 > 0 LIMIT p_most) f) THEN
    status := 8;
    RETURN;
  END IF;
  status := 0;
  IF v_asks = r.asks AND v_blocks = r.blocks THEN
    -- The answer waits for the synchronous standby as a write does.
    PERFORM pg_logical_emit_message(true, 'hubbub', '');
    RETURN;
  END IF;
  at := now_ms();
  state := friend_state(v_asks, v_blocks, v_own);
  UPDATE friendship f SET asks = v_asks, blocks = v_blocks, at = change_friendship.at
  WHERE f.low = v_low AND f.high = v_high;
  IF v_blocks <> r.blocks THEN
    UPDATE conversation SET blocked = v_blocks > 0 WHERE id = p_direct;
  END IF;
  -- Without data: nothing that the user may know of, but who sees whom has changed.
  INSERT INTO change (usr, kind, data)
  SELECT usr, 5, CASE WHEN now <> before THEN json_build_object('user', other, 'state', now)::text END
  FROM (
    SELECT v_low AS usr, v_high AS other, friend_state(r.asks, r.blocks, 1) AS before,
      friend_state(v_asks, v_blocks, 1) AS now
    UNION ALL
    SELECT v_high, v_low, friend_state(r.asks, r.blocks, 2), friend_state(v_asks, v_blocks, 2)) side
  WHERE now <> before OR v_blocks <> r.blocks;
END $$;

-- fill_conversation once more: a direct conversation begins as blocked as its two are.
CREATE OR REPLACE FUNCTION fill_conversation(
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
  UPDATE conversation SET name = p_name, head = 1, members = cardinality(v_all), at = p_at,
    blocked = CASE p_kind WHEN 2 THEN hold_blocks(p_creator, p_users[1]) ELSE false END
  WHERE id = p_id;
END $$;

-- ensure_direct once more: status 5 where one blocks the other.
CREATE OR REPLACE FUNCTION ensure_direct(p_id uuid, p_a text, p_b text, OUT status smallint, OUT head bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  SELECT 1, c.head INTO status, head FROM conversation c WHERE c.id = p_id;
  IF FOUND THEN RETURN; END IF;
  IF (SELECT count(*) FROM account a WHERE a.id IN (p_a, p_b)) < (CASE WHEN p_a = p_b THEN 1 ELSE 2 END) THEN
    status := 4;
    RETURN;
  END IF;
  IF blocked(p_a, p_b) THEN
    status := 5;
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

-- append_checked and append once more: in a blocked conversation nobody but services says, edits or reacts (5,
-- forbidden). What takes back goes on: a deletion, a cancel, the end of a reaction.
CREATE OR REPLACE FUNCTION append_checked(
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
      FROM unnest(p_conv, p_user, p_peer, p_kind) b (conv, usr, peer, kind) JOIN account a ON a.id = b.peer
      WHERE b.kind IN (1, 6) AND NOT EXISTS (SELECT FROM conversation c WHERE c.id = b.conv)
        AND NOT blocked(b.usr, b.peer)
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
        WHEN c.id IS NULL AND b.peer IS NOT NULL AND blocked(b.usr, b.peer) THEN 5
        WHEN c.id IS NULL THEN CASE WHEN b.priv OR b.peer IS NOT NULL THEN 4 ELSE 3 END
        WHEN b.kind = 6 AND b.first < b.i THEN 100
        WHEN b.kind = 6 AND (e.kind = 6 OR x.seq IS NOT NULL) THEN 1
        WHEN b.kind = 6 AND e.kind <> 1 THEN 2
        WHEN b.kind <> 6 AND e.kind = b.kind AND (e.fingerprint IS NULL OR e.fingerprint = b.fp) THEN 1
        WHEN b.kind = 1 AND e.kind = 6 THEN 7
        WHEN b.kind <> 6 AND e.seq IS NOT NULL THEN 2
        WHEN b.first < b.i THEN 100
        WHEN NOT b.priv AND m.active IS NOT TRUE THEN 3
        WHEN c.blocked AND NOT b.priv AND b.kind IN (1, 2, 4) THEN 5
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

CREATE OR REPLACE FUNCTION append(
  p_conv uuid[], p_user text[], p_kind smallint[], p_key text[], p_fp bytea[], p_target bigint[],
  p_thread bigint[], p_body text[], p_peer text[], p_priv boolean[], p_deadline bigint, p_look boolean DEFAULT false)
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
  v_now bigint;
  v_done int;
BEGIN
  IF NOT p_look AND p_kind <@ '{1}' AND array_remove(p_thread, NULL) = '{}' AND true <> ALL (p_priv) THEN
    v_now := now_ms();
    BEGIN
      IF n = 1 THEN
        -- Three plain statements start faster than one large one.
        UPDATE conversation c
        SET head = c.head + 1, messages = c.messages + 1, last = c.head + 1, at = greatest(c.at, v_now),
          tx = pg_current_xact_id()
        WHERE c.id = p_conv[1] AND NOT c.blocked
        RETURNING c.head, c.messages, c.at, c.members INTO seq, ord, at, members;
        IF NOT FOUND THEN
          RAISE unique_violation;
        END IF;
        UPDATE member m SET read = append.seq, read_ord = append.ord, delivered = append.seq
        WHERE m.conversation = p_conv[1] AND m.usr = p_user[1] AND m.active;
        IF NOT FOUND OR now_ms() > p_deadline THEN
          RAISE unique_violation;
        END IF;
        INSERT INTO event (conversation, seq, kind, sender, at, key, fingerprint, body, ord)
        VALUES (p_conv[1], append.seq, 1, p_user[1], append.at, p_key[1], p_fp[1], p_body[1], append.ord);
        i := 1;
        status := 0;
        head := seq;
        made := false;
        RETURN NEXT;
        RETURN;
      END IF;

      -- Nothing is returned before everything is done: what was returned stays so when the block is undone. `done` is
      -- reckoned when all locks are held. The numbers of a conversation's rows travel through its UPDATE, as a join with
      -- them afterwards would compare every row with every conversation.
      RETURN QUERY
      WITH con AS (
        UPDATE conversation c
        SET head = c.head + g.n, messages = c.messages + g.n, last = c.head + g.n, at = greatest(c.at, v_now),
          tx = pg_current_xact_id()
        FROM (
          SELECT b.conv, array_agg(b.i ORDER BY b.i) AS rows, count(*) AS n
          FROM unnest(p_conv) WITH ORDINALITY b (conv, i) GROUP BY b.conv ORDER BY b.conv) g
        WHERE c.id = g.conv AND NOT c.blocked
        RETURNING c.id, c.head - g.n AS head, c.messages - g.n AS ord, c.at, c.members, g.rows),
      n AS MATERIALIZED (
        SELECT r.i, r.id, p_user[r.i] AS usr, r.head + r.k AS seq, r.ord + r.k AS ord, r.at, r.members
        FROM (
          SELECT con.*, unnest(con.rows) AS i, generate_subscripts(con.rows, 1) AS k FROM con) r),
      own AS MATERIALIZED (
        SELECT n.id, n.usr COLLATE "C" AS usr, max(n.seq) AS seq, max(n.ord) AS ord FROM n GROUP BY 1, 2 ORDER BY 1, 2),
      mem AS (
        UPDATE member m SET read = own.seq, read_ord = own.ord, delivered = own.seq
        FROM own WHERE m.conversation = own.id AND m.usr = own.usr AND m.active
        RETURNING 1),
      done AS MATERIALIZED (
        SELECT count(*) = (SELECT count(*) FROM own) AND now_ms() <= p_deadline AS well FROM mem),
      ins AS (
        INSERT INTO event (conversation, seq, kind, sender, at, key, fingerprint, body, ord)
        SELECT n.id, n.seq, 1, n.usr, n.at, p_key[n.i], p_fp[n.i], p_body[n.i], n.ord
        FROM n WHERE (SELECT well FROM done)
        RETURNING 1)
      SELECT n.i::int, 0::smallint, n.seq, n.at, n.ord, NULL::bigint, n.members, n.seq, false
      FROM n WHERE (SELECT count(*) FROM ins) = cardinality(p_conv) ORDER BY n.i;
      GET DIAGNOSTICS v_done = ROW_COUNT;
      IF v_done < n THEN
        RAISE unique_violation;
      END IF;
      RETURN;
    EXCEPTION WHEN unique_violation THEN
      NULL;
    END;
  END IF;

  RETURN QUERY SELECT * FROM append_checked(
    p_conv, p_user, p_kind, p_key, p_fp, p_target, p_thread, p_body, p_peer, p_priv, p_deadline);
END $$;
