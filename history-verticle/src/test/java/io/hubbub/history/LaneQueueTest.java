package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code append} demands of every batch holds, and nothing is lost or overtaken. */
class LaneQueueTest {
  private static final int ROWS = 7;
  private static final int BYTES = 1_500;

  private static final Kind[] KINDS = {
    Kind.MESSAGE,
    Kind.MESSAGE,
    Kind.MESSAGE,
    Kind.EDITED,
    Kind.DELETED,
    Kind.REACTED_ON,
    Kind.REACTED_OFF,
    Kind.CANCELLED,
    Kind.JOINED,
    Kind.LEFT,
    Kind.RENAMED,
    Kind.ROLE
  };

  @Test
  void everyBatchKeepsTheRulesAndAllOfThemTheOrder() {
    Seeds.each(
        500,
        random -> {
          LaneQueue queue = new LaneQueue(ROWS, BYTES);
          List<Waiting> added = new ArrayList<>();
          List<Waiting> taken = new ArrayList<>();
          for (int step = 0; step < 120; step++) {
            if (random.nextInt(4) > 0) {
              Waiting next = waiting(step, command(random));
              queue.add(next);
              added.add(next);
            } else {
              take(queue, taken);
            }
            assertEquals(added.size() - taken.size(), queue.size());
          }
          while (!queue.isEmpty()) {
            take(queue, taken);
          }
          assertEquals(added, taken);
        });
  }

  @Test
  void aBatchEndsOnlyWhereItMust() {
    UUID room = new UUID(1, 1);
    LaneQueue queue = new LaneQueue(3, 10_000);
    queue.add(waiting(1, command(room, Kind.MESSAGE, "a", 0, "x")));
    queue.add(waiting(2, command(room, Kind.MESSAGE, "a", 0, "x")));
    queue.add(waiting(3, command(room, Kind.JOINED, "b", 0, "[]")));
    queue.add(waiting(4, command(room, Kind.CANCELLED, "c", 0, null)));
    queue.add(waiting(5, command(room, Kind.MESSAGE, "c", 0, "x")));
    queue.add(waiting(6, command(room, Kind.EDITED, "d", 5, "y")));
    queue.add(waiting(7, command(new UUID(2, 2), Kind.EDITED, "d", 5, "y")));
    queue.add(waiting(8, command(room, Kind.REACTED_ON, "e", 5, "z")));
    assertEquals(List.of(1L, 2L, 3L), ids(queue.cut()), "the same send twice goes in one call");
    assertEquals(List.of(4L), ids(queue.cut()), "nothing of a key beside its cancel");
    assertEquals(List.of(5L, 6L, 7L), ids(queue.cut()), "other conversations have other entries");
    assertEquals(List.of(8L), ids(queue.cut()));
    assertEquals(List.of(), ids(queue.cut()));
  }

  @Test
  void aRowAboveTheBoundGoesAlone() {
    UUID room = new UUID(1, 1);
    LaneQueue queue = new LaneQueue(100, 1_000);
    queue.add(waiting(1, command(room, Kind.MESSAGE, "a", 0, "x")));
    queue.add(waiting(2, command(room, Kind.MESSAGE, "b", 0, "x".repeat(5_000))));
    queue.add(waiting(3, command(room, Kind.MESSAGE, "c", 0, "x")));
    assertEquals(List.of(1L), ids(queue.cut()));
    assertEquals(List.of(2L), ids(queue.cut()));
    assertEquals(List.of(3L), ids(queue.drain()));
    assertTrue(queue.isEmpty());
  }

  private static void take(LaneQueue queue, List<Waiting> taken) {
    boolean empty = queue.isEmpty();
    List<Waiting> batch = queue.cut();
    assertEquals(empty, batch.isEmpty(), "a batch makes progress");
    assertTrue(batch.size() <= ROWS);
    int bytes = batch.stream().mapToInt(row -> row.command().weight()).sum();
    assertTrue(batch.size() <= 1 || bytes <= BYTES, "bytes");
    Set<List<Object>> targets = new HashSet<>();
    Set<List<Object>> keys = new HashSet<>();
    Set<List<Object>> cancelled = new HashSet<>();
    Set<UUID> closed = new HashSet<>();
    for (Waiting row : batch) {
      Command command = row.command();
      UUID id = command.conversation();
      assertFalse(closed.contains(id), "nothing follows a change of members");
      if (command.target() > 0) {
        assertTrue(targets.add(List.of(id, command.target())), "one change of an entry");
      }
      List<Object> key = List.of(id, command.user(), command.key());
      assertFalse(cancelled.contains(key), "nothing of a key follows its cancel");
      if (command.kind() == Kind.CANCELLED) {
        assertFalse(keys.contains(key), "no cancel follows its key");
        cancelled.add(key);
      }
      keys.add(key);
      if (command.kind().changesMembers()) {
        closed.add(id);
      }
    }
    taken.addAll(batch);
  }

  private static Command command(Random random) {
    Kind kind = KINDS[random.nextInt(KINDS.length)];
    boolean changes =
        kind == Kind.EDITED
            || kind == Kind.DELETED
            || kind == Kind.REACTED_ON
            || kind == Kind.REACTED_OFF;
    return command(
        new UUID(1, random.nextInt(4)),
        kind,
        "k" + random.nextInt(6),
        changes ? 1 + random.nextInt(4) : 0,
        "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 1_000 : 50)));
  }

  private static Command command(
      UUID id, Kind kind, String key, long target, @Nullable String body) {
    return new Command(id, null, "u", kind, key, target, 0, body, false);
  }

  private static Waiting waiting(long id, Command command) {
    return new Waiting("edge", id, command, Long.MAX_VALUE, () -> {});
  }

  private static List<Long> ids(List<Waiting> batch) {
    return batch.stream().map(Waiting::id).toList();
  }
}
