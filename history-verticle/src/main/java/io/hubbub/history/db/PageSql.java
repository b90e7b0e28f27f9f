package io.hubbub.history.db;

/**
 * The text of a page: one statement, so that head, members, epoch and entries are of one moment.
 * The first row carries what is said of the conversation, which is looked up once (materialized),
 * not for each entry.
 */
final class PageSql {
  /**
   * Parameters: conversation, bound, rows, bytes, reader, users asked about, reactors, thread (only
   * where there is one).
   */
  private static final String TEXT =
      """
      WITH head AS MATERIALIZED (
        SELECT c.head, c.members, (SELECT epoch::text FROM meta) AS epoch,
          (SELECT m.active FROM member m WHERE m.conversation = c.id AND m.usr = $5) AS reader,
          ARRAY(SELECT m.usr::text FROM member m
            WHERE m.conversation = c.id AND m.usr = ANY ($6::text[]) AND m.active) AS present
        FROM conversation c WHERE c.id = $1)
      SELECT h.head, h.members, h.epoch, h.reader,
        CASE WHEN row_number() OVER (ORDER BY e.seq) = 1 THEN h.present END AS present,
        e.total, e.seq, e.kind, e.sender, e.at, e.key, e.target, e.thread, e.body, e.rev, e.edited,
        e.deleted,
        CASE WHEN e.kind = 1 AND e.rev > 0 AND NOT e.deleted THEN (
          SELECT json_object_agg(r.emoji, r.users) FROM (
            SELECT o.emoji, json_agg(o.usr ORDER BY o.usr) AS users FROM (
              SELECT x.emoji, x.usr, row_number() OVER (PARTITION BY x.emoji ORDER BY x.usr) AS n
              FROM reaction x WHERE x.conversation = $1 AND x.target = e.seq) o
            WHERE o.n <= $7 GROUP BY o.emoji) r) END AS reactions
      FROM head h LEFT JOIN (
        SELECT p.*, count(*) OVER () AS total, row_number() OVER w AS n,
          sum(coalesce(octet_length(p.body), 0)) OVER w AS bytes
        FROM (
          SELECT seq, kind, sender, at, key, target, thread, body, rev, edited, deleted
          FROM event WHERE conversation = $1 AND seq %2$s $2 %1$s
          ORDER BY seq %3$s LIMIT $3 + 1) p
        WINDOW w AS (ORDER BY p.seq %3$s)) e
        ON e.n <= $3 AND (e.n = 1 OR e.bytes <= $4)
      ORDER BY e.seq
      """;

  private static final String ANSWERS = "AND thread = $8";

  static final String AFTER = TEXT.formatted("", ">", "ASC");
  static final String BEFORE = TEXT.formatted("", "<", "DESC");
  static final String THREAD_AFTER = withRoot(">", "ASC");
  static final String THREAD_BEFORE = withRoot("<", "DESC");

  private PageSql() {}

  /** The root is by number, its answers by the index of threads; the union keeps both lookups. */
  private static String withRoot(String compare, String direction) {
    String answers = TEXT.formatted(ANSWERS, compare, direction);
    String columns =
        "SELECT seq, kind, sender, at, key, target, thread, body, rev, edited, deleted";
    String select =
        columns + "\n    FROM event WHERE conversation = $1 AND seq " + compare + " $2 ";
    int from = answers.indexOf(columns);
    int to = answers.indexOf(") p\n");
    String both =
        "SELECT * FROM (("
            + select
            + ANSWERS
            + " ORDER BY seq "
            + direction
            + " LIMIT $3 + 1) UNION ALL ("
            + select
            + "AND seq = $8)) b ORDER BY seq "
            + direction
            + " LIMIT $3 + 1";
    return answers.substring(0, from) + both + answers.substring(to);
  }
}
