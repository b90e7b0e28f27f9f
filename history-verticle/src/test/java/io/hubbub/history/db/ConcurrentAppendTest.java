package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two homes at once are a slowdown, never a hole, a double or a standstill. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConcurrentAppendTest {

  private interface Work {
    void run(Db db) throws SQLException;
  }

  /** Repeats the work while the server says that it met another in a deadlock; a few times only. */
  private static void retrying(Db db, Work work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        work.run(db);
        return;
      } catch (SQLException e) {
        if (!"40P01".equals(e.getSQLState()) || attempt == 5) {
          throw e;
        }
      }
    }
  }

  private static void atOnce(List<Callable<Void>> works) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    try {
      for (Future<Void> done : threads.invokeAll(works)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> with(Work work) {
    return () -> {
      try (Db db = new Db()) {
        work.run(db);
      }
      return null;
    };
  }

  private static void assertWhole(Db db, UUID conversation) throws SQLException {
    assertEquals(
        List.of(true, true, true, true, 0L),
        db.one(
            "SELECT c.head = count(*), c.head = max(e.seq), c.messages = count(*) FILTER (WHERE"
                + " e.kind = 1), count(DISTINCT (e.sender, e.key)) = count(*), (SELECT count(*)"
                + " FROM (SELECT at < lag(at) OVER (ORDER BY seq) AS fell FROM event WHERE"
                + " conversation = c.id) t WHERE fell) FROM conversation c JOIN event e ON"
                + " e.conversation = c.id WHERE c.id = ? GROUP BY c.id",
            conversation));
  }

  @Test
  void twoWritersWithRepeatedKeysLeaveNoHoleAndNoDouble() throws Exception {
    try (Db db = new Db()) {
      List<UUID> rooms = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        rooms.add(db.room("ann", "bob"));
      }
      int rows = 20_000;
      List<Callable<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int seed = writer;
        writers.add(
            with(
                mine -> {
                  Random random = new Random(seed);
                  List<Row> batch = new ArrayList<>();
                  for (int i = 0; i < rows; i++) {
                    int key = i / 2 + random.nextInt(200);
                    UUID room = rooms.get(key % 5);
                    batch.add(Row.send(room, key % 3 == 0 ? "ann" : "bob", "k" + key, "b" + key));
                    if (batch.size() == 250 || i == rows - 1) {
                      mine.append(Db.LATER, batch)
                          .forEach(result -> assertTrue(result.status() <= 1));
                      batch.clear();
                    }
                  }
                }));
      }
      atOnce(writers);
      for (UUID room : rooms) {
        assertWhole(db, room);
      }
    }
  }

  @Test
  void changesOfOneTargetEndAsTheirNumbersSay() throws Exception {
    try (Db db = new Db()) {
      UUID room = db.room("ann", "bob");
      List<Row> sends = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sends.add(Row.send(room, "ann", "m" + i, "m" + i));
      }
      db.append(Db.LATER, sends);
      List<Callable<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int me = writer;
        writers.add(
            with(
                mine -> {
                  Random random = new Random(me);
                  for (int round = 0; round < 100; round++) {
                    List<Row> batch = new ArrayList<>();
                    for (int t = 0; t < 20; t++) {
                      String key = me + "-" + round + "-" + t;
                      int what = random.nextInt(40);
                      if (what == 0 && round > 80) {
                        batch.add(Row.delete(room, "ann", key, t + 2));
                      } else if (what < 20) {
                        batch.add(Row.edit(room, "ann", key, t + 2, "edit " + key));
                      } else {
                        batch.add(Row.react(room, "bob", key, t + 2, "👍", what % 2 == 0));
                      }
                    }
                    mine.append(Db.LATER, batch);
                  }
                }));
      }
      atOnce(writers);
      assertWhole(db, room);
      // The state of each message against what its log says.
      assertEquals(
          List.of(0L),
          db.one(
              "SELECT count(*) FROM event m WHERE m.conversation = ? AND m.kind = 1 AND (m.deleted"
                  + " <> EXISTS (SELECT FROM event d WHERE d.conversation = m.conversation AND"
                  + " d.target = m.seq AND d.kind = 3) OR NOT m.deleted AND (m.body IS DISTINCT"
                  + " FROM coalesce((SELECT body FROM event e WHERE e.conversation ="
                  + " m.conversation AND e.target = m.seq AND e.kind = 2 ORDER BY seq DESC LIMIT"
                  + " 1), 'm' || (m.seq - 2)) OR m.rev <> (SELECT max(seq) FROM event e WHERE"
                  + " e.conversation = m.conversation AND e.target = m.seq) OR coalesce((SELECT"
                  + " e.kind = 4 FROM event e WHERE e.conversation = m.conversation AND e.target ="
                  + " m.seq AND e.kind IN (4, 5) ORDER BY seq DESC LIMIT 1), false) <> EXISTS"
                  + " (SELECT FROM reaction r WHERE r.conversation = m.conversation AND r.target ="
                  + " m.seq)))",
              room));
    }
  }

  @Test
  void readsJoinsAndLeavesAtOnceNeverStandStill() throws Exception {
    String[] users = {"u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7"};
    try (Db db = new Db()) {
      List<UUID> rooms = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        rooms.add(db.room(users));
      }
      List<Callable<Void>> works = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        Random random = new Random(thread);
        String name = "t" + thread;
        works.add(
            with(
                mine -> {
                  for (int i = 0; i < 150; i++) {
                    List<Row> batch = new ArrayList<>();
                    for (UUID room : rooms) {
                      String user = users[1 + random.nextInt(7)];
                      batch.add(Row.send(room, users[random.nextInt(8)], name + "s" + i, "x"));
                      batch.add(
                          Row.of(
                              room,
                              "u0",
                              8 + random.nextInt(2),
                              name + "m" + i,
                              "[\"" + user + "\",\"u7\"]"));
                    }
                    retrying(mine, db2 -> db2.append(Db.LATER, batch));
                  }
                }));
        works.add(
            with(
                mine -> {
                  for (int i = 0; i < 300; i++) {
                    List<UUID> conversations = new ArrayList<>();
                    List<String> readers = new ArrayList<>();
                    List<Long> positions = new ArrayList<>();
                    for (int row = 0; row < 20; row++) {
                      conversations.add(rooms.get(random.nextInt(4)));
                      readers.add(users[random.nextInt(8)]);
                      positions.add((long) i * 2);
                    }
                    retrying(mine, db2 -> db2.markRead(conversations, readers, positions));
                  }
                }));
      }
      atOnce(works);
      for (UUID room : rooms) {
        assertWhole(db, room);
        assertEquals(
            List.of(true),
            db.one(
                "SELECT c.members = (SELECT count(*) FROM member m WHERE m.conversation = c.id AND"
                    + " m.active) FROM conversation c WHERE id = ?",
                room));
      }
    }
  }

  @Test
  void theSameDirectsMadeFromBothSidesAtOnceAreMadeOnce() throws Exception {
    List<UUID> directs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      directs.add(UUID.randomUUID());
    }
    try (Db db = new Db()) {
      db.accounts("pia", "quin");
      UUID room = db.room("pia", "quin");
      List<Callable<Void>> works = new ArrayList<>();
      for (String user : List.of("pia", "quin")) {
        String peer = user.equals("pia") ? "quin" : "pia";
        works.add(
            with(
                mine -> {
                  for (int i = 0; i < directs.size(); i += 4) {
                    List<Row> batch = new ArrayList<>();
                    batch.add(Row.send(room, user, "r" + i, "x"));
                    for (UUID direct : directs.subList(i, i + 4)) {
                      batch.add(Row.direct(direct, user, peer, "k", "hello"));
                    }
                    mine.append(Db.LATER, batch).forEach(r -> assertEquals(0, r.status()));
                  }
                }));
      }
      atOnce(works);
      for (UUID direct : directs) {
        assertWhole(db, direct);
        assertEquals(List.of(3L), db.one("SELECT head FROM conversation WHERE id = ?", direct));
      }
    }
  }
}
