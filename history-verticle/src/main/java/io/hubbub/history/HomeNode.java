package io.hubbub.history;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.Registration;
import io.hubbub.api.bus.Silence;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.EdgeLinks;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkInbox;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.api.node.NodeContext;
import io.hubbub.api.query.Query;
import io.hubbub.history.db.Answers;
import io.hubbub.history.db.Appended;
import io.hubbub.history.db.Database;
import io.hubbub.history.db.HeadRow;
import io.hubbub.history.db.Nodes;
import io.hubbub.history.db.Rooms;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a history node, and how they are joined. Confined to the verticle's context. */
final class HomeNode {
  private static final Logger LOG = LoggerFactory.getLogger(HomeNode.class);
  private static final long TICK_MILLIS = 1_000;
  private static final long PRUNE_MILLIS = 3_600_000;
  private static final long IDLE_CHECK_MILLIS = 50;
  private static final int KEEP_DAYS = 1;
  private static final int HEADS_AT_ONCE = 2_000;
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long SILENCE_MILLIS = 8_000;

  /** Two digests, as for an edge that goes round a silent home. */
  private static final long MISSED_MILLIS = 4_500;

  private final Vertx vertx;
  private final Context context;
  private final NodeContext node;
  private final Database database;
  private final Nodes nodes;
  private final HistoryCounts counts;
  private final Rooms rooms;
  private final EdgeLinks edges;
  private final Home home;
  private final MarkQueue marks;
  private final InterestReader interest;
  private final Desk desk;
  private final DatabaseClock clock;
  private final LinkInbox inbox;
  private final Silence silence = new Silence(SILENCE_MILLIS);
  private final List<Lane> lanes = new ArrayList<>();
  private boolean asking;
  private boolean looking;
  private @Nullable Registration registration;
  private AutoCloseable viewing = () -> {};

  HomeNode(Vertx vertx, NodeContext node, HistoryOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.node = node;
    database = new Database(vertx, options.database());
    nodes = new Nodes(database, options.queries());
    rooms = new Rooms(database, options.queries());
    counts = new HistoryCounts(node.metrics());
    clock = new DatabaseClock();
    edges =
        new EdgeLinks(
            vertx,
            node.id(),
            Link.DELIVERIES,
            options.link(),
            options.deliveryBytes(),
            HeadsOnly::of,
            node.metrics());
    home = new Home(node.id(), vertx.eventBus(), edges, counts, clock, node.views().current());
    marks = new MarkQueue(rooms::mark, edges, home);
    desk = new Desk(new Answers(database, options.queries()), this::nudge);
    LanePort port = new LanePort();
    for (int i = 0; i < options.lanes(); i++) {
      LaneQueue queue = new LaneQueue(options.batchRows(), options.batchBytes());
      lanes.add(new Lane(vertx, database::lane, queue, clock, counts, port));
    }
    interest = new InterestReader(rooms::heads, home);
    Receipt receipt = new Receipt(home, lanes, marks, interest, clock, options.deadlineMillis());
    inbox = new LinkInbox(receipt::take);
    node.metrics().gauge("hubbub.interested", home, h -> h.interested().all().size());
  }

  /** Learns of each new view of the cluster. */
  void followView() {
    viewing = node.views().listen(view -> context.runOnContext(now -> see(view)));
  }

  /** Tries again what failed, looks for others that write, and forgets what is old. */
  void keepTime() {
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    vertx.setPeriodic(PRUNE_MILLIS, tick -> nodes.prune(KEEP_DAYS));
  }

  /** Opens the lanes' connections; waits for a database that is not there yet. */
  Future<Void> openLanes() {
    node.health().problem("database", "not connected yet");
    List<Future<Void>> open = new ArrayList<>();
    lanes.forEach(lane -> open.add(lane.open()));
    return Future.all(open).compose(done -> look());
  }

  /** Takes commands, questions and digests from the bus. */
  Future<Void> listen() {
    Registration listening =
        new Registration(vertx.eventBus(), Addresses.history(node.id()), this::hear);
    registration = listening;
    return listening.completion();
  }

  /** Done when nothing waits: what arrived is answered, what was committed is with the edges. */
  Future<Void> drain(Duration window) {
    long until = System.nanoTime() + window.toNanos();
    Promise<Void> drained = Promise.promise();
    context.runOnContext(
        now ->
            vertx.setPeriodic(
                IDLE_CHECK_MILLIS,
                timer -> {
                  if (idle() || System.nanoTime() > until) {
                    vertx.cancelTimer(timer);
                    drained.tryComplete();
                  }
                }));
    return drained.future();
  }

