package io.hubbub.history;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.bus.Nudge;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.Delivered;
import io.hubbub.api.link.EdgeLinks;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.hubbub.api.log.Entry;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.history.db.Appended;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tells the cluster what was committed: answers first, then entries to the edges that want them,
 * then heads to everybody where this node is not the conversation's home. Confined to the home's
 * context.
 */
final class Home {
  private static final long ACTIVE_MILLIS = 10_000;

  /** What a batch added to one conversation. */
  private static final class Fresh {
    private final List<Entry> entries = new ArrayList<>();
    private long head;
    private int members;
  }

  private final String self;
  private final EventBus bus;
  private final EdgeLinks edges;
  private final HistoryCounts counts;
  private final DatabaseClock clock;
  private final Interested interested = new Interested(ACTIVE_MILLIS);
  private View view;
  private Homes homes;
  private String epoch = "";

  Home(
      String self,
      EventBus bus,
      EdgeLinks edges,
      HistoryCounts counts,
      DatabaseClock clock,
      View view) {
    this.self = self;
    this.bus = bus;
    this.edges = edges;
    this.counts = counts;
    this.clock = clock;
    this.view = view;
    this.homes = Homes.of(view, Role.HISTORY);
  }

  Interested interested() {
    return interested;
  }

  String epoch() {
    return epoch;
  }

  void epoch(String now) {
    if (!epoch.isEmpty() && !epoch.equals(now)) {
      counts.epoch();
      interested.forgetHeads();
    }
    epoch = now;
  }

  /** The cluster has changed. */
  void see(View now) {
    view = now;
    homes = Homes.of(now, Role.HISTORY);
    edges.keep(now);
    interested.forgetEdges(edge -> !now.has(edge));
  }

  /** Time has passed: links to edges that are not in view, made for late answers, are closed. */
  void tick() {
    edges.keep(view);
    edges.measure();
  }

  /** A batch has been dealt with. */
  void appended(List<Waiting> batch, List<Appended> results) {
    Map<UUID, Fresh> fresh = new LinkedHashMap<>();
    Map<UUID, Long> before = new LinkedHashMap<>();
    boolean changes = false;
    for (int i = 0; i < batch.size(); i++) {
      Waiting waiting = batch.get(i);
      Appended result = results.get(i);
      edges.offer(waiting.edge(), new Acked(waiting.id(), result.outcome()));
      changes |= result.made();
      Entry entry = result.entry();
      UUID id = waiting.command().conversation();
      if (entry == null && result.head() > 0) {
        before.merge(id, result.head(), Math::max);
      } else if (entry != null) {
        Fresh of = fresh.computeIfAbsent(id, key -> new Fresh());
        of.entries.add(entry);
        of.head = result.head();
        of.members = result.members();
        changes |= entry.kind().changesMembers();
      }
    }
    Map<UUID, Long> foreign = new LinkedHashMap<>();
    fresh.forEach((id, of) -> deliver(id, of, foreign));
    before.forEach((id, head) -> repeat(id, head, foreign));
    tellEverybody(foreign);
    if (changes) {
      nudge();
    }
    batch.forEach(waiting -> waiting.done().run());
  }

  private void deliver(UUID id, Fresh fresh, Map<UUID, Long> foreign) {
    HomeConversation known = interested.get(id);
    if (known != null) {
      interested.touched(id, fresh.head, fresh.members, now());
      Delivered delivered = new Delivered(id, fresh.entries, fresh.members, epoch);
      for (String edge : known.edges) {
        edges.offer(edge, delivered);
      }
    }
    if (!self.equals(homes.of(id))) {
      counts.foreign();
      foreign.merge(id, fresh.head, Math::max);
    }
  }

  /**
   * Something that was done before: perhaps by an earlier try whose answer was lost, so that nobody
   * was told of it.
   */
  private void repeat(UUID id, long head, Map<UUID, Long> foreign) {
    raise(id, head);
    if (!self.equals(homes.of(id))) {
      foreign.merge(id, head, Math::max);
    }
  }

  /**
   * The head of a conversation that an edge has begun to be interested in, as the database says it:
   * what memory says may be of a log that is no more. Where that was overtaken meanwhile, the edge
   * has been told.
   */
  void answerInterest(String edge, UUID id, long head, int members) {
    HomeConversation known = interested.get(id);
    if (known != null) {
      if (known.head > 0) {
        raise(id, head); // Others were told of less.
      }
      known.head = Math.max(known.head, head);
      known.members = members;
      edges.offer(edge, new Known(id, head, true, members));
    }
  }

  /** A head was read from the database: somebody else may have written. */
  void raise(UUID id, long head) {
    HomeConversation known = interested.get(id);
    if (known != null && head > known.head) {
      known.head = head;
      known.edges.forEach(edge -> edges.offer(edge, new Known(id, head, false, 0)));
    }
  }

  void typing(Typing typing) {
    HomeConversation known = interested.get(typing.conversation());
    if (known != null) {
      known.edges.forEach(edge -> edges.offer(edge, typing));
    }
  }

  void moved(ReadMoved moved) {
    HomeConversation known = interested.get(moved.conversation());
    if (known != null) {
      known.edges.forEach(edge -> edges.offer(edge, moved));
    }
  }

  /** Tells every edge that changes about users were committed. */
  void nudge() {
    for (Node node : view.with(Role.EDGE)) {
      bus.send(Addresses.edge(node.id()), new Nudge());
    }
  }

  /** The answer to a digest; able where the database is reached. */
  DigestReply compare(Digest digest, boolean able) {
    return new DigestReply(
        epoch,
        interested.same(digest.edge(), digest.count(), digest.hash()),
        edges.incarnation(digest.edge()),
        interested.recentHeads(digest.edge(), now()),
        clock.now(),
        able,
        edges.unheard(digest.edge()));
  }

  /** Other homes' edges know no better; behind the answers, as a head must not overtake one. */
  private void tellEverybody(Map<UUID, Long> foreign) {
    if (foreign.isEmpty()) {
      return;
    }
    for (Node node : view.nodes()) {
      if (node.roles().contains(Role.EDGE) || node.roles().contains(Role.SERVICE)) {
        foreign.forEach((id, head) -> edges.offer(node.id(), new Known(id, head, false, 0)));
      }
    }
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
