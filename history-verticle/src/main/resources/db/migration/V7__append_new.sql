-- append once more, with a short way for the batch that nearly every batch is: messages that are all new, by members,
-- outside of threads. It looks nothing up before it writes. Where it turns out that some row is no such message (its key
-- is there, its sender no member, its conversation not there yet), all is undone and done again by the long way, which
-- looks first and is what `append` was before.
--
-- Why this is as safe: the UPDATE of the conversation takes the same lock in the same order. It, and the UPDATE of the
-- member, which is also the check of membership, see the newest committed row however long they waited (read committed
-- evaluates their conditions again). The unique index finds every key that is there. A row that is only visible to a
-- newer snapshot (a join, a direct made meanwhile) is not found, and the long way has that snapshot.
ALTER FUNCTION append(uuid[], text[], smallint[], text[], bytea[], bigint[], bigint[], text[], text[], boolean[], bigint)
  RENAME TO append_checked;

-- p_look: go the long way at once. A batch that is undone leaves dead rows, so a caller that was just told of a repeated
-- key or a failure asks for it for a while.
CREATE FUNCTION append(
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
        WHERE c.id = p_conv[1]
        RETURNING c.head, c.messages, c.at, c.members INTO seq, ord, at, members;
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
        WHERE c.id = g.conv
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
