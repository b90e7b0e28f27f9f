package io.hubbub.chat;

import io.hubbub.api.cluster.Slots;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.ReadPage;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.auth.Tokens;
import io.hubbub.chat.protocol.EventJson;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop, and the conversations that they follow. Everything in it happens
 * on that loop; {@link #post} is how others reach it.
 */
final class EdgeShard implements EdgeConversation.Port {
  private static final int PAGE_ENTRIES = 200;

  /** Conversations that keep up to 64 KiB of entries for those who come back. */
  private static final int MOST_KEEPING = 512;

  private final Mailbox mailbox;
  private final Context context;
  private final String node;
  private final Limits limits;
  private final SessionTimes times;
  private final SessionRegistry registry;
  private final EdgeCounts counts;
  private final Hello hello;
  private final WatchOptions watching;
  private final ShardUsers users = new ShardUsers(this);
  private final Map<UUID, EdgeConversation> conversations = new HashMap<>();
  private final Map<String, List<Session>> byUser = new HashMap<>();
  private final Map<String, List<List<Change>>> watched = new HashMap<>();
  private final Set<Session> sessions = new LinkedHashSet<>();
  private final Set<CatchUp> keeping = new LinkedHashSet<>();
  private final Set<EdgeConversation> moved = new LinkedHashSet<>();
  private final Frames frames = new Frames();
  private final TurnFlusher flusher;
  private @Nullable EdgeHub hub;
  private @Nullable EdgePort port;
  private @Nullable CommandOps ops;
  private String epoch = "";
  private long now = monotonic();
  private int slow;

  EdgeShard(
      Vertx vertx,
      String node,
      Limits limits,
      SessionTimes times,
      WatchOptions watching,
      SessionRegistry registry,
      Tokens tokens,
      EdgeCounts counts) {
    this.context = vertx.getOrCreateContext();
    this.mailbox = new Mailbox(context);
    this.node = node;
    this.limits = limits;
    this.times = times;
    this.watching = watching;
    this.registry = registry;
    this.counts = counts;
    this.hello = new Hello(this, tokens);
    this.flusher = new TurnFlusher(context, frames);
  }

  /** Connects it to the hub, before any session comes. */
  void connect(EdgeHub to) {
    hub = to;
    EdgePort opened = to.port(mailbox);
    port = opened;
    ops = new CommandOps(opened, limits);
  }

  /** Runs a task on this shard's event loop, in order. From any thread. */
  void post(Runnable task) {
    mailbox.post(task);
  }

  EdgePort port() {
    return there(port);
  }

  CommandOps ops() {
    return there(ops);
  }

  Hello hello() {
    return hello;
  }

  Limits limits() {
    return limits;
  }

  SessionTimes times() {
    return times;
  }

  /** Bounds and times of presence. */
  WatchOptions watching() {
    return watching;
  }

  /** The users that sessions of this event loop watch. */
  ShardUsers users() {
    return users;
  }

  /** The way to the homes of users. */
  EdgeUsers edgeUsers() {
    return there(hub).users();
  }

  String node() {
    return node;
  }

  /** Monotonic milliseconds, as of the last tick or call of {@link #tick}. */
  long now() {
    return now;
  }

  /** What puts lines into frames, once a turn for all sessions. */
  Frames frames() {
    return frames;
  }

  /** The context of this event loop. */
  Context context() {
    return context;
  }

  /** A socket has been opened. */
  void opened(Session session) {
    sessions.add(session);
  }

  /** A session has said who it is; false when its user has too many. */
  boolean admit(Session session, Circle circle) {
    if (!registry.admit(session, this)) {
      return false;
    }
    byUser.computeIfAbsent(session.user(), key -> new ArrayList<>(1)).add(session);
    if (session.present) {
      edgeUsers().session(session.user(), session.info());
    }
    session.watch.begin(circle);
    return true;
  }

  /** A session has ended. */
  void ended(Session session) {
    sessions.remove(session);
    registry.disconnect(session.address);
    registry.remove(session);
    List<Session> same = byUser.get(session.user());
    if (same != null && same.remove(session)) {
      if (session.present) {
        edgeUsers().ended(session.user(), session.id);
      }
      if (same.isEmpty()) {
        byUser.remove(session.user());
      }
    }
  }

  /** All sessions, greeted or not. */
  List<Session> sessions() {
    return List.copyOf(sessions);
  }

  /** The conversation, followed from now on. */
  EdgeConversation conversation(UUID id) {
    EdgeConversation known = conversations.get(id);
    if (known == null) {
      known = new EdgeConversation(id, this);
      conversations.put(id, known);
      there(hub).want(this, id, true);
    }
    return known;
  }

  @Override
  public void drop(EdgeConversation conversation) {
    if (conversations.remove(conversation.id, conversation)) {
      moved.remove(conversation);
      there(hub).want(this, conversation.id, false);
    }
  }

  @Override
  public void keeps(CatchUp catchUp) {
    keeping.add(catchUp);
    if (keeping.size() > MOST_KEEPING) {
      keeping.iterator().next().forgetKept();
    }
  }

  @Override
  public void keepsNoMore(CatchUp catchUp) {
    keeping.remove(catchUp);
  }

  @Override
  public void headMoved(EdgeConversation conversation) {
    moved.add(conversation);
  }

  @Override
  public Future<Page> read(UUID id, long after, List<String> users) {
    if (users.isEmpty()) {
      counts.pull();
    } else {
      counts.catchUp();
    }
    return port()
        .ask(new ReadPage(id, null, after, 0, PAGE_ENTRIES, 0, users), Page.class)
        .compose(page -> page.of(epoch));
  }

  EdgeCounts counts() {
    return counts;
  }

  /** Writes a session's outbox at the end of this turn. */
  void flushLater(Session session) {
    flusher.add(session);
  }

  /** Runs something once the current work is done, before anything else that comes. */
  void afterThis(Runnable task) {
    mailbox.endOfTurn(task);
  }

  void entries(UUID id, List<Line> lines, int members) {
    EdgeConversation known = conversations.get(id);
    if (known != null) {
      known.entries(lines, members);
    }
  }

  void known(UUID id, long head, boolean answer, int members) {
    EdgeConversation known = conversations.get(id);
    if (known != null) {
      known.known(head, answer, members);
    }
  }

  void typing(Typing typing) {
    EdgeConversation known = conversations.get(typing.conversation());
    if (known != null && known.members() <= Ephemeral.MOST_MEMBERS) {
      Buffer line = EventJson.typing(typing.conversation(), typing.user(), typing.on());
      known.eachSeat(
          seat -> {
            if (!seat.session.user().equals(typing.user()) && !seat.session.hides(typing.user())) {
              seat.session.offerEphemeral(line);
            }
          });
    }
  }

  /** Hashes of the users who sit in a conversation here and may be known to be online. */
  Set<Long> seated(UUID id) {
    Set<Long> users = new HashSet<>();
    EdgeConversation known = conversations.get(id);
    if (known != null) {
      known.eachSeat(
          seat -> {
            if (seat.session.visible()) {
              users.add(Slots.hash(seat.session.user()));
            }
          });
    }
    return users;
  }

  void read(ReadMoved moved) {
    EdgeConversation known = conversations.get(moved.conversation());
    if (known != null) {
      Ephemeral.position(known, moved);
    }
  }

  /**
   * A user's hello has begun: what changes for the user while it is answered is added to the list,
   * as no session is there yet to be told.
   */
  List<Change> watch(String user) {
    List<Change> early = new ArrayList<>(0);
    watched.computeIfAbsent(user, key -> new ArrayList<>(1)).add(early);
    return early;
  }

  /** The hello has ended. */
  void unwatch(String user, List<Change> early) {
    List<List<Change>> same = watched.get(user);
    if (same != null && same.removeIf(each -> each == early) && same.isEmpty()) {
      watched.remove(user);
    }
  }

  /** What changed for users. */
  void changed(List<Change> changes) {
    for (Change change : changes) {
      List<Session> own = List.copyOf(byUser.getOrDefault(change.user(), List.of()));
      users.changed(change, own);
      own.forEach(session -> changed(session, change));
      watched.getOrDefault(change.user(), List.of()).forEach(early -> early.add(change));
    }
  }

  /** What changed for the user of a session. */
  void changed(Session session, Change change) {
    if (change.kind() == Change.REVOKED) {
      revoked(session, change);
    } else {
      session.seats.changed(change);
    }
  }

  private static void revoked(Session session, Change change) {
    Identity identity = session.identity();
    String data = change.data();
    if (identity == null || data == null) {
      return;
    }
    JsonObject what = new JsonObject(data);
    UUID family = identity.family();
    boolean login = family != null && family.toString().equals(what.getString("family"));
    boolean older = identity.version() > 0 && identity.version() <= what.getLong("ver", 0L);
    if (login || older) {
      session.close(CloseCode.TOKEN_REVOKED, CloseCode.TOKEN_REVOKED.reason());
    }
  }

  /** The log's epoch; when another log answers everybody comes back and compares what they hold. */
  void epoch(String now) {
    if (!epoch.isEmpty() && !epoch.equals(now)) {
      sessions().forEach(session -> session.close(CloseCode.DRAINING, "{\"afterMs\":0}"));
      conversations.clear();
      keeping.clear();
    }
    epoch = now;
  }

  /** A second has passed. */
  void tick() {
    long before = now;
    now = monotonic();
    counts.tick(now - before - ShardVerticle.TICK_MILLIS);
    frames.forget();
    long wall = System.currentTimeMillis();
    int waiting = 0;
    for (Session session : sessions()) {
      session.tick(now, wall);
      waiting += session.roomy() ? 0 : 1;
    }
    registry.slow(waiting - slow);
    slow = waiting;
    for (EdgeConversation conversation : List.copyOf(conversations.values())) {
      conversation.tick();
    }
    Set<EdgeConversation> tell = new HashSet<>(moved);
    moved.clear();
    tell.forEach(EdgeConversation::tellHeads);
  }

  private static long monotonic() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private static <T> T there(@Nullable T value) {
    if (value == null) {
      throw new HubbubException(ErrorCode.UNAVAILABLE, "the edge has not started");
    }
    return value;
  }
}
