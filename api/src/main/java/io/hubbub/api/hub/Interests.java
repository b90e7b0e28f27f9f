package io.hubbub.api.hub;

import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * In which conversations this node has somebody, by home, with a hash of each home's part that
 * tells whether the home knows the same. No I/O; confined to one thread.
 */
public final class Interests {
  /** Order does not matter to the exclusive or, so both sides keep it as things come and go. */
  public static long hash(UUID conversation) {
    long x = conversation.getMostSignificantBits() * 0x9e3779b97f4a7c15L;
    x ^= Long.rotateLeft(conversation.getLeastSignificantBits() * 0xc2b2ae3d27d4eb4fL, 31);
    return x * 0xff51afd7ed558ccdL;
  }

  private static final class Part {
    private final Set<UUID> conversations = new HashSet<>();
    private long hash;
  }

  private final Map<String, Part> parts = new HashMap<>();
  private final Set<UUID> all = new HashSet<>();
  private final @Nullable String[] homeOfSlot = new String[Slots.COUNT];

  /** Adds an interest; the home to tell, or null where there is none or it was there before. */
  @Nullable String add(UUID conversation) {
    if (!all.add(conversation)) {
      return null;
    }
    String home = homeOfSlot[Slots.of(conversation)];
    put(home, conversation);
    return home;
  }

  /** Takes an interest back; the home to tell, or null. */
  @Nullable String remove(UUID conversation) {
    if (!all.remove(conversation)) {
      return null;
    }
    String home = homeOfSlot[Slots.of(conversation)];
    drop(home, conversation);
    return home;
  }

  boolean has(UUID conversation) {
    return all.contains(conversation);
  }

  /** New homes: returns the conversations that moved, by their new home. */
  Map<String, List<UUID>> move(Homes homes) {
    Map<String, List<UUID>> moved = new HashMap<>();
    boolean[] changed = new boolean[Slots.COUNT];
    @Nullable String[] before = homeOfSlot.clone();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      String home = homes.ofSlot(slot);
      changed[slot] = !Objects.equals(home, homeOfSlot[slot]);
      homeOfSlot[slot] = home;
    }
    for (UUID conversation : all) {
      int slot = Slots.of(conversation);
      if (changed[slot]) {
        drop(before[slot], conversation);
        put(homeOfSlot[slot], conversation);
        if (homeOfSlot[slot] != null) {
          moved.computeIfAbsent(homeOfSlot[slot], key -> new ArrayList<>()).add(conversation);
        }
      }
    }
    return moved;
  }

  /** The conversations of a home. */
  Set<UUID> of(String home) {
    Part part = parts.get(home);
    return part == null ? Set.of() : part.conversations;
  }

  long hashOf(String home) {
    Part part = parts.get(home);
    return part == null ? 0 : part.hash;
  }

  int size() {
    return all.size();
  }

  private void put(@Nullable String home, UUID conversation) {
    if (home != null) {
      Part part = parts.computeIfAbsent(home, key -> new Part());
      part.conversations.add(conversation);
      part.hash ^= hash(conversation);
    }
  }

  private void drop(@Nullable String home, UUID conversation) {
    Part part = home == null ? null : parts.get(home);
    if (part != null && part.conversations.remove(conversation)) {
      part.hash ^= hash(conversation);
      if (part.conversations.isEmpty()) {
        parts.remove(home);
      }
    }
  }
}
