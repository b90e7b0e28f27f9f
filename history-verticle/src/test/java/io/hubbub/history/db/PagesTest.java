package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.ReadPage;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages say what they speak for, and carry each message as it is now. */
class PagesTest {
  private Db db;
  private Fixture fixture;
  private UUID room;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    fixture = new Fixture();
    room = db.room("ann", "bob");
    for (int i = 2; i <= 10; i++) {
      db.append(Row.send(room, "ann", "k" + i, "m" + i));
    }
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
    db.close();
  }

  private Page page(long after, long before, int limit, long thread) {
    return fixture.ask(
        Page.class, new ReadPage(room, "bob", after, before, limit, thread, List.of()));
  }

  private static List<Long> numbers(Page page) {
    return page.entries().stream().map(Entry::seq).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static void assertSpan(Page page, long from, long to, boolean more) {
    assertEquals(
        List.of(from, to, 10L, 1L, more),
        List.of(page.from(), page.to(), page.head(), page.first(), page.more()));
  }

  @Test
  void pagesForward() {
    Page page = page(0, 0, 4, 0);
    assertEquals(range(1, 4), numbers(page));
    assertSpan(page, 1, 4, true);
    page = page(6, 0, 4, 0);
    assertEquals(range(7, 10), numbers(page));
    assertSpan(page, 7, 10, false);
  }

  @Test
  void pagesBackward() {
    Page page = page(0, 11, 4, 0);
    assertEquals(range(7, 10), numbers(page));
    assertSpan(page, 7, 10, true);
    page = page(0, 3, 4, 0);
    assertEquals(range(1, 2), numbers(page));
    assertSpan(page, 1, 2, false);
    assertSpan(page(0, 1_000_000, 4, 0), 7, 10, true);
  }

  @Test
  void anEmptyPageEndsBelowWhereItBegins() {
    Page page = page(10, 0, 4, 0);
    assertEquals(List.of(), page.entries());
    assertSpan(page, 11, 10, false);
    assertEquals(2, page.size());
  }

  @Test
  void strangeLimitsAreBroughtIntoBounds() {
    assertEquals(1, page(0, 0, -1, 0).entries().size());
    assertEquals(10, page(0, 0, 1_000_000, 0).entries().size());
    assertEquals(1, page(-5, 0, 1, 0).from());
  }

  @Test
  void aPageEndsAtItsBytesButHoldsOneEntry() throws SQLException {
    UUID large = db.room("bob");
    for (int i = 0; i < 3; i++) {
      db.append(Row.send(large, "bob", "k" + i, "x".repeat(600)));
    }
    QueryOptions d = QueryOptions.DEFAULT;
    try (Fixture small =
        new Fixture(
            new QueryOptions(1000, 1000, 2, d.changes(), 30, 60, d.beatSeconds(), 1, 10, 10))) {
      Page page = small.ask(Page.class, new ReadPage(large, null, 1, 0, 100, 0, List.of()));
      assertEquals(List.of(2L), numbers(page));
      assertEquals(List.of(2L, true), List.of(page.to(), page.more()));
      page = small.ask(Page.class, new ReadPage(large, null, 0, 5, 100, 0, List.of()));
      assertEquals(List.of(4L), numbers(page));
      assertEquals(List.of(4L, true), List.of(page.from(), page.more()));
    }
  }

  @Test
  void aThreadIsItsRootAndItsAnswers() throws SQLException {
    db.append(Row.reply(room, "bob", "a", 3, "one"), Row.reply(room, "ann", "b", 3, "two"));
    assertEquals(List.of(3L, 11L, 12L), numbers(page(0, 0, 10, 3)));
    assertEquals(List.of(11L, 12L), numbers(page(0, 100, 2, 3)));
    assertTrue(page(0, 100, 2, 3).more());
    assertEquals(List.of(3L), numbers(page(0, 11, 2, 3)));
    assertEquals(List.of(12L), numbers(page(11, 0, 2, 3)));
  }

  @Test
  void messagesCarryTheirState() throws SQLException {
    db.append(
        Row.edit(room, "ann", "e", 2, "edited"),
        Row.delete(room, "ann", "d", 3),
        Row.react(room, "bob", "r1", 4, "👍", true));
    db.append(Row.react(room, "ann", "r2", 4, "👍", true));
    db.append(Row.react(room, "ann", "r3", 4, "\"", true));
    List<Entry> entries = page(0, 0, 100, 0).entries();
    assertEquals(new Entry.State(11, true, false, Map.of()), entries.get(1).state());
    assertEquals("edited", entries.get(1).body());
    assertEquals(new Entry.State(12, false, true, Map.of()), entries.get(2).state());
    assertEquals(
        new Entry.State(
            15, false, false, Map.of("👍", List.of("ann", "bob"), "\"", List.of("ann"))),
        entries.get(3).state());
    assertEquals(new Entry.State(0, false, false, Map.of()), entries.get(4).state());
  }

  @Test
  void onlyMembersReadAndTheOthersAreTold() throws SQLException {
    db.accounts("eve");
    ReadPage shared = new ReadPage(room, null, 0, 0, 1, 0, List.of("bob", "eve", "ann"));
    assertEquals(2, fixture.ask(Page.class, shared).members().size());
    assertTrue(fixture.ask(Page.class, shared).members().containsAll(List.of("ann", "bob")));
    fixture.assertFails(ErrorCode.NOT_A_MEMBER, new ReadPage(room, "eve", 0, 0, 1, 0, List.of()));
    UUID nowhere = UUID.randomUUID();
    fixture.assertFails(
        ErrorCode.NOT_A_MEMBER, new ReadPage(nowhere, "ann", 0, 0, 1, 0, List.of()));
    fixture.assertFails(ErrorCode.NOT_FOUND, new ReadPage(nowhere, null, 0, 0, 1, 0, List.of()));
    db.append(Row.of(room, "bob", 9, "l", "[\"bob\"]"));
    fixture.assertFails(ErrorCode.NOT_A_MEMBER, new ReadPage(room, "bob", 0, 0, 1, 0, List.of()));
  }
}
