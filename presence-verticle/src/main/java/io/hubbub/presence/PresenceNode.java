package io.hubbub.presence;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.bus.Registration;
import io.hubbub.api.bus.Silence;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.hub.Questions;
import io.hubbub.api.link.EdgeLinks;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Lease;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkInbox;
import io.hubbub.api.link.Report;
import io.hubbub.api.link.ReportAgain;
import io.hubbub.api.link.Shown;
import io.hubbub.api.link.Watch;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.api.node.NodeContext;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.ExpirePresence;
import io.hubbub.api.query.FindOnline;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.KeptPresences;
import io.hubbub.api.query.ListOnline;
import io.hubbub.api.query.ReadOnlineChanges;
import io.hubbub.api.query.ReadPresence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a presence node, and how they are joined. Confined to the verticle's context. */
final class PresenceNode {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceNode.class);
  private static final long TICK_MILLIS = 250;

  /** A tick that comes this late says that the process stood still. */
  private static final long STILL_MILLIS = 3_000;

  /** Two digests and a half. */
  private static final long EDGE_SILENT_MILLIS = 5_000;

  private static final long SILENCE_MILLIS = 8_000;
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Vertx vertx;
  private final Context context;
  private final NodeContext node;
  private final PresenceOptions options;
  private final Questions questions;
  private final EdgeLinks edges;
  private final UserHome home;
  private final Loader loader;
  private final Keeper keeper;
  private final LinkInbox inbox = new LinkInbox(this::take);
  private final DatabaseClock clock = new DatabaseClock();
  private final Silence silence = new Silence(SILENCE_MILLIS);
  private final Counter diffs;
  private final Counter digests;
  private final Counter rebuilds;
  private @Nullable Registration registration;
  private AutoCloseable viewing = () -> {};
  private long ticked = now();

  PresenceNode(Vertx vertx, NodeContext node, PresenceOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.node = node;
    this.options = options;
    MeterRegistry metrics = node.metrics();
    questions = new Questions(vertx, node.id(), node.views(), options.askMillis(), id -> false);
    edges =
        new EdgeLinks(
            vertx,
            node.id(),
            Link.PRESENCE,
            options.link(),
            options.deliveryBytes(),
            NewestOnly::of,
            metrics);
    Settling settling = new Settling(node.id(), options.rebuildMillis());
    home = new UserHome(options.graceMillis(), EDGE_SILENT_MILLIS, settling, new HomePort());
    keeper =
        new Keeper(rows -> questions.ask(new KeepPresence(List.copyOf(rows)), Done.class), metrics);
    loader = new Loader(this::read, row -> home.loaded(keeper.over(row)));
    diffs = metrics.counter("hubbub.presence.diffs");
    digests = metrics.counter("hubbub.presence.digests");
    rebuilds = metrics.counter("hubbub.presence.rebuilds");
    metrics.gauge("hubbub.presence.users", home, of -> of.users().size());
    for (Status status : Status.values()) {
      metrics.gauge(
          "hubbub.presence.status",
          Tags.of("status", status.label()),
          home.recent(),
          recent -> recent.count(status));
    }
    metrics.gauge("hubbub.presence.slots.unsettled", settling, Settling::unsettled);
  }

  Future<Void> start() {
    viewing = node.views().listen(view -> context.runOnContext(now -> see(view)));
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    vertx.setPeriodic(options.keepMillis(), tick -> keep());
    vertx.setPeriodic(1_000, tick -> lookForSilence());
    Registration listening =
        new Registration(vertx.eventBus(), Addresses.presence(node.id()), this::hear);
    registration = listening;
    return listening.completion();
  }

  /** Writes what is to be kept; what edges hold they tell the next home. */
  Future<Void> drain(Duration window) {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(now -> keeper.flush().<Void>mapEmpty().onComplete(drained));
    return drained.future();
  }

  Future<Void> close() {
    try {
      viewing.close();
    } catch (Exception e) {
      LOG.warn("The view is still listened to", e);
    }
    edges.close();
    home.end();
    Registration listening = registration;
    Future<Void> silent = listening == null ? Future.succeededFuture() : listening.close();
    return keeper.flush().transform(done -> silent);
  }

  private void hear(Message<Object> message) {
    Object body = message.body();
    if (body instanceof LinkBatch batch) {
      inbox.receive(message, batch);
    } else if (body instanceof Digest digest) {
      digests.increment();
      silence.heard(digest.edge(), now());
      home.heard(digest.edge(), now());
      message.reply(compare(digest));
    } else if (body instanceof ListOnline query) {
      message.reply(Listing.page(home, query, now()));
    } else if (body instanceof FindOnline query) {
      message.reply(Listing.one(home, query.user(), now()));
    } else if (body instanceof ReadOnlineChanges query) {
      message.reply(home.recent().after(query));
    } else if (body instanceof ExpirePresence query) {
      query.edges().forEach(edge -> home.expire(edge, query.user(), now()));
      message.reply(new Done());
    }
  }

  private DigestReply compare(Digest digest) {
    String edge = digest.edge();
    return new DigestReply(
        "",
        home.same(edge, digest.count(), digest.hash()),
        edges.incarnation(edge),
        Map.of(),
        0,
        true,
        edges.unheard(edge));
  }

  private void take(LinkBatch batch, boolean anew, Runnable done) {
    String edge = batch.from();
    long now = now();
    home.heard(edge, now);
    for (Item item : batch.items()) {
      if (item instanceof Lease lease) {
        home.lease(edge, lease, now);
      } else if (item instanceof Watch watch) {
        home.watch(edge, watch.user(), watch.on());
      } else if (item instanceof Report report) {
        home.report(edge, report, now);
      }
    }
    done.run();
  }

  private void see(View view) {
    edges.keep(view);
    inbox.forget(from -> !view.has(from));
    home.see(view, now());
  }

  private void tick() {
    long now = now();
    if (now - ticked > STILL_MILLIS) {
      standStill(now);
    }
    ticked = now;
    home.tick(node.views().current(), now);
  }

  private void standStill(long now) {
    LOG.warn("Stood still for {} ms: asking all edges who is there", now - ticked);
    rebuilds.increment();
    home.restart(now);
    for (Node each : node.views().current().nodes()) {
      if (each.roles().contains(Role.EDGE) || each.roles().contains(Role.SERVICE)) {
        edges.offer(each.id(), new ReportAgain());
      }
    }
  }

  private void keep() {
    keeper.flush();
    loader.next();
    edges.keep(node.views().current());
    edges.measure();
  }

  private Future<KeptPresences> read(List<String> users) {
    long asked = System.nanoTime();
    return questions
        .ask(new ReadPresence(users), KeptPresences.class)
        .onSuccess(
            found -> {
              if (System.nanoTime() - asked < SOON_NANOS) {
                clock.set(found.now(), asked);
              }
            });
  }

  /** After a partition the cluster may have forgotten where this node listens. */
  private void lookForSilence() {
    Registration listening = registration;
    View view = node.views().current();
    Set<String> peers =
        view.contested()
            ? Set.of()
            : view.with(Role.EDGE).stream()
                .map(Node::id)
                .filter(id -> !id.equals(node.id()))
                .collect(Collectors.toSet());
    if (listening != null && silence.look(peers, now()) != Silence.Verdict.HEARD) {
      LOG.warn("No other node is heard over the event bus: registering the address again");
      listening.again();
    }
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private final class HomePort implements UserHome.Port {
    @Override
    public void show(String edge, Presence presence) {
      if (node.views().current().has(edge)) {
        diffs.increment();
        edges.offer(edge, new Shown(presence));
      }
    }

    @Override
    public void load(String user) {
      loader.ask(user);
    }

    @Override
    public void keep(KeptPresence row) {
      keeper.add(row);
    }

    @Override
    public long clock() {
      return clock.now() > 0 ? clock.now() : System.currentTimeMillis();
    }

    @Override
    public void settleSoon() {
      vertx.runOnContext(turn -> home.settle(PresenceNode.now()));
    }
  }
}
