package io.hubbub.api.hub;

import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges a digest with every home every few seconds and judges the answers. A home is silent, in
 * view or not, once it has missed two running, or has said twice that it cannot reach the database
 * while another can. One that disagrees twice running is to be told again. Confined to the hub's
 * context.
 */
final class HomeWatch {
  /** What is found. */
  interface Findings {
    /**
     * A home answered.
     *
     * @return whether it knows what this node wants and both know the same link
     */
    boolean agrees(String home, DigestReply reply, long askedNanos);

    /**
     * These heads of the log of an epoch were committed a digest ago: what has not come by now went
     * astray.
     */
    default void heads(String epoch, Map<UUID, Long> heads) {}

    /** A home disagrees, for the second time. */
    void differs(String home);

    /** A home is silent still. */
    default void silent(String home) {}

    /** A home has gone silent, or answers again. */
    default void turned(String home, boolean silent) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(HomeWatch.class);
  private static final int PATIENCE = 2;

  private static final class State {
    private int differed;
    private int missed;
    private int able;
    private int unable;
    private Map<UUID, Long> heads = Map.of();
    private String epoch = "";
  }

  private final Vertx vertx;
  private final Role role;
  private final UnaryOperator<String> address;
  private final DeliveryOptions delivery;
  private final Function<String, Digest> digests;
  private final Findings findings;
  private final Map<String, State> states = new HashMap<>();
  private final Set<String> silent = new HashSet<>();
  private final Counter differed;
  private final Counter missed;

  /**
   * Watches the homes of a role; asked every so many milliseconds, they have three quarters to
   * answer.
   *
   * @param address where a home listens
   */
  HomeWatch(
      Vertx vertx,
      Role role,
      UnaryOperator<String> address,
      MeterRegistry metrics,
      long everyMillis,
      Function<String, Digest> digests,
      Findings findings) {
    this.vertx = vertx;
    this.role = role;
    this.address = address;
    this.delivery = new DeliveryOptions().setSendTimeout(everyMillis * 3 / 4);
    this.digests = digests;
    this.findings = findings;
    this.differed = metrics.counter("hubbub.digests.differed", "home", role.label());
    this.missed = metrics.counter("hubbub.digests.missed", "home", role.label());
    metrics.gauge("hubbub.homes.silent", Tags.of("home", role.label()), silent, Set::size);
  }

  /** Whether a home has missed its last digests. */
  boolean isSilent(String home) {
    return silent.contains(home);
  }

  /** Asks the homes that have come into view since. */
  void meet(View view) {
    for (String home : keep(view)) {
      if (!states.containsKey(home)) {
        ask(home);
      }
    }
  }

  /** Asks every home. */
  void ask(View view) {
    keep(view).forEach(this::ask);
  }

  /** Forgets who is home no more, or not yet: a node that comes or leaves need not answer. */
  private Set<String> keep(View view) {
    Set<String> homes =
        view.with(role).stream()
            .filter(node -> !node.draining())
            .map(Node::id)
            .collect(Collectors.toSet());
    states.keySet().retainAll(homes);
    silent.retainAll(homes);
    return homes;
  }

  private void ask(String home) {
    State state = states.computeIfAbsent(home, key -> new State());
    long asked = System.nanoTime();
    vertx
        .eventBus()
        .<DigestReply>request(address.apply(home), digests.apply(home), delivery)
        .onSuccess(reply -> answered(home, state, reply.body(), asked))
        .onFailure(failure -> missed(home, state));
  }

  private void answered(String home, State state, DigestReply reply, long asked) {
    if (states.get(home) != state) {
      return; // It has left meanwhile.
    }
    state.missed = 0;
    state.able = reply.able() ? state.able + 1 : 0;
    state.unable = reply.able() ? 0 : state.unable + 1;
    judge();
    if (isSilent(home)) {
      findings.silent(home);
    }
    findings.heads(state.epoch, state.heads);
    state.heads = reply.heads();
    state.epoch = reply.epoch();
    if (findings.agrees(home, reply, asked)) {
      state.differed = 0;
    } else if (++state.differed >= PATIENCE) {
      state.differed = 0;
      differed.increment();
      findings.differs(home);
    }
  }

  private void missed(String home, State state) {
    if (states.get(home) != state) {
      return;
    }
    missed.increment();
    state.missed++;
    state.able = 0;
    judge();
    if (isSilent(home)) {
      findings.silent(home);
    }
  }

  /** While the database is away for all, homes are as good as each other. */
  private void judge() {
    boolean another = states.values().stream().anyMatch(state -> state.able >= PATIENCE);
    states.forEach(
        (home, state) -> {
          boolean lost = state.unable >= PATIENCE && another;
          if (state.missed < PATIENCE && !lost) {
            if (silent.remove(home)) {
              LOG.info("Home {} of {} is back", home, role.label());
              findings.turned(home, false);
            }
          } else if (silent.add(home)) {
            LOG.warn(
                "Home {} of {} {}",
                home,
                role.label(),
                lost ? "cannot reach the database" : "does not answer");
            findings.turned(home, true);
          }
        });
  }
}
