package io.hubbub.chat;

import io.hubbub.api.hub.Hub;
import io.hubbub.api.hub.HubListener;
import io.hubbub.api.hub.HubOptions;
import io.hubbub.api.link.Marked;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.NodeContext;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Query;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The edge's one connection to the cluster: encodes what comes once, and hands it to the event
 * loops whose sessions want it. Lives on a context of its own; {@link #port} gives it to other
 * loops.
 */
final class EdgeHub implements HubListener {
  private static final class Wanted {
    private final List<EdgeShard> shards = new ArrayList<>(1);
    private boolean answered;
    private long head;
    private int members;
  }

  /** How many bytes of entries may wait for the event loops before a home has to wait for them. */
  private static final long AHEAD_BYTES = 512 << 10;

  private final NodeContext node;
  private final Hub hub;
  private final Context context;
  private final Mailbox mailbox;
  private final List<EdgeShard> shards;
  private final Map<UUID, Wanted> wanted = new HashMap<>();
  private final Set<EdgeShard> touched = new LinkedHashSet<>();
  private final SessionDesk desk;
  private final ChangeReader changes;
  private final EdgeUsers users;
  private String epoch = "";
  private long handedBytes;
  private long aheadBytes;

  EdgeHub(
      Vertx vertx, NodeContext node, HubOptions options, List<EdgeShard> shards, SessionDesk desk) {
    this.node = node;
    this.context = vertx.getOrCreateContext();
    this.mailbox = new Mailbox(context);
    this.shards = shards;
    this.desk = desk;
    this.hub = new Hub(vertx, node.id(), node.views(), options, node.metrics(), this);
    this.users = new EdgeUsers(hub.users(), mailbox);
    this.changes = new ChangeReader(vertx, hub, this::changed);
    node.metrics().gauge("hubbub.commands.waiting", hub, Hub::waiting);
    node.metrics().gauge("hubbub.conversations.followed", wanted, Map::size);
  }

  Future<Void> start() {
    return hub.start().onSuccess(done -> changes.start());
  }

  Future<Void> close() {
    changes.stop();
    return hub.close();
  }

  /** The way to the homes of users. */
  EdgeUsers users() {
    return users;
  }

  /** The hub for those who live on another event loop, and call it from there alone. */
  EdgePort port(Mailbox home) {
    return new Port(home);
  }

  /** A shard has come, maybe after the log's epoch was heard. */
  void join(EdgeShard shard) {
    mailbox.post(
        () -> {
          String known = epoch;
          if (!known.isEmpty()) {
            shard.post(() -> shard.epoch(known));
          }
        });
  }

  /** A shard wants, or no longer wants, to hear of a conversation. From any thread. */
  void want(EdgeShard shard, UUID id, boolean on) {
    mailbox.post(() -> wantHere(shard, id, on));
  }

  private void wantHere(EdgeShard shard, UUID id, boolean on) {
    Wanted known = wanted.get(id);
    if (on) {
      if (known == null) {
        known = new Wanted();
        wanted.put(id, known);
        hub.interest(id, true);
      }
      known.shards.add(shard);
      if (known.answered) {
        long head = known.head;
        int members = known.members;
        shard.post(() -> shard.known(id, head, true, members));
      }
    } else if (known != null) {
      known.shards.remove(shard);
      if (known.shards.isEmpty()) {
        wanted.remove(id);
        hub.interest(id, false);
      }
    }
  }

  @Override
  public void entries(UUID id, List<Entry> entries, int members) {
    Wanted known = wanted.get(id);
    if (known == null || entries.isEmpty()) {
      return;
    }
    known.head = Math.max(known.head, entries.get(entries.size() - 1).seq());
    known.members = members;
    List<Line> lines = Line.of(id, entries);
    lines.forEach(line -> handedBytes += line.json().length());
    for (EdgeShard shard : known.shards) {
      touched.add(shard);
      shard.post(() -> shard.entries(id, lines, members));
    }
  }

  /**
   * The home may send the next batch at once while little waits for the event loops, so that what
   * comes while they write is written together; else when the slowest of them has dealt with this.
   */
  @Override
  public void settle(Runnable done) {
    if (touched.isEmpty()) {
      done.run();
      return;
    }
    long bytes = handedBytes;
    handedBytes = 0;
    aheadBytes += bytes;
    boolean atOnce = aheadBytes <= AHEAD_BYTES;
    Runnable dealt =
        () -> {
          aheadBytes -= bytes;
          if (!atOnce) {
            done.run();
          }
        };
    AtomicInteger left = new AtomicInteger(touched.size());
    for (EdgeShard shard : touched) {
      shard.post(
          () -> {
            if (left.decrementAndGet() == 0) {
              mailbox.post(dealt);
            }
          });
    }
    touched.clear();
    if (atOnce) {
      done.run();
    }
  }

  @Override
  public void known(UUID id, long head, boolean answer, int members) {
    Wanted known = wanted.get(id);
    if (known == null) {
      return;
    }
    known.answered |= answer;
    known.head = Math.max(known.head, head);
    known.members = members > 0 ? members : known.members;
    boolean answered = known.answered;
    for (EdgeShard shard : known.shards) {
      shard.post(() -> shard.known(id, head, answered, members));
    }
  }

  @Override
  public void read(ReadMoved moved) {
    Wanted known = wanted.get(moved.conversation());
    if (known != null) {
      known.shards.forEach(shard -> shard.post(() -> shard.read(moved)));
    }
  }

  @Override
  public void typing(Typing typing) {
    Wanted known = wanted.get(typing.conversation());
    if (known != null) {
      known.shards.forEach(shard -> shard.post(() -> shard.typing(typing)));
    }
  }

  @Override
  public void shown(Presence presence) {
    users.shown(presence);
  }

  @Override
  public void asked(Message<?> message, Query query) {
    if (!desk.answer(message, query)) {
      HubListener.super.asked(message, query);
    }
  }

  @Override
  public void nudged() {
    changes.read();
  }

  /** Another log answers: everybody comes back and compares what they hold. */
  @Override
  public void epoch(String now) {
    if (epoch.equals(now)) {
      return;
    }
    if (!epoch.isEmpty()) {
      wanted.keySet().forEach(id -> hub.interest(id, false));
      wanted.clear();
    }
    epoch = now;
    shards.forEach(shard -> shard.post(() -> shard.epoch(now)));
  }

  @Override
  public void reachable(boolean any) {
    if (any) {
      node.health().ok("homes");
    } else {
      node.health().problem("homes", "no node with the role history answers");
    }
  }

  private void changed(List<Change> rows) {
    shards.forEach(shard -> shard.post(() -> shard.changed(rows)));
  }

  private final class Port implements EdgePort {
    private final Mailbox home;
    private List<Runnable> leaving = new ArrayList<>();

    Port(Mailbox home) {
      this.home = home;
    }

    @Override
    public Future<Outcome> append(Command command) {
      return outcome(() -> hub.append(command));
    }

    @Override
    public Future<Outcome> append(
        Command command, SendOrder order, @Nullable HubbubException limited) {
      return outcome(() -> inOrder(command, order, limited));
    }

    @Override
    public void giveUp(SendOrder order, UUID conversation, String key) {
      post(() -> order.giveUp(conversation, key));
    }

    private Future<Outcome> inOrder(
        Command command, SendOrder order, @Nullable HubbubException limited) {
      UUID conversation = command.conversation();
      String key = command.key();
      ErrorCode earlier = order.check(conversation, key);
      if (earlier != null) {
        return Future.succeededFuture(
            Outcome.failed(
                earlier,
                "an earlier command to this conversation was refused: send it again first"));
      }
      if (limited != null) {
        order.refuse(conversation, key, limited.code());
        return Future.failedFuture(limited);
      }
      return hub.append(command, () -> order.done(conversation, key))
          .onSuccess(
              outcome -> {
                ErrorCode error = outcome.error();
                if (error == null) {
                  order.done(conversation, key);
                } else if (error.temporary()) {
                  order.refuse(conversation, key, error);
                }
              });
    }

    private Future<Outcome> outcome(Supplier<Future<Outcome>> append) {
      return call(append)
          .compose(
              outcome -> {
                ErrorCode error = outcome.error();
                return error == null
                    ? Future.succeededFuture(outcome)
                    : Future.failedFuture(
                        new HubbubException(
                            error, outcome.message(), error == ErrorCode.OVERLOADED ? 500 : 0));
              });
    }

    @Override
    public Future<Marked> mark(UUID conversation, String user, long read, long delivered) {
      return call(() -> hub.mark(conversation, user, read, delivered));
    }

    @Override
    public void typing(UUID conversation, String user, boolean on) {
      post(() -> hub.typing(conversation, user, on));
    }

    @Override
    public <T> Future<T> ask(Query query, Class<T> answer) {
      return call(() -> hub.ask(query, answer));
    }

    /**
     * Hands over at the end of the turn what all sockets of one turn have brought: it becomes one
     * batch, where the first alone would leave before the others.
     */
    private void post(Runnable task) {
      if (leaving.isEmpty()) {
        home.endOfTurn(
            () -> {
              List<Runnable> all = leaving;
              leaving = new ArrayList<>();
              mailbox.post(all);
            });
      }
      leaving.add(task);
    }

    private <T> Future<T> call(Supplier<Future<T>> what) {
      Promise<T> promise = Promise.promise();
      // Composed, so that what throws fails.
      post(
          () ->
              Future.succeededFuture()
                  .compose(go -> what.get())
                  .onComplete(result -> home.post(() -> promise.handle(result))));
      return promise.future();
    }
  }
}
