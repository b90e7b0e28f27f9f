package io.hubbub.api.hub;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.Append;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Mark;
import io.hubbub.api.link.Marked;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commands on their way to homes. Each stays here until it is answered, in order, and goes again
 * whenever its answer may have been lost or its home has changed: the key makes it the same
 * command.
 */
final class Outbound {
  private final HomeLinks links;
  private final HubOptions options;
  private final Supplier<Homes> homes;
  private final Pendings pendings = new Pendings();
  private final Counter overloads;
  private final Counter unknown;
  private final Counter resends;
  private long lastId;

  Outbound(HomeLinks links, HubOptions options, MeterRegistry metrics, Supplier<Homes> homes) {
    this.links = links;
    this.options = options;
    this.homes = homes;
    this.overloads = metrics.counter("hubbub.commands.overloaded");
    this.unknown = metrics.counter("hubbub.commands.unknown.outcome");
    this.resends = metrics.counter("hubbub.commands.resent");
  }

  /**
   * Sends a command.
   *
   * @param late run when it is done after its outcome was said to be unknown
   */
  Future<Outcome> append(Command command, Runnable late) {
    String home = homes.get().of(command.conversation());
    if (full(home)) {
      overloads.increment();
      return Future.succeededFuture(
          Outcome.failed(ErrorCode.OVERLOADED, "too much waits for this conversation's home"));
    }
    Append item = new Append(++lastId, command);
    return send(item, command.conversation(), home, late)
        .map(answer -> ((Acked) answer).outcome())
        .otherwise(
            failure ->
                Outcome.failed(
                    ErrorCode.UNKNOWN_OUTCOME,
                    "no answer in time; send it again with the same key"));
  }

  Future<Marked> mark(UUID conversation, String user, long read, long delivered) {
    String home = homes.get().of(conversation);
    long id = ++lastId;
    if (full(home)) {
      overloads.increment();
      return Future.succeededFuture(new Marked(id, ErrorCode.OVERLOADED.number(), 0, 0));
    }
    return send(new Mark(id, conversation, user, read, delivered), conversation, home, () -> {})
        .map(answer -> (Marked) answer)
        .otherwise(new Marked(id, ErrorCode.UNAVAILABLE.number(), 0, 0));
  }

  /**
   * An answer has come; one to what was answered before is ignored. A refusal is final only when it
   * answers the last copy: a home that is slow may still do another, as rights change.
   */
  void answered(long id, Item answer) {
    Pending pending = pendings.get(id);
    if (pending == null) {
      return;
    }
    pending.copies--;
    pending.refused = refuses(answer);
    if (pending.refused && pending.copies > 0) {
      return;
    }
    pendings.take(id);
    if (!pending.answer.tryComplete(answer) && !pending.refused) {
      pending.late.run();
    }
  }

  private static boolean refuses(Item answer) {
    ErrorCode error = answer instanceof Acked acked ? acked.outcome().error() : null;
    return error != null && !error.temporary();
  }

  /** Homes have changed: what waits for another than its home goes to its home, in order. */
  void moveTo(Homes now) {
    for (Pending pending :
        pendings.pick(each -> !Objects.equals(each.home, now.of(each.conversation)))) {
      if (pending.copies > 0) {
        resends.increment();
      }
      offer(pending, now.of(pending.conversation));
    }
  }

  /**
   * What was sent to a home may have been lost with its answers: all of it goes again, in order.
   */
  void resend(String home) {
    for (Pending pending : pendings.pick(each -> home.equals(each.home))) {
      resends.increment();
      give(pending, home);
    }
  }

  /** Tells those that wait too long that their outcome is unknown; they stay in order. */
  void expire() {
    long before = now() - options.outcomeMillis();
    for (Pending pending : pendings.pick(each -> each.since < before)) {
      if (pending.answer.tryFail("no answer in time; send it again with the same key")) {
        unknown.increment();
      }
      if (pending.refused || pending.item instanceof Mark) {
        pendings.take(pending.id());
      }
    }
  }

  int size() {
    return pendings.size();
  }

  private Future<Item> send(Item item, UUID conversation, @Nullable String home, Runnable late) {
    Pending pending = new Pending(item, conversation, now(), late);
    pendings.add(pending);
    offer(pending, home);
    return pending.answer.future();
  }

  private void offer(Pending pending, @Nullable String home) {
    pendings.assign(pending, home);
    pending.given = now();
    if (home != null) {
      give(pending, home);
    }
  }

  private void give(Pending pending, String home) {
    pending.copies++;
    links.offer(home, pending.item);
  }

  private boolean full(@Nullable String home) {
    Pending oldest = pendings.oldest(home);
    return pendings.bytes(home) > options.waitingBytes()
        || (oldest != null && now() - oldest.given > options.waitingMillis());
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
