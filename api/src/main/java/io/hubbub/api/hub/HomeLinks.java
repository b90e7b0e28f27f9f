package io.hubbub.api.hub;

import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkCounts;
import io.hubbub.api.link.LinkOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The links from this node to the homes, one each, made when they are first needed. */
final class HomeLinks {
  private final Vertx vertx;
  private final String self;
  private final String lane;
  private final UnaryOperator<String> address;
  private final LinkOptions options;
  private final LinkCounts counts;
  private final LongSupplier clock;
  private final Map<String, Link> links = new HashMap<>();

  /**
   * None yet.
   *
   * @param lane what they carry
   * @param address where a home listens
   */
  HomeLinks(
      Vertx vertx,
      String self,
      String lane,
      UnaryOperator<String> address,
      LinkOptions options,
      MeterRegistry metrics,
      LongSupplier clock) {
    this.vertx = vertx;
    this.self = self;
    this.lane = lane;
    this.address = address;
    this.options = options;
    this.clock = clock;
    this.counts = new LinkCounts(metrics, lane);
  }

  void offer(String home, Item item) {
    links
        .computeIfAbsent(
            home, node -> new Link(vertx, self, lane, address.apply(node), options, counts, clock))
        .offer(item);
  }

  long waitingBytes(String home) {
    Link link = links.get(home);
    return link == null ? 0 : link.waitingBytes();
  }

  boolean idle(String home) {
    Link link = links.get(home);
    return link == null || link.idle();
  }

  /** Drops what waits for a home, for it is about to be offered again. */
  void restart(String home) {
    Link link = links.remove(home);
    if (link != null) {
      link.close();
    }
  }

  /** Closes the links to nodes that are gone. */
  void keep(View view) {
    Iterator<Map.Entry<String, Link>> each = links.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Link> entry = each.next();
      if (!view.has(entry.getKey())) {
        entry.getValue().close();
        each.remove();
      }
    }
  }

  void closeAll() {
    links.values().forEach(Link::close);
    links.clear();
  }
}
