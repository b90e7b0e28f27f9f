package io.hubbub.bench.storage;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.ReadPage;
import io.hubbub.history.db.Answers;
import io.hubbub.history.db.LaneSession;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** The product's own calls, over conversations picked at random. Not safe for two threads. */
final class StorageCalls {
  private static final int PAGE = 200;
  private static final String BODY = "what people say to each other ".repeat(4).substring(0, 100);

  private final LaneSession lane;
  private final Answers answers;
  private final List<Picked> picked;
  private final Random random = new Random(1);
  private int keys;

  StorageCalls(LaneSession lane, Answers answers, List<Picked> picked) {
    this.lane = lane;
    this.answers = answers;
    this.picked = picked;
  }

  /** A batch of so many messages to one conversation. */
  Supplier<Future<?>> deep(int rows) {
    Picked where = any(picked);
    List<Command> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(message(where));
    }
    return () -> lane.append(batch, Long.MAX_VALUE);
  }

  /** A batch of one message to each conversation. */
  Supplier<Future<?>> wide() {
    List<Command> batch = new ArrayList<>(picked.size());
    picked.forEach(where -> batch.add(message(where)));
    return () -> lane.append(batch, Long.MAX_VALUE);
  }

  /** What was missed since a number. */
  Supplier<Future<?>> resume(List<Picked> among) {
    Picked where = any(among);
    long after = random.nextInt((int) Math.max(1, where.head() - PAGE));
    return () ->
        answers.answer(new ReadPage(where.id(), any(where.users()), after, 0, PAGE, 0, List.of()));
  }

  /** What was said before a number. */
  Supplier<Future<?>> before(List<Picked> among) {
    Picked where = any(among);
    long before = where.head() + 1 - random.nextInt((int) Math.max(1, where.head() - PAGE));
    return () ->
        answers.answer(new ReadPage(where.id(), any(where.users()), 0, before, PAGE, 0, List.of()));
  }

  /** All conversations of a user with their unread counts. */
  Supplier<Future<?>> list(List<String> users) {
    String user = any(users);
    return () -> answers.answer(new ListConversations(user, null, PAGE));
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Command message(Picked where) {
    return new Command(
        where.id(), null, any(where.users()), Kind.MESSAGE, key(), 0, 0, BODY, false);
  }

  /** A UUIDv7, as the SDK makes them. */
  private String key() {
    long high = (System.currentTimeMillis() << 16) | 0x7000 | (keys++ & 0xfff);
    return new UUID(high, (random.nextLong() >>> 2) | Long.MIN_VALUE).toString();
  }
}
