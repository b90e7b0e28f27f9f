-- What an invisible user reads is told to nobody else. The positions that others see stay as they were, and move on with
-- the first that the user reads when visible again; no other way of raising a position looks at this.
ALTER TABLE member ADD COLUMN frozen_read bigint, ADD COLUMN frozen_delivered bigint;

DROP FUNCTION mark_read(uuid[], text[], bigint[], bigint[]);

-- mark_read: as before; quiet says that others are to hear nothing of it.
CREATE FUNCTION mark_read(p_conv uuid[], p_user text[], p_read bigint[], p_delivered bigint[])
RETURNS TABLE (i int, status smallint, read bigint, delivered bigint, unread bigint, head bigint, members int,
  quiet boolean)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_bitmapscan = off
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1
  FROM member m JOIN (
    SELECT DISTINCT b.conv, b.usr COLLATE "C" AS usr FROM unnest(p_conv, p_user) b (conv, usr)) g
    ON m.conversation = g.conv AND m.usr = g.usr
  ORDER BY m.conversation, m.usr
  FOR NO KEY UPDATE OF m;

  UPDATE member m
  SET read = greatest(m.read, g.upto), read_ord = greatest(m.read_ord, e.ord),
    delivered = greatest(m.delivered, g.upto, g.delivered),
    frozen_read = CASE WHEN p.usr IS NOT NULL THEN coalesce(m.frozen_read, m.read) END,
    frozen_delivered = CASE WHEN p.usr IS NOT NULL THEN coalesce(m.frozen_delivered, m.delivered) END,
    tx = CASE WHEN g.upto > m.read THEN pg_current_xact_id() ELSE m.tx END
  FROM (
    SELECT b.conv, b.usr COLLATE "C" AS usr, least(max(b.read), c.head) AS upto,
      least(max(b.delivered), c.head) AS delivered
    FROM unnest(p_conv, p_user, p_read, p_delivered) b (conv, usr, read, delivered) JOIN conversation c ON c.id = b.conv
    GROUP BY 1, 2, c.head) g
  LEFT JOIN event e ON e.conversation = g.conv AND e.seq = g.upto
  LEFT JOIN presence p ON p.usr = g.usr AND p.chosen = 4
  WHERE m.conversation = g.conv AND m.usr = g.usr AND m.active
    AND (g.upto > m.read OR greatest(g.upto, g.delivered) > m.delivered);

  RETURN QUERY
  SELECT b.i::int, (CASE WHEN m.active THEN 0 ELSE 3 END)::smallint, m.read, m.delivered, c.messages - m.read_ord, c.head,
    c.members, m.frozen_read IS NOT NULL
  FROM unnest(p_conv, p_user) WITH ORDINALITY b (conv, usr, i)
  LEFT JOIN conversation c ON c.id = b.conv
  LEFT JOIN member m ON m.conversation = b.conv AND m.usr = b.usr
  ORDER BY b.i;
END $$;
