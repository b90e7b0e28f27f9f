package io.hubbub.history.db;

import io.hubbub.api.query.FindMentions;
import io.hubbub.api.query.Mentions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who is mentioned by messages not read yet. Safe from any thread. */
final class MentionRows {
  private static final int MOST = 100;

  /** An id may go on behind what looks like it: then another user is mentioned. */
  private static final String FIND =
      """
      SELECT m.conversation FROM member m JOIN conversation c ON c.id = m.conversation
      WHERE m.usr = $1 AND m.active AND m.conversation = ANY ($2) AND EXISTS (
        SELECT FROM (
          SELECT e.body FROM event e
          WHERE e.conversation = m.conversation AND e.seq > greatest(m.read, c.head - 300)
            AND e.kind = 1 AND e.sender <> $1
          ORDER BY e.seq DESC LIMIT 100) u
        WHERE strpos(u.body, '@' || $1) > 0
          AND u.body ~ ('@' || regexp_replace($1, '([^[:alnum:]])', '\\\\\\1', 'g') || '($|[^[:alnum:]_])'))
      """;

  private final Database database;

  MentionRows(Database database) {
    this.database = database;
  }

  /** The conversations in which the user is. */
  Future<Mentions> find(FindMentions query) {
    UUID[] asked = query.conversations().stream().limit(MOST).toArray(UUID[]::new);
    return database
        .query(FIND, Tuple.tuple().addString(query.user()).addArrayOfUUID(asked))
        .map(
            rows -> {
              List<UUID> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(row.getUUID(0)));
              return new Mentions(found);
            });
  }
}
