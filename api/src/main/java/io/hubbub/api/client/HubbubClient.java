package io.hubbub.api.client;

import io.hubbub.api.bus.BusCodecs;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.hub.Hub;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.Conversations;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.Created;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.ReadPage;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How an internal service of the cluster talks and listens, as one user, over the event bus.
 *
 * <pre>{@code
 * HubbubClient.connect(vertx, nodeId, views, metrics, "greeter")
 *     .compose(client -> client.createRoom("Lobby", List.of("ada"), "lobby")
 *         .onSuccess(room -> client.follow(room, 0, entry -> greet(client, room, entry))));
 * }</pre>
 *
 * <p>Its process must be a member of the cluster under a node id of its own, with the role {@code
 * service}, so that homes see it. Everything fails with {@link HubbubException}; where its code is
 * temporary, the same call with the same key is worth another attempt, and {@link #surely} makes
 * it. Commands to one conversation take effect in the order in which they were sent, unless one of
 * them is sent again later. Methods are safe from any thread; results and handlers come on the
 * client's context, that on which it was connected.
 */
public final class HubbubClient {
  /** How long {@link #presence} waits: a home that is new may not know for some seconds. */
  public static final long PRESENCE_MILLIS = 12_000;

  private static final int ROWS = 200;

  private final Context context;
  private final Vertx vertx;
  private final String user;
  private final ClientOptions options;
  private final Commands commands;
  private final Retry retry;
  private final Feeds feeds;
  private final Sightings sightings;
  private final Hub hub;
  private final Feed.Port port = new FeedPort();
  private final long timer;

  private HubbubClient(
      Vertx vertx,
      String node,
      Views views,
      MeterRegistry metrics,
      String user,
      ClientOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.user = user;
    this.options = options;
    this.commands = new Commands(user);
    this.retry = new Retry(vertx, options);
    this.sightings = new Sightings(this::watching);
    this.feeds = new Feeds(this::interest, sightings);
    this.hub = new Hub(vertx, node, views, options.hub(), metrics, feeds);
    this.timer = vertx.setPeriodic(options.tickMillis(), tick -> feeds.tick());
  }

  /** Connects with {@link ClientOptions#DEFAULT}. */
  public static Future<HubbubClient> connect(
      Vertx vertx, String node, Views views, MeterRegistry metrics, String user) {
    return connect(vertx, node, views, metrics, user, ClientOptions.DEFAULT);
  }

  /**
   * Connects; the user exists from then on. Tries again while no history node is in view, for
   * {@link ClientOptions#retryForMillis}.
   *
   * @param vertx clustered
   * @param node this process's node id in {@code views}; one client for each
   * @param views the cluster as this process sees it
   * @param user the service's user id
   */
  public static Future<HubbubClient> connect(
      Vertx vertx,
      String node,
      Views views,
      MeterRegistry metrics,
      String user,
      ClientOptions options) {
    BusCodecs.registerOnce(vertx.eventBus());
    Promise<HubbubClient> connected = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            now -> {
              HubbubClient client = new HubbubClient(vertx, node, views, metrics, user, options);
              client.open().onFailure(failure -> client.close()).map(client).onComplete(connected);
            });
    return connected.future();
  }

  /** The service's user id. */
  public String user() {
    return user;
  }

  /** Which log answers: positions in one mean nothing in another. */
  public String epoch() {
    return feeds.epoch();
  }

  /** Sends a message. */
  public Future<Receipt> send(UUID conversation, String key, String body) {
    return append(() -> commands.message(conversation, key, body, 0));
  }

  /** Answers in the thread that an earlier message is the root of. */
  public Future<Receipt> reply(UUID conversation, String key, long thread, String body) {
    return append(() -> commands.message(conversation, key, body, thread));
  }

  /** {@link #send}, {@link #surely}. */
  public Future<Receipt> sendSurely(UUID conversation, String key, String body) {
    return surely(() -> send(conversation, key, body));
  }

  /** Replaces the text of the service's own message. */
  public Future<Receipt> edit(UUID conversation, String key, long target, String body) {
    return append(() -> commands.change(conversation, Kind.EDITED, key, target, body));
  }

  /** Deletes the service's own message, or anybody's where it is an owner. */
  public Future<Receipt> delete(UUID conversation, String key, long target) {
    return append(() -> commands.change(conversation, Kind.DELETED, key, target, null));
  }

  /** Deletes anybody's message anywhere, without being a member: moderation. */
  public Future<Receipt> moderate(UUID conversation, String key, long target) {
    return append(() -> commands.moderate(conversation, key, target));
  }

  /** Puts a reaction on a message, or takes it back. */
  public Future<Receipt> react(
      UUID conversation, String key, long target, String emoji, boolean on) {
    Kind kind = on ? Kind.REACTED_ON : Kind.REACTED_OFF;
    return append(() -> commands.change(conversation, kind, key, target, emoji));
  }

  /** Makes sure that an earlier send of this key, whose fate is unknown, is not there. */
  public Future<Receipt> cancel(UUID conversation, String key) {
    return append(() -> commands.change(conversation, Kind.CANCELLED, key, 0, null));
  }

  /** Adds up to 1,000 existing users to a room. */
  public Future<Receipt> addMembers(UUID room, String key, List<String> users) {
    String body = new JsonArray(users).encode();
    return append(() -> commands.members(room, Kind.JOINED, key, body));
  }

  /** Removes up to 1,000 users from a room; the service itself may always go. */
  public Future<Receipt> removeMembers(UUID room, String key, List<String> users) {
    String body = new JsonArray(users).encode();
    return append(() -> commands.members(room, Kind.LEFT, key, body));
  }

  /** Makes a member an owner, or no longer one. */
  public Future<Receipt> setRole(UUID room, String key, String member, boolean owner) {
    String body =
        new JsonObject().put("user", member).put("role", owner ? "owner" : "member").encode();
    return append(() -> commands.members(room, Kind.ROLE, key, body));
  }

  /** Gives a room another name. */
  public Future<Receipt> rename(UUID room, String key, String name) {
    return append(() -> commands.change(room, Kind.RENAMED, key, 0, name));
  }

  /** Makes a room that the service owns; the same key gives the same room. */
  public Future<UUID> createRoom(String name, List<String> users, String key) {
    UUID id = Conversations.room(user, key);
    return ask(new CreateRoom(id, user, name, List.copyOf(users), Commands.key(key)), Created.class)
        .map(Created::id);
  }

  /** The direct conversation with a user, made where it is not there. */
  public Future<UUID> direct(String peer) {
    return ask(new CreateDirect(user, peer), Created.class).map(Created::id);
  }

  /** A page of the entries above a number, ascending. */
  public Future<Page> historyAfter(UUID conversation, long after, int limit) {
    return ask(new ReadPage(conversation, user, after, 0, limit, 0, List.of()), Page.class);
  }

  /** A page of the entries next below a number, ascending; {@code Long.MAX_VALUE}: the newest. */
  public Future<Page> historyBefore(UUID conversation, long before, int limit) {
    return ask(new ReadPage(conversation, user, 0, before, limit, 0, List.of()), Page.class);
  }

  /** A conversation as the service's user sees it: its head, name, unread count. */
  public Future<ConversationRow> conversation(UUID conversation) {
    return ask(new RowOf(user, conversation), Rows.class).map(rows -> rows.rows().get(0));
  }

  /**
   * A page of what changed in the user's conversations.
   *
   * @param cursor that of the page before, or null to begin; rows may repeat
   */
  public Future<Rows> conversations(@Nullable String cursor) {
    return conversationsOf(user, cursor);
  }

  /**
   * The same of whomever, as that user sees them: for services that act for others, such as one
   * that pushes. One who does not exist has none.
   *
   * @param cursor that of the page before of this user, or null to begin; rows may repeat
   */
  public Future<Rows> conversationsOf(String of, @Nullable String cursor) {
    return ask(new ListConversations(of, cursor, ROWS), Rows.class);
  }

  /** A page of the members, in order of user, above one of them or from the start. */
  public Future<Members> members(UUID conversation, @Nullable String after, int limit) {
    return ask(new ReadMembers(conversation, user, after, limit), Members.class);
  }

  /** Profiles of up to 200 users; unknown ones are missing. */
  public Future<Profiles> users(List<String> ids) {
    return ask(new ReadUsers(List.copyOf(ids)), Profiles.class);
  }

  /** Raises the user's read position. */
  public Future<Void> read(UUID conversation, long seq) {
    return onContext(() -> hub.mark(conversation, user, seq, 0)).mapEmpty();
  }

  /**
   * Follows a conversation that the user is in.
   *
   * @param after the entries above this number are handed on; 0 for all there are
   */
  public Subscription follow(UUID conversation, long after, EntryHandler handler) {
    Feed feed = new Feed(conversation, user, after, handler, options.holdBytes(), port);
    context.runOnContext(now -> feeds.add(feed));
    return feed;
  }

  /**
   * How a user is seen now, of whomever: services see everybody, but an invisible user is offline
   * to them too, and so is one who does not exist. Fails with {@code unavailable} where no home of
   * users answers within {@link #PRESENCE_MILLIS}.
   */
  public Future<Presence> presence(String of) {
    Promise<Presence> seen = Promise.promise();
    return onContext(
        () -> {
          PresenceHandler handler = seen::tryComplete;
          sightings.add(of, handler);
          return seen.future()
              .timeout(PRESENCE_MILLIS, TimeUnit.MILLISECONDS)
              .recover(
                  late ->
                      Future.failedFuture(
                          new HubbubException(ErrorCode.UNAVAILABLE, "no home knows the user")))
              .onComplete(done -> context.runOnContext(now -> sightings.remove(of, handler)));
        });
  }

  /**
   * Watches users: the handler is told how each is seen now, as soon as that is known, and whenever
   * it changes.
   *
   * @return ends it
   */
  public Runnable watch(Collection<String> users, PresenceHandler handler) {
    Set<String> all = Set.copyOf(users);
    context.runOnContext(now -> all.forEach(each -> sightings.add(each, handler)));
    return () -> context.runOnContext(now -> all.forEach(each -> sightings.remove(each, handler)));
  }

  /**
   * Does something until it ends in success or an error that is not temporary, waiting at random
   * and ever longer in between, for {@link ClientOptions#retryForMillis} at most.
   *
   * @param attempt must bear to be done twice, as a send with a key does
   */
  public <T> Future<T> surely(Supplier<Future<T>> attempt) {
    return retry.surely(attempt);
  }

  /** Ends all subscriptions and leaves the bus; commands without an answer are given up. */
  public Future<Void> close() {
    return onContext(
        () -> {
          vertx.cancelTimer(timer);
          feeds.end(null);
          return hub.close();
        });
  }

  private Future<Void> open() {
    Open question = new Open(user, user, false, 0, null, null, 1, 1, 0, Map.of());
    return hub.start()
        .compose(listening -> surely(() -> ask(question, Opened.class)))
        .map(
            opened -> {
              feeds.epoch(opened.epoch());
              return null;
            });
  }

  private void watching(String watched, boolean on) {
    hub.users().watch(watched, on);
  }

  private void interest(UUID conversation, boolean on) {
    hub.interest(conversation, on);
  }

  private Future<Receipt> append(Supplier<Command> made) {
    return onContext(
        () -> {
          Command command = made.get();
          return hub.append(command)
              .compose(
                  outcome ->
                      outcome.error() == null
                          ? Future.succeededFuture(Receipt.of(command.conversation(), outcome))
                          : Future.failedFuture(
                              new HubbubException(outcome.error(), outcome.message())));
        });
  }

  private <T> Future<T> ask(Query question, Class<T> answer) {
    return onContext(() -> hub.ask(question, answer));
  }

  /** Runs it on the client's context, in the order of the calls of one thread. */
  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> result = Promise.promise();
    context.runOnContext(
        now -> {
          try {
            work.get().onComplete(result);
          } catch (HubbubException e) {
            result.fail(e);
          }
        });
    return result.future();
  }

  private final class FeedPort implements Feed.Port {
    @Override
    public Future<Page> read(UUID conversation, long after) {
      return hub.ask(
              new ReadPage(conversation, user, after, 0, options.pageEntries(), 0, List.of()),
              Page.class)
          .compose(page -> page.of(feeds.epoch()));
    }

    @Override
    public void run(Runnable task) {
      context.runOnContext(now -> task.run());
    }

    @Override
    public void ended(Feed feed) {
      feeds.remove(feed);
    }
  }
}
