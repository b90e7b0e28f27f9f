package io.hubbub.chat;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.hub.NodeQuestions;
import io.hubbub.api.node.NodeContext;
import io.hubbub.api.query.DescribeNode;
import io.hubbub.api.query.NodeState;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares how many sessions the edges have, and sends some away where these are more than their
 * share. An edge that does not answer counts as if it were not there. Runs on one context.
 */
final class Rebalance {
  private static final Logger LOG = LoggerFactory.getLogger(Rebalance.class);

  private final Vertx vertx;
  private final NodeContext node;
  private final BalanceOptions options;
  private final SessionRegistry registry;
  private final List<EdgeShard> shards;
  private final NodeQuestions questions;
  private final Balance balance;
  private final Counter moved;

  Rebalance(
      Vertx vertx,
      NodeContext node,
      BalanceOptions options,
      SessionRegistry registry,
      List<EdgeShard> shards) {
    this.vertx = vertx;
    this.node = node;
    this.options = options;
    this.registry = registry;
    this.shards = shards;
    this.questions = new NodeQuestions(vertx, options.everyMillis());
    this.balance = new Balance(options);
    this.moved = node.metrics().counter("hubbub.sessions.moved");
  }

  /** Begins to compare. */
  void start() {
    if (options.abovePercent() > 0) {
      again();
    }
  }

  private void again() {
    vertx.setTimer(options.everyMillis(), tick -> compare().onComplete(done -> again()));
  }

  private Future<Void> compare() {
    View view = node.views().current();
    List<String> others =
        view.with(Role.EDGE).stream()
            .filter(each -> !each.draining() && !each.id().equals(view.self()))
            .map(Node::id)
            .toList();
    if (others.isEmpty() || view.contested() || node.drain().started()) {
      return Future.succeededFuture();
    }
    Map<String, Long> sessions = new ConcurrentHashMap<>();
    List<Future<NodeState>> asked = new ArrayList<>();
    for (String other : others) {
      asked.add(
          questions
              .ask(Addresses.node(other), new DescribeNode(), NodeState.class)
              .onSuccess(
                  state -> sessions.put(other, state.figures().getOrDefault("sessions", 0L))));
    }
    return Future.join(asked).<Void>mapEmpty().otherwiseEmpty().onSuccess(done -> send(sessions));
  }

  private void send(Map<String, Long> others) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    int own = registry.count();
    int away = node.drain().started() ? 0 : balance.excess(now, own, others);
    if (away > 0) {
      LOG.info("Moving {} of {} sessions, as others have {}", away, own, others);
      double share = (double) away / own;
      shards.forEach(shard -> shard.post(() -> send(shard, share)));
    }
  }

  private void send(EdgeShard shard, double share) {
    List<Session> sessions = new ArrayList<>(shard.sessions());
    Collections.shuffle(sessions, ThreadLocalRandom.current());
    long spread = Math.max(1, options.everyMillis() - Moving.GRACE_MILLIS);
    sessions.stream()
        .filter(session -> !session.moving && session.identity() != null)
        .limit(Math.round(share * sessions.size()))
        .forEach(
            session -> {
              moved.increment();
              long after = ThreadLocalRandom.current().nextLong(spread);
              Moving.tell(vertx, session, after, () -> {});
            });
  }
}
