package io.hubbub.system.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code hubbub.v1} that keeps the rules for clients: it keeps logs without holes,
 * resumes on a gap, comes back through the next node with {@code since}, and sends again, with the
 * same key and in order, what has no final answer. Thread-safe.
 */
public final class ChatClient implements AutoCloseable {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "client timer");
            thread.setDaemon(true);
            return thread;
          });
  private static final int SINCE = 200;

  private final String user;
  private final String token;
  private final List<URI> nodes;
  private final Map<String, ConversationLog> logs = new LinkedHashMap<>();
  private final Map<Long, BiConsumer<@Nullable JsonObject, @Nullable ChatException>> replies =
      new HashMap<>();
  private final Outbox outbox = new Outbox();
  private final Told told = new Told();
  private final List<Heard> events = new ArrayList<>();
  private final JsonObject extras = new JsonObject();
  private Consumer<JsonObject> listener = event -> {};
  private @Nullable Supplier<URI> balancer;
  private boolean comesBack = true;
  private boolean resumes = true;
  private boolean open = true;
  private boolean online;
  private int node;
  private int attempts;
  private long ids;
  private int connections;
  private int eventsBeforeAcks;
  private @Nullable Wire wire;
  private @Nullable String cursor;
  private @Nullable String epoch;
  private JsonObject welcome = new JsonObject();

  /**
   * Something that is no reply.
   *
   * @param json the event
   * @param nanos when it came, by {@link System#nanoTime}
   */
  public record Heard(JsonObject json, long nanos) {}

  /** Not connected yet; goes on to the next node whenever one is lost. */
  public ChatClient(String user, String token, List<URI> nodes) {
    this.user = user;
    this.token = token;
    this.nodes = List.copyOf(nodes);
  }

  /** Goes where it is sent, not to the next in its list. */
  public synchronized ChatClient goesTo(Supplier<URI> place) {
    balancer = place;
    return this;
  }

  /** Stays away when the connection is lost. */
  public synchronized ChatClient staysAway() {
    comesBack = false;
    return this;
  }

  /** Does not answer a gap by itself. */
  public synchronized ChatClient doesNotResume() {
    resumes = false;
    return this;
  }

  /** Adds a field to every hello. */
  public synchronized ChatClient hello(String field, Object value) {
    extras.put(field, value);
    return this;
  }

  /** Hears every event, after it was taken into account. */
  public synchronized ChatClient listen(Consumer<JsonObject> events) {
    listener = events;
    return this;
  }

  /** Who it is. */
  public String user() {
    return user;
  }

  /** Connects and says hello; its answer. */
  public CompletableFuture<JsonObject> connect() {
    CompletableFuture<JsonObject> result = new CompletableFuture<>();
    synchronized (this) {
      open = true;
    }
    attempt(result);
    return result;
  }

  private void attempt(CompletableFuture<JsonObject> result) {
    URI target;
    int number;
    synchronized (this) {
      if (!open) {
        return;
      }
      target = balancer == null ? nodes.get(node % nodes.size()) : balancer.get();
      number = ++connections;
    }
    Wire.open(
            target,
            new Wire.Ears() {
              @Override
              public void line(String line) {
                heard(number, new JsonObject(line));
              }

              @Override
              public void closed(int code, String reason) {
                lost(number, new JsonObject().put("code", code).put("reason", reason));
              }
            })
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                lost(number, new JsonObject().put("code", 0).put("reason", failure.toString()));
                result.completeExceptionally(failure);
              } else {
                greet(number, opened, result);
              }
            });
  }

  private synchronized void greet(int number, Wire opened, CompletableFuture<JsonObject> result) {
    if (number != connections || !open) {
      opened.cut();
      return;
    }
    wire = opened;
    JsonObject since = new JsonObject();
    logs.forEach(
        (id, log) -> {
          if (since.size() < SINCE) {
            since.put(id, new JsonObject().put("seq", log.tail()).put("at", log.tailAt()));
          }
        });
    JsonObject hello = new JsonObject().put("op", "hello").put("token", token);
    if (!since.isEmpty()) {
      hello.put("since", since);
    }
    if (cursor != null) {
      hello.put("cursor", cursor);
    }
    if (epoch != null) {
      hello.put("epoch", epoch);
    }
    hello.mergeIn(extras);
    transmit(
        hello,
        (ok, error) -> {
          if (ok != null) {
            welcomed(ok, since);
            result.complete(ok);
          } else if (error != null) {
            result.completeExceptionally(error);
            opened.cut();
            lost(number, new JsonObject().put("code", 0).put("reason", error.code()));
          }
        });
  }

  private void welcomed(JsonObject ok, JsonObject since) {
    welcome = ok;
    cursor = ok.getString("cursor");
    epoch = ok.getString("epoch");
    online = true;
    attempts = 0;
    for (JsonObject row : objects(ok.getJsonArray("conversations"))) {
      row(row, since);
    }
    for (Outbox.Said said : outbox.all()) {
      transmit(said);
    }
  }

  private void row(JsonObject row, JsonObject since) {
    String id = row.getString("id");
    ConversationLog log = logs.get(id);
    if (log == null) {
      logs.put(id, new ConversationLog(row.getLong("head")));
    } else if (!since.containsKey(id) && row.getLong("head") > log.tail()) {
      resume(id, log);
    }
  }

  private synchronized void heard(int number, JsonObject line) {
    if (number != connections) {
      return;
    }
    if (line.containsKey("ev")) {
      event(line);
      events.add(new Heard(line, System.nanoTime()));
      listener.accept(line);
      notifyAll();
      return;
    }
    BiConsumer<@Nullable JsonObject, @Nullable ChatException> reply =
        replies.remove(line.getLong("id"));
    if (reply != null) {
      JsonObject error = line.getJsonObject("error");
      reply.accept(line.getJsonObject("ok"), error == null ? null : ChatException.of(error));
    }
  }

  private void event(JsonObject event) {
    String id = event.getString("conversation", "");
    ConversationLog log = logs.get(id);
    if (event.containsKey("seq")) {
      if (log == null) {
        log = new ConversationLog(event.getLong("seq") - 1);
        logs.put(id, log);
      }
      if (user.equals(event.getString("from")) && unanswered(id, event.getString("key"))) {
        eventsBeforeAcks++;
      }
      if (log.offer(event) && resumes) {
        resume(id, log);
      }
      return;
    }
    switch (event.getString("ev")) {
      case "gap" -> {
        if (log != null && resumes) {
          resume(id, log);
        }
      }
      case "reset" -> {
        if (log != null) {
          log.reset(event.getLong("head"));
          if (resumes) {
            resume(id, log);
          }
        }
      }
      case "membership" -> {
        JsonObject row = event.getJsonObject("row");
        if (row != null && "joined".equals(event.getString("change"))) {
          logs.put(id, new ConversationLog(row.getLong("head")));
        }
      }
      default -> {}
    }
  }

  private boolean unanswered(String conversation, @Nullable String key) {
    return outbox.of(conversation).stream()
        .anyMatch(said -> said.command.getString("key").equals(key));
  }

  private void resume(String id, ConversationLog log) {
    if (log.resuming()) {
      return;
    }
    log.resuming(true);
    transmit(
        new JsonObject().put("op", "resume").put("conversation", id).put("since", log.tail()),
        (ok, error) -> log.resuming(false));
  }

  private synchronized void lost(int number, JsonObject why) {
    if (number != connections) {
      return;
    }
    connections++;
    online = false;
    wire = null;
    events.add(new Heard(why.put("ev", "closed"), System.nanoTime()));
    notifyAll();
    logs.values().forEach(log -> log.resuming(false));
    var unanswered = List.copyOf(replies.values());
    replies.clear();
    unanswered.forEach(reply -> reply.accept(null, ChatException.lost()));
    if (comesBack && open) {
      node++;
      long bound = Math.min(1_000, 50L << Math.min(5, attempts++));
      later(ThreadLocalRandom.current().nextLong(bound), () -> attempt(new CompletableFuture<>()));
    }
  }

  /** Sends a command that appends, again and again, until its answer is final. */
  public CompletableFuture<JsonObject> append(
      String op, String conversation, String key, JsonObject fields) {
    JsonObject command =
        new JsonObject().put("op", op).put("conversation", conversation).put("key", key);
    Outbox.Said said = new Outbox.Said(conversation, command.mergeIn(fields));
    synchronized (this) {
      outbox.add(said);
      if (online) {
        transmit(said);
      }
    }
    return said.answer;
  }

  /** Sends a message, again and again, until its answer is final. */
  public CompletableFuture<JsonObject> send(String conversation, String key, String body) {
    return append("send", conversation, key, new JsonObject().put("body", body));
  }

  private void transmit(Outbox.Said said) {
    said.sent = true;
    long sent = System.nanoTime();
    transmit(
        said.command,
        (ok, error) -> {
          said.sent = false;
          if (ok != null || (error != null && !error.code().equals(ChatException.LOST))) {
            told.reply(sent, ok != null && ok.getBoolean("duplicate", false), error);
          }
          if (!outbox.holds(said)) {
            if (error != null && error.temporary()) {
              giveUp(said); // The answer to an earlier copy was final.
            }
            return;
          }
          if (ok != null) {
            outbox.done(said);
            said.answer.complete(ok);
          } else if (error != null && !error.temporary()) {
            outbox.done(said);
            said.answer.completeExceptionally(error);
          } else if (error != null && online && outbox.retryLater(said.conversation)) {
            later(Math.max(100, error.retryAfterMillis()), () -> retry(said.conversation));
          }
        });
  }

  private void giveUp(Outbox.Said said) {
    JsonObject command = new JsonObject().put("op", "giveUp");
    command.put("conversation", said.conversation).put("key", said.command.getString("key"));
    transmit(command, (ok, error) -> {});
  }

  private synchronized void retry(String conversation) {
    outbox.retries(conversation);
    if (online) {
      // What went after the refused one is refused too, though its reply may not be here yet.
      outbox.of(conversation).stream().dropWhile(said -> said.sent).forEach(this::transmit);
    }
  }

  /** Sends a command once; fails when the connection is lost before the reply. */
  public CompletableFuture<JsonObject> ask(JsonObject command) {
    CompletableFuture<JsonObject> result = new CompletableFuture<>();
    synchronized (this) {
      transmit(
          command,
          (ok, error) -> {
            if (error != null) {
              result.completeExceptionally(error);
            } else {
              result.complete(ok == null ? new JsonObject() : ok);
            }
          });
    }
    return result;
  }

  private void transmit(
      JsonObject command, BiConsumer<@Nullable JsonObject, @Nullable ChatException> reply) {
    Wire to = wire;
    if (to == null) {
      reply.accept(null, ChatException.lost());
      return;
    }
    long id = ++ids;
    replies.put(id, reply);
    to.send(escaped(command.copy().put("id", id).encode()));
  }

  /** Lone surrogates can be said in JSON, but not in UTF-8. */
  private static String escaped(String json) {
    StringBuilder out = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            point -> {
              if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.append(String.format("\\u%04x", point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.toString();
  }

  /** A line of one's own making. */
  public synchronized void raw(String line) {
    if (wire != null) {
      wire.send(line);
    }
  }

  /** Loses the connection, and comes back if it does so. */
  public void drop() {
    Wire cut;
    int number;
    synchronized (this) {
      cut = wire;
      number = connections;
    }
    if (cut != null) {
      cut.cut();
      lost(number, new JsonObject().put("code", 1006).put("reason", "cut"));
    }
  }

  /** Goes to a node next, by its place in the list given. */
  public synchronized ChatClient next(int place) {
    node = place;
    return this;
  }

  /** Reads nothing more from its socket. */
  public synchronized void stopReading() {
    if (wire != null) {
      wire.stopReading();
    }
  }

  /** Reads on. */
  public synchronized void startReading() {
    if (wire != null) {
      wire.startReading();
    }
  }

  /** Bytes of text that this connection has brought. */
  public synchronized long received() {
    return wire == null ? 0 : wire.received();
  }

  /** Whether it is connected and was welcomed. */
  public synchronized boolean online() {
    return online;
  }

  /** The last answer to hello. */
  public synchronized JsonObject welcome() {
    return welcome;
  }

  /** The number up to which it has a conversation; -1 where it does not know it. */
  public synchronized long tail(String conversation) {
    ConversationLog log = logs.get(conversation);
    return log == null ? -1 : log.tail();
  }

  /** What it was sent twice on its way. */
  public synchronized long repeats(String conversation) {
    ConversationLog log = logs.get(conversation);
    return log == null ? 0 : log.repeats();
  }

  /** How often an entry came although something before it was missing. */
  public synchronized long jumps(String conversation) {
    ConversationLog log = logs.get(conversation);
    return log == null ? 0 : log.jumps();
  }

  /** How often an own entry came before the reply to its command. */
  public synchronized int eventsBeforeAcks() {
    return eventsBeforeAcks;
  }

  /** How many of its commands have no final answer yet. */
  public synchronized int unanswered() {
    return outbox.size();
  }

  /** What its appending commands were answered with. */
  public Told told() {
    return told;
  }

  /** Everything it was told, and when, the losses of its connections too. */
  public synchronized List<Heard> events() {
    return List.copyOf(events);
  }

  /** The events of one name about a conversation. */
  public synchronized List<JsonObject> events(String name, String conversation) {
    return events.stream()
        .map(Heard::json)
        .filter(event -> name.equals(event.getString("ev")))
        .filter(event -> conversation.equals(event.getString("conversation", conversation)))
        .toList();
  }

  /** What it has of a conversation, for the judge. */
  public synchronized Transcript transcript(String conversation) {
    ConversationLog log = logs.get(conversation);
    return log == null
        ? new Transcript(user, 0, List.of())
        : Transcript.of(user, log.start(), log.entries());
  }

  /** The whole log of a conversation as history gives it. */
  public Transcript history(String conversation) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    boolean more = true;
    for (long after = 0; more; ) {
      JsonObject page =
          io.hubbub.system.harness.Await.get(
              ask(
                  new JsonObject()
                      .put("op", "history")
                      .put("conversation", conversation)
                      .put("after", after)
                      .put("limit", 200)));
      List<JsonObject> events = objects(page.getJsonArray("events"));
      all.addAll(events);
      more = page.getBoolean("more", false) && !events.isEmpty();
      after = events.isEmpty() ? after : events.get(events.size() - 1).getLong("seq");
    }
    return Transcript.of("history", 0, all);
  }

  /** The objects of an array. */
  public static List<JsonObject> objects(@Nullable JsonArray array) {
    List<JsonObject> objects = new ArrayList<>();
    if (array != null) {
      for (int i = 0; i < array.size(); i++) {
        objects.add(array.getJsonObject(i));
      }
    }
    return objects;
  }

  private static void later(long millis, Runnable task) {
    TIMER.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    open = false;
    online = false;
    connections++;
    if (wire != null) {
      wire.cut();
      wire = null;
    }
  }
}
