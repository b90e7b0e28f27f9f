package io.hubbub.api.link;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.View;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The links from a home to the edges, one each. An edge that does not keep up costs a bounded
 * amount: above it what waits is shrunk to what cannot be had in another way. Where that alone is
 * more, the next look is taken when half as much has come on top: looking costs as much as what
 * waits. Used on one context only.
 */
public final class EdgeLinks {
  private final Vertx vertx;
  private final String self;
  private final String lane;
  private final UnaryOperator<List<Item>> shrink;
  private final LinkOptions options;
  private final long maxBytes;
  private final LinkCounts counts;
  private final Counter shrunk;
  private final Map<String, Link> links = new HashMap<>();
  private final Map<String, Long> kept = new HashMap<>();
  private volatile long waitingBytes;

  /**
   * No links yet.
   *
   * @param lane what they carry
   * @param maxBytes above how many bytes that wait for one edge they are shrunk
   * @param shrink keeps of what waits, in order, what has to be told
   */
  public EdgeLinks(
      Vertx vertx,
      String self,
      String lane,
      LinkOptions options,
      long maxBytes,
      UnaryOperator<List<Item>> shrink,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.self = self;
    this.lane = lane;
    this.shrink = shrink;
    this.options = options;
    this.maxBytes = maxBytes;
    this.counts = new LinkCounts(metrics, lane);
    this.shrunk = metrics.counter("hubbub.deliveries.shrunk", "link", lane);
    metrics.gauge(
        "hubbub.deliveries.waiting.bytes",
        Tags.of("link", lane),
        this,
        edges -> edges.waitingBytes);
  }

  /** Sends something to an edge, behind what was offered before. */
  public void offer(String edge, Item item) {
    Link link =
        links.computeIfAbsent(
            edge,
            node -> new Link(vertx, self, lane, Addresses.edge(node), options, counts, () -> 0L));
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
    link.rewrite(shrink);
    kept.put(edge, link.waitingBytes());
  }

  /** The incarnation of the link to an edge, or 0 where there is none. */
  public long incarnation(String edge) {
    Link link = links.get(edge);
    return link == null ? 0 : link.incarnation();
  }

  /** Whether the cluster does not know an edge's address. */
  public boolean unheard(String edge) {
    Link link = links.get(edge);
    return link != null && link.unheard();
  }

  /** Closes the links to nodes that are gone. */
  public void keep(View view) {
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
  public void measure() {
    kept.keySet().removeIf(edge -> waiting(edge) <= maxBytes);
    waitingBytes = links.values().stream().mapToLong(Link::waitingBytes).max().orElse(0);
  }

  private long waiting(String edge) {
    Link link = links.get(edge);
    return link == null ? 0 : link.waitingBytes();
  }

  /** Whether nothing waits for any edge. */
  public boolean idle() {
    return links.values().stream().allMatch(Link::idle);
  }

  /** Sends nothing more. */
  public void close() {
    links.values().forEach(Link::close);
    links.clear();
    kept.clear();
  }
}
