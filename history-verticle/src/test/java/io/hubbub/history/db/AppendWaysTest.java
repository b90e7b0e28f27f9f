package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.history.db.Db.Result;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The short way of {@code append} does what the long way does, and undoes itself where it must. */
class AppendWaysTest {
  private static final UUID NOWHERE = UUID.randomUUID();
  private Db db;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    db.accounts("eve");
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private record Told(int i, int status, long seq, long ord, int members, long head) {}

  private static List<Told> told(List<Result> results) {
    return results.stream()
        .map(r -> new Told(r.i(), r.status(), r.seq(), r.ord(), r.members(), r.head()))
        .toList();
  }

  private List<List<Object>> state(UUID room) throws SQLException {
    List<List<Object>> state =
        db.all("SELECT head, messages, last, members FROM conversation WHERE id = ?", room);
    state.addAll(
        db.all(
            "SELECT usr, read, read_ord, delivered FROM member WHERE conversation = ? ORDER BY 1",
            room));
    state.addAll(
        db.all(
            "SELECT seq, kind, sender, key, body, ord FROM event WHERE conversation = ?"
                + " AND seq > 1 ORDER BY 1",
            room));
    return state;
  }

  /**
   * Mostly plain messages; sometimes a repeat, a stranger, a service or an unknown conversation.
   */
  private static Row row(Random random, UUID a, UUID b, int key, int spoilt) {
    UUID room = random.nextBoolean() ? a : b;
    String user = random.nextBoolean() ? "ann" : "bob";
    return switch (spoilt) {
      case 1 -> Row.send(room, user, "k" + random.nextInt(key + 1), "x");
      case 2 -> Row.send(room, "eve", "k" + key, "x");
      case 3 -> Row.send(room, "eve", "k" + key, "x").asService();
      case 4 -> Row.send(NOWHERE, user, "k" + key, "x");
      case 5 -> Row.reply(room, user, "k" + key, random.nextInt(10), "x");
      default -> Row.send(room, user, "k" + key, "x");
    };
  }

  @Test
  void bothWaysAnswerAndLeaveTheSame() throws SQLException {
    UUID a = db.room("ann", "bob");
    UUID b = db.room("ann", "bob");
    UUID aLooked = db.room("ann", "bob");
    UUID bLooked = db.room("ann", "bob");
    for (int seed = 0; seed < 120; seed++) {
      int size = seed % 3 == 0 ? 1 : 2 + seed % 7;
      List<Row> batch = batch(seed, size, a, b);
      List<Row> looked = batch(seed, size, aLooked, bLooked);
      assertEquals(
          told(db.append(Db.LATER, looked, true)), told(db.append(Db.LATER, batch)), "" + batch);
    }
    assertEquals(state(aLooked), state(a));
    assertEquals(state(bLooked), state(b));
  }

  private static List<Row> batch(int seed, int size, UUID a, UUID b) {
    Random random = new Random(seed);
    int spoilt = random.nextInt(12);
    List<Row> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(row(random, a, b, seed * 10 + i, i == size / 2 ? spoilt : 0));
    }
    return batch;
  }

  @Test
  void whatIsUndoneReturnsNothingTwice() throws SQLException {
    UUID room = db.room("ann");
    db.append(Row.send(room, "ann", "k9", "x"));
    List<Row> batch = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batch.add(Row.send(room, "ann", "k" + i, "x"));
    }
    List<Result> results = db.append(Db.LATER, batch);
    assertEquals(10, results.size());
    assertEquals(List.of(0, 1), List.of(results.get(0).status(), results.get(9).status()));
    assertEquals(
        List.of(11L, 10L), db.one("SELECT head, messages FROM conversation WHERE id = ?", room));
  }

  @Test
  void aLoneLateMessageIsNotWritten() throws SQLException {
    UUID room = db.room("ann", "bob");
    List<Row> late = List.of(Row.send(room, "ann", "1", "late"));
    long past = System.currentTimeMillis() - 1000;
    assertEquals(9, db.append(past, late).get(0).status());
    List<Row> two = List.of(late.get(0), Row.send(room, "bob", "1", "late"));
    assertEquals(9, db.append(past, two).get(1).status());
    assertEquals(List.of(1L), db.one("SELECT head FROM conversation WHERE id = ?", room));
  }
}
