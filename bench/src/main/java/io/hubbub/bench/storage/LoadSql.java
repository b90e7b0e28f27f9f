package io.hubbub.bench.storage;

/**
 * Makes a log as years of talk would leave it, in chunks of {@link #CHUNK} entries. A chunk has a
 * room of 500 people and 20,000 messages, 10 rooms of 50 people and 2,000 messages, 100 of 10
 * people and 200 messages, and 200 directs of 200 messages, all talking at once: neighbours in a
 * conversation are not neighbours on disk. Each statement has one parameter, the chunk's number.
 */
final class LoadSql {
  /** Messages per chunk. */
  static final int CHUNK = 100_000;

  /** Users who take part. */
  static final int USERS = 100_000;

  static final String ACCOUNTS =
      "INSERT INTO account (id, folded, name) SELECT u, u, u FROM (SELECT 'user' || ("
          + USERS
          + " + g) AS u FROM generate_series(0, "
          + (USERS - 1)
          + ") g) x";

  /** What conversations there are: o, how many members, how many messages. */
  private static final String SHAPE =
      "(SELECT c.chunk, o, CASE WHEN o = 0 THEN 500 WHEN o <= 10 THEN 50 WHEN o <= 110 THEN 10"
          + " ELSE 2 END AS members, CASE WHEN o = 0 THEN 20000 WHEN o <= 10 THEN 2000 ELSE 200"
          + " END AS messages, CASE WHEN o <= 110 THEN 1 ELSE 2 END AS kind,"
          + " md5('conversation ' || c.chunk || ' ' || o)::uuid AS id"
          + " FROM (SELECT ?::int AS chunk) c, generate_series(0, 310) o) s";

  private static final String NTH_USER =
      "'user' || (" + USERS + " + ((s.chunk * 311 + s.o) * 7 + (%s) * 13) %% " + USERS + ")";

  private static final String AT = "1700000000000 + s.chunk * 10000000::bigint";

  static final String CONVERSATIONS =
      "INSERT INTO conversation (id, kind, name, head, members, at) SELECT s.id, s.kind, CASE"
          + " WHEN s.kind = 1 THEN 'room ' || s.chunk || ' ' || s.o END, 1, s.members, "
          + AT
          + " FROM "
          + SHAPE;

  static final String CREATIONS =
      "INSERT INTO event (conversation, seq, kind, sender, at, key, body, ord) SELECT s.id, 1, 7, "
          + NTH_USER.formatted("0")
          + ", "
          + AT
          + ", chr(2), '{}', 0 FROM "
          + SHAPE;

  static final String MEMBERS =
      "INSERT INTO member (conversation, usr, role, joined, read, delivered) SELECT s.id, "
          + NTH_USER.formatted("j")
          + ", CASE WHEN j = 0 AND s.kind = 1 THEN 1 ELSE 2 END, 1, 1, 1 FROM "
          + SHAPE
          + ", generate_series(0, s.members - 1) j";

  /** Where message g of a chunk goes: conversation o, its n-th message there. */
  private static final String TALK =
      "(SELECT g, CASE WHEN k < 2 THEN 0 WHEN k < 4 THEN 1 + (t * 2 + k - 2) % 10"
          + " WHEN k < 6 THEN 11 + (t * 2 + k - 4) % 100 ELSE 111 + (t * 4 + k - 6) % 200 END AS o,"
          + " CASE WHEN k < 2 THEN t * 2 + k WHEN k < 4 THEN (t * 2 + k - 2) / 10"
          + " WHEN k < 6 THEN (t * 2 + k - 4) / 100 ELSE (t * 4 + k - 6) / 200 END AS n"
          + " FROM (SELECT g, g % 10 AS k, g / 10 AS t FROM generate_series(0, "
          + (CHUNK - 1)
          + ") g) x) m";

  /** Keys are UUIDv7 of the message's time, as the SDK makes them; bodies of 100 bytes. */
  static final String MESSAGES =
      "INSERT INTO event (conversation, seq, kind, sender, at, key, fingerprint, body, ord)"
          + " SELECT id, n + 2, 1, usr, at, substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7'"
          + " || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12),"
          + " decode(r, 'hex'), rpad(r || ' ', 100, 'what people say to each other '), n + 1"
          + " FROM (SELECT s.id, m.n, "
          + NTH_USER.formatted("m.n % s.members")
          + " AS usr, "
          + AT
          + " + g * 100 AS at, lpad(to_hex("
          + AT
          + " + g * 100), 12, '0') AS h, md5(s.chunk || ' ' || g) AS r FROM "
          + TALK
          + " JOIN "
          + SHAPE
          + " ON s.o = m.o ORDER BY g) e";

  /** Moves heads and read positions; the last members of a room lag behind the first. */
  static final String HEADS =
      "UPDATE conversation c SET head = s.messages + 1, messages = s.messages, last = s.messages"
          + " + 1, at = "
          + AT
          + " + 9999900 FROM "
          + SHAPE
          + " WHERE c.id = s.id";

  static final String READS =
      "UPDATE member m SET read = s.messages + 1 - x, read_ord = s.messages - x, delivered ="
          + " s.messages + 1 FROM "
          + SHAPE
          + ", generate_series(0, s.members - 1) j, LATERAL (SELECT j % 20 AS x) y"
          + " WHERE m.conversation = s.id AND m.usr = "
          + NTH_USER.formatted("j");

  private LoadSql() {}
}
