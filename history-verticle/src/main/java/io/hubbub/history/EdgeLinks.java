package io.hubbub.history;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Delivered;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkCounts;
import io.hubbub.api.link.LinkOptions;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The links from this home to the edges, one each. An edge that does not keep up costs a bounded
 * amount: above it only heads are kept for it, and it pulls. Where answers and heads alone are
 * more, the next look is taken when half as much has come on top: looking costs as much as what
 * waits.
 */
final class EdgeLinks {
  private final Vertx vertx;
  private final String self;
  private final LinkOptions options;
  private final long maxBytes;
  private final LinkCounts counts;
  private final Counter shrunk;
  private final Map<String, Link> links = new HashMap<>();
  private final Map<String, Long> kept = new HashMap<>();
  private volatile long waitingBytes;

  EdgeLinks(Vertx vertx, String self, LinkOptions options, long maxBytes, MeterRegistry metrics) {
    this.vertx = vertx;
    this.self = self;
    this.options = options;
    this.maxBytes = maxBytes;
    this.counts = new LinkCounts(metrics, Link.DELIVERIES);
    this.shrunk = metrics.counter("hubbub.deliveries.shrunk");
    metrics.gauge("hubbub.deliveries.waiting.bytes", this, edges -> edges.waitingBytes);
  }

  void offer(String edge, Item item) {
    Link link =
        links.computeIfAbsent(
            edge,
            node ->
                new Link(
                    vertx, self, Link.DELIVERIES, Addresses.edge(node), options, counts, () -> 0L));
    link.offer(item);
    if (link.waitingBytes() > maxBytes) {
      shrink(edge, link);
    }
  }

  private void shrink(String edge, Link link) {
    long before = kept.getOrDefault(edge, 0L);
    if (before > maxBytes && link.waitingBytes() < before + before / 2) {
      return;
    }
    shrunk.increment();
    link.rewrite(EdgeLinks::headsOnly);
    kept.put(edge, link.waitingBytes());
  }

  /** The incarnation of the link to an edge, or 0 where there is none. */
  long incarnation(String edge) {
    Link link = links.get(edge);
    return link == null ? 0 : link.incarnation();
  }

  /** Whether the cluster does not know an edge's address. */
  boolean unheard(String edge) {
    Link link = links.get(edge);
    return link != null && link.unheard();
  }

  /** Closes the links to nodes that are gone. */
  void keep(View view) {
    Iterator<Map.Entry<String, Link>> each = links.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Link> entry = each.next();
      if (!view.has(entry.getKey())) {
        entry.getValue().close();
        kept.remove(entry.getKey());
        each.remove();
      }
    }
  }

  /** Takes the measure of what waits for the edge that is furthest behind. */
  void measure() {
    kept.keySet().removeIf(edge -> waiting(edge) <= maxBytes);
    waitingBytes = links.values().stream().mapToLong(Link::waitingBytes).max().orElse(0);
  }

  private long waiting(String edge) {
    Link link = links.get(edge);
    return link == null ? 0 : link.waitingBytes();
  }

  boolean idle() {
    return links.values().stream().allMatch(Link::idle);
  }

  void close() {
    links.values().forEach(Link::close);
    links.clear();
    kept.clear();
  }

  /** Answers stay; entries become the head of their conversation; what is ephemeral goes. */
  static List<Item> headsOnly(List<Item> waiting) {
    List<Item> kept = new ArrayList<>();
    Map<UUID, Known> heads = new LinkedHashMap<>();
    for (Item item : waiting) {
      if (item instanceof Delivered delivered) {
        long head = delivered.entries().get(delivered.entries().size() - 1).seq();
        raise(heads, new Known(delivered.conversation(), head, false, delivered.members()));
      } else if (item instanceof Known known && !known.answer()) {
        raise(heads, known);
      } else if (!(item instanceof Typing) && !(item instanceof ReadMoved)) {
        kept.add(item);
      }
    }
    kept.addAll(heads.values());
    return kept;
  }

  /** Another home's head may have come before older entries of this one. */
  private static void raise(Map<UUID, Known> heads, Known later) {
    heads.merge(
        later.conversation(),
        later,
        (known, more) ->
            new Known(
                more.conversation(),
                Math.max(known.head(), more.head()),
                false,
                more.members() > 0 ? more.members() : known.members()));
  }
}
