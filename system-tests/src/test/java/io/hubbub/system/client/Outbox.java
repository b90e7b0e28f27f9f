package io.hubbub.system.client;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What a client has said and has no final answer for, in the order said. Guarded by its client. */
final class Outbox {
  /** A command with a key. */
  static final class Said {
    final String conversation;
    final JsonObject command;
    final CompletableFuture<JsonObject> answer = new CompletableFuture<>();

    /** Whether the server has it and owes a reply. */
    boolean sent;

    Said(String conversation, JsonObject command) {
      this.conversation = conversation;
      this.command = command;
    }
  }

  private final Set<Said> open = new LinkedHashSet<>();
  private final Set<String> waiting = new LinkedHashSet<>();

  void add(Said said) {
    open.add(said);
  }

  boolean holds(Said said) {
    return open.contains(said);
  }

  void done(Said said) {
    open.remove(said);
  }

  List<Said> all() {
    return List.copyOf(open);
  }

  List<Said> of(String conversation) {
    return open.stream().filter(said -> said.conversation.equals(conversation)).toList();
  }

  /** Whether nobody had asked yet for a later attempt in this conversation. */
  boolean retryLater(String conversation) {
    return waiting.add(conversation);
  }

  void retries(String conversation) {
    waiting.remove(conversation);
  }

  int size() {
    return open.size();
  }
}
