package io.hubbub.api.hub;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.Slots;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkInbox;
import io.hubbub.api.link.Report;
import io.hubbub.api.link.ReportAgain;
import io.hubbub.api.link.Shown;
import io.hubbub.api.link.Watch;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.presence.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One node's connection to the homes of users: tells each which sessions there are here and whom
 * somebody here watches, and hears how those are seen. A home learns of what changed in a turn in
 * one batch; a digest every few seconds finds what was lost. Part of a {@link Hub}, on its context.
 */
public final class UserHub {
  private final Vertx vertx;
  private final String self;
  private final HubListener listener;
  private final HubOptions options;
  private final DatabaseClock clock;
  private final HomeLinks links;
  private final HomeWatch watch;
  private final LinkInbox inbox;
  private final Leases leases;
  private final Interests<String> watched = new Interests<>(Slots::of, Watch::hash);
  private final Map<String, Long> prints = new HashMap<>();
  private final Set<String> unreported = new HashSet<>();
  private final Counter snapshots;
  private final Counter reports;
  private Homes homes;
  private View view;
  private boolean telling;

  UserHub(
      Vertx vertx,
      String self,
      View view,
      HubOptions options,
      MeterRegistry metrics,
      DatabaseClock clock,
      HubListener listener) {
    this.vertx = vertx;
    this.self = self;
    this.view = view;
    this.homes = Homes.of(view, Role.PRESENCE);
    this.listener = listener;
    this.options = options;
    this.clock = clock;
    this.leases = new Leases(options.graceMillis());
    this.links =
        new HomeLinks(
            vertx, self, Link.SESSIONS, Addresses::presence, options.link(), metrics, clock::now);
    this.watch =
        new HomeWatch(
            vertx,
            Role.PRESENCE,
            Addresses::presence,
            metrics,
            options.digestMillis(),
            this::digest,
            new Findings());
    this.inbox = new LinkInbox(this::take);
    this.snapshots = metrics.counter("hubbub.presence.snapshots");
    this.reports = metrics.counter("hubbub.presence.reports");
    metrics.gauge("hubbub.presence.leases", leases, Leases::size);
    metrics.gauge("hubbub.presence.watched", watched, Interests::size);
  }

  /** A session of a user has begun here, or something about it has changed. */
  public void session(String user, SessionInfo session) {
    leases.put(user, session);
    tellSoon();
  }

  /** A session of a user has ended here. */
  public void ended(String user, String session) {
    leases.end(user, session, now());
    tellSoon();
  }

  /** A user with a session here has chosen a status; as it is kept. */
  public Chosen choose(String user, Status status) {
    long at = clock.now() > 0 ? clock.now() : System.currentTimeMillis();
    Chosen chosen = leases.choose(user, status, at);
    tellSoon();
    return chosen;
  }

  /** Says that somebody here watches, or no longer watches, a user. */
  public void watch(String user, boolean on) {
    String home = on ? watched.add(user) : watched.remove(user);
    if (home != null && !unreported.contains(home)) {
      links.offer(home, new Watch(user, on));
    }
  }

  /** The node that is home of a user, or null where no node in view has the role. */
  public @Nullable String home(String user) {
    return homes.of(user);
  }

  void see(View now) {
    view = now;
    homes = Homes.of(now, Role.PRESENCE);
    links.keep(now);
    inbox.forget(node -> !now.has(node));
    watch.meet(now);
    leases.moveTo(homes);
    watched.move(homes);
    Map<String, Long> before = new HashMap<>(prints);
    prints.clear();
    now.with(Role.PRESENCE).forEach(node -> prints.put(node.id(), homes.print(node.id())));
    unreported.retainAll(prints.keySet());
    prints.forEach(
        (home, print) -> {
          if (!Objects.equals(before.get(home), print)) {
            unreported.add(home);
          }
        });
    report();
    tellSoon();
  }

  void tick() {
    leases.tick(now());
    watch.ask(view);
    report();
    tellSoon();
  }

  void receive(Message<?> message, LinkBatch batch) {
    inbox.receive(message, batch);
  }

  void close() {
    links.closeAll();
  }

  /** Tells at the end of this turn what it has brought: of each user only the newest counts. */
  private void tellSoon() {
    if (!telling && leases.anyChanged()) {
      telling = true;
      vertx.runOnContext(
          turn -> {
            telling = false;
            tell();
          });
    }
  }

  /** Whoever's home does not keep up is told later, and then of the newest alone. */
  private void tell() {
    long now = now();
    Predicate<String> ready =
        user -> {
          String home = homes.of(user);
          return home != null && roomy(home);
        };
    for (String user : leases.changed(ready)) {
      String home = homes.of(user);
      if (home != null && !unreported.contains(home)) {
        snapshots.increment();
        links.offer(home, leases.lease(user, now));
      }
    }
  }

  /** Tells everything again to the homes that are to be told. */
  private void report() {
    unreported.removeIf(
        home -> {
          boolean go = roomy(home);
          if (go) {
            report(home);
          }
          return go;
        });
  }

  private void report(String home) {
    long now = now();
    long print = homes.print(home);
    reports.increment();
    links.offer(home, new Report(false, print));
    leases.of(home, homes).forEach(user -> links.offer(home, leases.lease(user, now)));
    watched.of(home).forEach(user -> links.offer(home, new Watch(user, true)));
    links.offer(home, new Report(true, print));
  }

  private boolean roomy(String home) {
    return links.waitingBytes(home) < options.waitingBytes();
  }

  private Digest digest(String home) {
    return new Digest(
        self,
        leases.count(home) + watched.of(home).size(),
        leases.hash(home) ^ watched.hashOf(home));
  }

  private void take(LinkBatch batch, boolean anew, Runnable done) {
    for (Item item : batch.items()) {
      if (item instanceof Shown shown) {
        // Who is no home any more may know less than the one who is.
        if (batch.from().equals(homes.of(shown.presence().user()))) {
          listener.shown(shown.presence());
        }
      } else if (item instanceof ReportAgain) {
        unreported.add(batch.from());
        report();
      }
    }
    listener.settle(done);
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private final class Findings implements HomeWatch.Findings {
    @Override
    public boolean agrees(String home, DigestReply reply, long askedNanos) {
      boolean linked = reply.incarnation() == inbox.incarnation(home, Link.PRESENCE);
      return (reply.same() && linked) || !links.idle(home) || leases.anyChanged();
    }

    @Override
    public void differs(String home) {
      unreported.add(home);
      report();
    }
  }
}
