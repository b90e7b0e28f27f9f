package io.hubbub.api.client;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Follower;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: a {@link Follower} with a bounded queue before a handler that takes its time.
 * The first page proves that the user may read; so does another one after each entry that removes
 * the user, as that may be history. Confined to the client's context but for {@link Subscription}.
 */
final class Feed implements Subscription, Follower.Port<Entry> {
  /** What a feed needs from its client. */
  interface Port {
    /** Reads a page after a number, as the client's user. */
    Future<Page> read(UUID conversation, long after);

    /** Runs a task on the client's context. */
    void run(Runnable task);

    /** The feed is over. */
    void ended(Feed feed);
  }

  private final UUID conversation;
  private final String user;
  private final EntryHandler handler;
  private final int holdBytes;
  private final Port port;
  private final Deque<Entry> queue = new ArrayDeque<>();
  private final Promise<Void> ended = Promise.promise();
  private @Nullable Follower<Entry> follower;
  private long heard;
  private long queued;
  private boolean allowed;
  private boolean checking;
  private boolean handling;
  private boolean pullHeld;
  private boolean over;
  private volatile long at;

  Feed(UUID conversation, String user, long after, EntryHandler handler, int holdBytes, Port port) {
    this.conversation = conversation;
    this.user = user;
    this.at = after;
    this.heard = after;
    this.handler = handler;
    this.holdBytes = holdBytes;
    this.port = port;
  }

  @Override
  public UUID conversation() {
    return conversation;
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public Future<Void> ended() {
    return ended.future();
  }

  @Override
  public void close() {
    port.run(() -> end(null));
  }

  /** About how many bytes of entries wait for the handler. */
  long held() {
    return queued;
  }

  /** Begins. */
  void begin() {
    check();
  }

  /** Entries have come from a home. */
  void entries(List<Entry> entries) {
    long last = entries.get(entries.size() - 1).seq();
    heard = Math.max(heard, last);
    Follower<Entry> following = follower;
    if (following != null && queued < holdBytes) {
      following.entries(entries);
    } else {
      known(last);
    }
  }

  /** The log reaches to this number. */
  void known(long head) {
    heard = Math.max(heard, head);
    if (follower != null) {
      follower.known(heard);
    }
  }

  /** Time has passed: tries again what failed. */
  void tick() {
    if (over) {
      return;
    }
    if (!allowed) {
      check();
    } else if (follower != null) {
      follower.tick();
    }
  }

  /** Ends it, well or with a failure. */
  void end(@Nullable Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    queue.clear();
    port.ended(this);
    if (failure == null) {
      ended.complete();
    } else {
      ended.fail(failure);
    }
  }

  @Override
  public void deliver(List<Entry> entries) {
    for (Entry entry : entries) {
      queue.add(entry);
      queued += entry.weight();
    }
    work();
  }

  @Override
  public void pull(long after) {
    if (over) {
      return;
    }
    if (queued >= holdBytes) {
      pullHeld = true;
      return;
    }
    port.read(conversation, after)
        .onComplete(
            page -> {
              Follower<Entry> following = follower;
              if (over || following == null) {
                return;
              }
              if (page.succeeded()) {
                following.pulled(page.result().entries());
                following.known(page.result().head());
              } else if (isFinal(page.cause())) {
                end(page.cause());
              } else {
                following.pullFailed();
              }
            });
  }

  /** Reads a page, which is refused to those who are no members. */
  private void check() {
    if (checking) {
      return;
    }
    checking = true;
    port.read(conversation, at)
        .onComplete(
            page -> {
              checking = false;
              if (over) {
                return;
              }
              if (page.succeeded()) {
                allowed = true;
                begin(page.result());
                work();
              } else if (isFinal(page.cause())) {
                end(page.cause());
              }
            });
  }

  private void begin(Page page) {
    if (follower == null) {
      Follower<Entry> following = new Follower<>(at, this);
      follower = following;
      following.entries(page.entries());
      following.known(Math.max(heard, page.head()));
    }
  }

  private void work() {
    while (!over && allowed && !handling && !queue.isEmpty()) {
      Entry entry = queue.element();
      handling = true;
      Future<?> dealt = handle(entry);
      if (dealt.isComplete()) {
        handled(entry, dealt);
      } else {
        dealt.onComplete(
            done ->
                port.run(
                    () -> {
                      handled(entry, dealt);
                      work();
                    }));
      }
    }
  }

  private Future<?> handle(Entry entry) {
    try {
      return handler.handle(entry);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void handled(Entry entry, Future<?> dealt) {
    handling = false;
    if (over) {
      return;
    }
    if (dealt.failed()) {
      end(dealt.cause());
      return;
    }
    at = entry.seq();
    queue.remove();
    queued -= entry.weight();
    if (removesUser(entry)) {
      allowed = false;
      check();
    }
    if (pullHeld && queued < holdBytes / 2 + 1 && follower != null) {
      pullHeld = false;
      pull(follower.at());
    }
  }

  private boolean removesUser(Entry entry) {
    String users = entry.body();
    return entry.kind() == Kind.LEFT && users != null && new JsonArray(users).contains(user);
  }

  private static boolean isFinal(Throwable failure) {
    return failure instanceof HubbubException known
        && !known.code().temporary()
        && known.code() != ErrorCode.INTERNAL;
  }
}