  /** Closes everything; what is in flight has an unknown outcome. */
  Future<Void> close() {
    try {
      viewing.close();
    } catch (Exception e) {
      LOG.warn("The view is still listened to", e);
    }
    edges.close();
    List<Future<Void>> closing = new ArrayList<>();
    lanes.forEach(lane -> closing.add(lane.close()));
    return Future.join(closing).otherwiseEmpty().compose(done -> database.close());
  }

  private void hear(Message<Object> message) {
    Object body = message.body();
    if (body instanceof LinkBatch batch) {
      inbox.receive(message, batch);
    } else if (body instanceof Query query) {
      desk.answer(message, query);
    } else if (body instanceof Digest digest) {
      silence.heard(digest.edge(), now());
      message.reply(home.compare(digest, lanes.stream().allMatch(Lane::connected)));
    }
  }

  private void see(View view) {
    home.see(view);
    inbox.forget(from -> !view.has(from));
  }

  private boolean idle() {
    return lanes.stream().allMatch(Lane::idle) && marks.idle() && edges.idle();
  }

  private void nudge() {
    context.runOnContext(now -> home.nudge());
  }

  private void tick() {
    interest.tick();
    lookAtEpoch();
    home.tick();
    lookForSilence();
    lookForOthers();
  }

  /** Another node may have found that the log went back, and this one never by itself. */
  private void lookAtEpoch() {
    if (!asking) {
      asking = true;
      look().onComplete(done -> asking = false);
    }
  }

  /** An answer that was under way for long would put the clock ahead by as much. */
  private Future<Void> look() {
    long asked = System.nanoTime();
    return nodes
        .look()
        .onSuccess(
            found -> {
              home.epoch(found.epoch());
              if (System.nanoTime() - asked < SOON_NANOS) {
                clock.set(found.now(), asked);
              }
            })
        .mapEmpty();
  }

  /**
   * While the view and the database differ, or somebody in view is not heard and may go round this
   * home, somebody else may be writing: looks every second.
   */
  private void lookForOthers() {
    if (node.views().current().contested()) {
      counts.contested();
    } else if (!silence.missesSomebody(MISSED_MILLIS, now())) {
      return;
    }
    if (looking) {
      return; // A slow database is not asked more and more.
    }
    looking = true;
    List<UUID> all = List.copyOf(home.interested().all());
    List<Future<List<HeadRow>>> reading = new ArrayList<>();
    for (int from = 0; from < all.size(); from += HEADS_AT_ONCE) {
      List<UUID> some = all.subList(from, Math.min(all.size(), from + HEADS_AT_ONCE));
      reading.add(rooms.heads(some).onSuccess(this::raise));
    }
    Future.join(reading).onComplete(done -> looking = false);
  }

  /** After a partition the cluster may have forgotten where this node listens. */
  private void lookForSilence() {
    Registration listening = registration;
    if (listening == null) {
      return;
    }
    switch (silence.look(peers(), now())) {
      case HEARD -> node.health().ok("bus");
      case REGISTER -> {
        LOG.warn("No other node is heard over the event bus: registering the address again");
        listening.again();
      }
      case UNREADY -> {
        node.health().problem("bus", "no other node is heard over the event bus");
        listening.again();
      }
    }
  }

  /** A contested view says more: a peer that does not beat yet, or no longer, may well be mute. */
  private Set<String> peers() {
    View view = node.views().current();
    if (view.contested()) {
      return Set.of();
    }
    return view.with(Role.EDGE).stream()
        .map(Node::id)
        .filter(id -> !id.equals(node.id()))
        .collect(Collectors.toSet());
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private void raise(List<HeadRow> rows) {
    rows.forEach(row -> home.raise(row.conversation(), row.head()));
  }

  private final class LanePort implements Lane.Port {
    @Override
    public void appended(List<Waiting> batch, List<Appended> results) {
      home.appended(batch, results);
    }

    @Override
    public void expired(List<Waiting> all) {
      LOG.warn("{} commands came too late and must be sent again", all.size());
      all.stream().map(Waiting::edge).distinct().forEach(edge -> inbox.forget(edge, Link.COMMANDS));
    }

    @Override
    public Future<Void> wentBack(long at) {
      LOG.error("The database went back in time: a new epoch begins");
      return nodes.replaceEpoch(at).onSuccess(home::epoch).mapEmpty();
    }

    @Override
    public void reachable(boolean reachable, String why) {
      if (reachable) {
        node.health().ok("database");
      } else {
        node.health().problem("database", "cannot reach the database: " + why);
      }
    }
  }
}
