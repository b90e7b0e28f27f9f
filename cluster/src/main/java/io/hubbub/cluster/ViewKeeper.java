package io.hubbub.cluster;

import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.node.Health;
import io.hubbub.api.query.BeatRow;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's view of the cluster: who is connected, together with what the database knows,
 * which every node beats in. State is touched on one event loop only; public methods are safe from
 * any thread.
 */
public final class ViewKeeper {
  /** Where a node says that it is about to leave; the body is its id. */
  public static final String DRAINING = "cluster.draining";

  private static final Logger LOG = LoggerFactory.getLogger(ViewKeeper.class);
  private static final String PART = "cluster";

  private final Vertx vertx;
  private final Context context;
  private final Members members;
  private final Beating beats;
  private final Views views;
  private final Health health;
  private final int expected;
  private final String lookedFor;
  private final Duration period;
  private final String self;

  private final Set<String> draining = new HashSet<>();
  private final Map<String, Long> since = new HashMap<>();
  private List<BeatRow> rows = List.of();
  private long turn;
  private boolean beating;
  private boolean whole;

  /**
   * For one node.
   *
   * @param views what is updated; its current view names this node
   * @param health where it is named when nodes are missing
   * @param expected not ready before this many nodes have been in view at once
   * @param lookedFor where other nodes are looked for, for the person on call while they are
   *     missing
   * @param period between two beats
   */
  public ViewKeeper(
      Vertx vertx,
      Members members,
      Beating beats,
      Views views,
      Health health,
      int expected,
      String lookedFor,
      Duration period) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.members = members;
    this.beats = beats;
    this.views = views;
    this.health = health;
    this.expected = expected;
    this.lookedFor = lookedFor;
    this.period = period;
    this.self = views.current().self();
  }

  /** Follows the members from now on; ends when everybody here hears who drains. */
  public Future<Void> start() {
    members.onChange(() -> context.runOnContext(nothing -> refresh()));
    Promise<Void> started = Promise.promise();
    context.runOnContext(
        nothing -> {
          refresh();
          vertx
              .eventBus()
              .<String>consumer(DRAINING, message -> heard(message.body()))
              .completion()
              .onComplete(started);
        });
    return started.future();
  }

  /** Beats from now on: to be called when history nodes can answer. */
  public Future<Void> startBeating() {
    return onContext(
        () -> {
          vertx.setPeriodic(period.toMillis(), timer -> beat());
          return beat();
        });
  }

  /** Makes this node no home any more, for all nodes; ends when the database knows it too. */
  public Future<Void> drain() {
    return onContext(
        () -> {
          vertx.eventBus().publish(DRAINING, self);
          heard(self);
          beating = false;
          return beat();
        });
  }

  private Future<Void> onContext(Supplier<Future<Void>> work) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(nothing -> work.get().onComplete(done));
    return done.future();
  }

  private void heard(String node) {
    if (draining.add(node)) {
      refresh();
    }
  }

  private Future<Void> beat() {
    String through = historyNode();
    if (through == null || beating) {
      return Future.succeededFuture();
    }
    beating = true;
    return beats
        .beat(through, draining.contains(self))
        .onComplete(done -> beating = false)
        .onSuccess(
            found -> {
              rows = found;
              refresh();
            })
        .onFailure(failure -> LOG.debug("No beat through {}: {}", through, failure.getMessage()))
        .recover(failure -> Future.succeededFuture(List.of()))
        .mapEmpty();
  }

  /** This node where it can, else the others in turn, so that a silent one costs one beat. */
  private @Nullable String historyNode() {
    List<Node> able = views.current().with(Role.HISTORY);
    if (able.isEmpty()) {
      return null;
    }
    if (able.stream().anyMatch(node -> node.id().equals(self))) {
      return self;
    }
    return able.get((int) (turn++ % able.size())).id();
  }

  private void refresh() {
    List<Node> connected = members.now();
    Set<String> ids = connected.stream().map(Node::id).collect(Collectors.toSet());
    if (!ids.contains(self)) {
      return; // Leaving, or not yet joined.
    }
    long now = System.nanoTime();
    since.keySet().retainAll(ids);
    draining.retainAll(ids);
    ids.forEach(id -> since.putIfAbsent(id, now));
    Set<String> settled =
        ids.stream()
            .filter(id -> now - since.getOrDefault(id, now) > ViewRule.FRESH.toNanos())
            .collect(Collectors.toSet());
    View before = views.current();
    View view = ViewRule.view(self, connected, settled, rows, draining);
    whole |= connected.size() >= expected;
    if (!whole) {
      missing(
          connected.size()
              + " of "
              + expected
              + " expected nodes in view; others are looked for "
              + lookedFor);
    } else if (view.with(Role.HISTORY).isEmpty()) {
      health.problem(PART, "no node with the role history in view");
    } else {
      health.ok(PART);
    }
    tell(before, view);
    views.update(view);
  }

  /** Said once for each number of nodes: a lookup that finds nobody may say nothing itself. */
  private void missing(String what) {
    if (!what.equals(health.problems().get(PART))) {
      LOG.warn("Not ready: {}", what);
    }
    health.problem(PART, what);
  }

  private static void tell(View before, View now) {
    for (Node node : now.nodes()) {
      if (!before.has(node.id())) {
        LOG.info("Node {} is here", node.id());
      } else if (!node.draining() && before.node(node.id()).map(Node::draining).orElse(false)) {
        LOG.info("Node {} is up", node.id());
      } else if (node.draining() && !before.node(node.id()).map(Node::draining).orElse(false)) {
        LOG.info("Node {} drains", node.id());
      }
    }
    for (Node node : before.nodes()) {
      if (!now.has(node.id())) {
        LOG.info("Node {} is gone", node.id());
      }
    }
    if (now.contested() != before.contested()) {
      LOG.warn(
          now.contested()
              ? "The database and the cluster disagree on who is alive; others may write too"
              : "The database and the cluster agree again on who is alive");
    }
  }
}
