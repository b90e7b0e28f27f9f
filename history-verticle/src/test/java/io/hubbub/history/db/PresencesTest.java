package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.KeptPresences;
import io.hubbub.api.query.ReadPresence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of presence. */
class PresencesTest {
  private final String run = UUID.randomUUID().toString();
  private final String ann = "ann-" + run;
  private final String bob = "bob-" + run;
  private final String cat = "cat-" + run;
  private Db db;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    fixture = new Fixture();
    db.accounts(ann, bob, cat);
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
    db.close();
  }

  private void keep(Status chosen, long at, long lastSeen) {
    KeptPresence row = new KeptPresence(ann, new Chosen(chosen, at), lastSeen);
    fixture.ask(Done.class, new KeepPresence(List.of(row)));
  }

  private KeptPresences read(String... users) {
    return fixture.ask(KeptPresences.class, new ReadPresence(List.of(users)));
  }

  @Test
  void ofEachTheLaterIsKeptInWhateverOrderTheyCome() {
    keep(Status.BUSY, 20, 5);
    keep(Status.AWAY, 10, 7);
    keep(Status.INVISIBLE, 20, 6);
    KeptPresences kept = read(ann, bob);
    assertEquals(List.of(new KeptPresence(ann, new Chosen(Status.BUSY, 20), 7)), kept.rows());
    assertTrue(kept.now() > 1_600_000_000_000L, "the database's time");
  }

  @Test
  void manyAreKeptAtOnceByTwoWhoWriteAtTheSameTime() throws Exception {
    List<KeptPresence> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(new KeptPresence(run + "-" + i, new Chosen(Status.AWAY, i + 1L), i));
    }
    List<KeptPresence> reversed = new ArrayList<>(rows);
    Collections.reverse(reversed);
    for (int i = 0; i < 10; i++) {
      var one = fixture.answers.answer(new KeepPresence(rows));
      var two = fixture.answers.answer(new KeepPresence(reversed));
      Fixture.await(one);
      Fixture.await(two);
    }
    List<String> users = rows.stream().map(KeptPresence::user).toList();
    assertEquals(new HashSet<>(rows), new HashSet<>(read(users.toArray(String[]::new)).rows()));
  }
}
