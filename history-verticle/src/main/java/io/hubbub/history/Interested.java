package io.hubbub.history;

import io.hubbub.api.hub.Interests;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which edges want to hear of which conversations, and which conversations were active of late.
 * Holds no more than the edges' own interest. No I/O; confined to one thread.
 */
final class Interested {
  private static final class Edge {
    private final Set<UUID> conversations = new HashSet<>();
    private long hash;
  }

  private final long activeMillis;
  private final Map<UUID, HomeConversation> conversations = new HashMap<>();
  private final Map<String, Edge> edges = new HashMap<>();
  private final LinkedHashMap<UUID, Long> active = new LinkedHashMap<>();

  /** Remembers activity for so many milliseconds. */
  Interested(long activeMillis) {
    this.activeMillis = activeMillis;
  }

  void add(String edge, UUID id) {
    Edge known = edges.computeIfAbsent(edge, key -> new Edge());
    if (known.conversations.add(id)) {
      known.hash ^= Interests.hash(id);
      conversations.computeIfAbsent(id, key -> new HomeConversation()).edges.add(edge);
    }
  }

  void remove(String edge, UUID id) {
    Edge known = edges.get(edge);
    if (known != null && known.conversations.remove(id)) {
      known.hash ^= Interests.hash(id);
      forget(edge, id);
    }
  }

  /** Whether an edge wants to hear of a conversation. */
  boolean has(String edge, UUID id) {
    Edge known = edges.get(edge);
    return known != null && known.conversations.contains(id);
  }

  /** Forgets all interest of an edge. */
  void reset(String edge) {
    Edge known = edges.remove(edge);
    if (known != null) {
      known.conversations.forEach(id -> forget(edge, id));
    }
  }

  /** Forgets the edges that a test names. */
  void forgetEdges(Predicate<String> gone) {
    for (String edge : List.copyOf(edges.keySet())) {
      if (gone.test(edge)) {
        reset(edge);
      }
    }
  }

  /** What is known about a conversation, or null when nobody wants to hear of it. */
  @Nullable HomeConversation get(UUID id) {
    return conversations.get(id);
  }

  /** All conversations that somebody wants to hear of. */
  Set<UUID> all() {
    return conversations.keySet();
  }

  boolean same(String edge, int count, long hash) {
    Edge known = edges.get(edge);
    return known == null ? count == 0 : known.hash == hash && known.conversations.size() == count;
  }

  /** A conversation was active at a monotonic time in milliseconds. */
  void touched(UUID id, long head, int members, long now) {
    HomeConversation known = conversations.get(id);
    if (known != null) {
      known.head = Math.max(known.head, head);
      known.members = members;
      active.remove(id);
      active.put(id, now);
    }
  }

  /** Another log answers: the heads of the former one mean nothing. */
  void forgetHeads() {
    conversations.values().forEach(known -> known.head = 0);
    active.clear();
  }

  /** The heads of those conversations of an edge that were active of late. */
  Map<UUID, Long> recentHeads(String edge, long now) {
    active.values().removeIf(time -> time < now - activeMillis);
    Edge known = edges.get(edge);
    Map<UUID, Long> heads = new LinkedHashMap<>();
    if (known != null) {
      for (UUID id : active.keySet()) {
        HomeConversation conversation = conversations.get(id);
        if (conversation != null && known.conversations.contains(id)) {
          heads.put(id, conversation.head);
        }
      }
    }
    return heads;
  }

  private void forget(String edge, UUID id) {
    HomeConversation known = conversations.get(id);
    if (known != null) {
      known.edges.remove(edge);
      if (known.edges.isEmpty()) {
        conversations.remove(id);
        active.remove(id);
      }
    }
  }
}
