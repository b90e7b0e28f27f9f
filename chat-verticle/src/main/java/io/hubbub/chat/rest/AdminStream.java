package io.hubbub.chat.rest;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.OnlineChanges;
import io.hubbub.api.query.ReadOnlineChanges;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.sse.EventStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells an administrator who comes and goes in the whole cluster. It asks the homes of users each
 * second while somebody looks, and costs nothing while nobody does; a client that does not read is
 * not asked for, and is told that it has missed some.
 */
final class AdminStream {
  private static final long ASK_MILLIS = 1_000;
  private static final int MOST_CHANGES = 500;

  /** Every so many askings the token is looked at again. */
  private static final int CHECK_EVERY = 5;

  private final ClusterView cluster;
  private final Backend backend;
  private final Identity who;
  private final Vertx vertx;
  private final EventStream stream;
  private final Runnable ended;
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, List<Long>> counts = new HashMap<>();
  private View seen;
  private long timer;
  private int turns;
  private boolean asking;
  private boolean over;

  AdminStream(
      ClusterView cluster,
      Backend backend,
      Identity who,
      Vertx vertx,
      EventStream stream,
      Runnable ended) {
    this.cluster = cluster;
    this.backend = backend;
    this.who = who;
    this.vertx = vertx;
    this.stream = stream;
    this.ended = ended;
    this.seen = cluster.view();
  }

  void begin() {
    stream.begin(() -> {}, this::stop);
    if (!over) {
      timer = vertx.setPeriodic(0, ASK_MILLIS, tick -> ask());
    }
  }

  private void ask() {
    if (who.expiresAt() <= System.currentTimeMillis()) {
      close(ErrorCode.TOKEN_EXPIRED);
      return;
    }
    if (turns++ % CHECK_EVERY == 0) {
      backend.ask(who.check(), Done.class).onFailure(this::refused);
    }
    if (asking || stream.full()) {
      return;
    }
    asking = true;
    List<Future<OnlineChanges>> asked = new ArrayList<>();
    View view = cluster.view();
    Set<String> silent = new TreeSet<>(view.apart());
    List<String> homes = view.with(Role.PRESENCE).stream().map(node -> node.id()).toList();
    for (String home : homes) {
      ReadOnlineChanges query = new ReadOnlineChanges(places.getOrDefault(home, 0L), MOST_CHANGES);
      asked.add(
          cluster
              .ask(Addresses.presence(home), query, OnlineChanges.class)
              .onSuccess(changes -> take(home, changes))
              .onFailure(failure -> silent.add(home)));
    }
    Future<?> all = asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
    all.onComplete(
        done -> {
          asking = false;
          counts.keySet().retainAll(homes);
          places.keySet().retainAll(homes);
          if (!over) {
            tell(view, silent);
          }
        });
  }

  private void refused(Throwable failure) {
    if (failure instanceof HubbubException known && !known.code().temporary()) {
      close(known.code());
    }
  }

  private void take(String home, OnlineChanges changes) {
    places.put(home, changes.next());
    counts.put(home, changes.counts());
    if (changes.lost()) {
      lost();
    }
    for (Presence each : changes.changes()) {
      JsonOut out = new JsonOut().object();
      EventJson.presence(out, each);
      stream.event("presence", out.endObject().toBuffer(), null);
    }
  }

  /** A home that is new tells nobody what it has not heard change. */
  private void tell(View view, Set<String> silent) {
    if (!view.equals(seen)) {
      seen = view;
      lost();
    }
    JsonOut out = new JsonOut().object();
    for (Status status : Status.values()) {
      if (status != Status.OFFLINE) {
        out.field(status.label(), count(status));
      }
    }
    out.name("silent").array();
    silent.forEach(node -> out.value(node));
    stream.event("counts", out.endArray().endObject().toBuffer(), null);
    stream.flush();
  }

  private long count(Status status) {
    return counts.values().stream()
        .mapToLong(each -> each.size() > status.code() ? each.get(status.code()) : 0)
        .sum();
  }

  private void lost() {
    stream.event("lost", Buffer.buffer("{}"), null);
  }

  private void close(ErrorCode why) {
    JsonOut out = new JsonOut().object().field("code", 4401).field("reason", why.label());
    stream.event("close", out.endObject().toBuffer(), null);
    stream.end();
    stop();
  }

  private void stop() {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      ended.run();
    }
  }
}
