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
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What homes are to know from this node (conversations in which it has somebody, users it watches
 * or has sessions of), by home, with a hash of each home's part that tells whether the home knows
 * the same. No I/O; confined to one thread.
 *
 * @param <K> what there is a home of
 */
public final class Interests<K> {
  /** Order does not matter to the exclusive or, so both sides keep it as things come and go. */
  public static long hash(UUID conversation) {
    long x = conversation.getMostSignificantBits() * 0x9e3779b97f4a7c15L;
    x ^= Long.rotateLeft(conversation.getLeastSignificantBits() * 0xc2b2ae3d27d4eb4fL, 31);
    return x * 0xff51afd7ed558ccdL;
  }

  private final class Part {
    private final Set<K> keys = new HashSet<>();
    private long hash;
  }

  private final Map<String, Part> parts = new HashMap<>();
  private final Set<K> all = new HashSet<>();
  private final @Nullable String[] homeOfSlot = new String[Slots.COUNT];
  private final ToIntFunction<K> slots;
  private final ToLongFunction<K> hashes;

  /**
   * Nothing yet.
   *
   * @param slots the slot of a key
   * @param hashes the hash of a key, the same while it is in here
   */
  Interests(ToIntFunction<K> slots, ToLongFunction<K> hashes) {
    this.slots = slots;
    this.hashes = hashes;
  }

  /** Of conversations. */
  static Interests<UUID> ofConversations() {
    return new Interests<>(Slots::of, Interests::hash);
  }

  /** Adds an interest; the home to tell, or null where there is none or it was there before. */
  @Nullable String add(K key) {
    if (!all.add(key)) {
      return null;
    }
    String home = homeOfSlot[slots.applyAsInt(key)];
    put(home, key);
    return home;
  }

  /** Takes an interest back; the home to tell, or null. */
  @Nullable String remove(K key) {
    if (!all.remove(key)) {
      return null;
    }
    String home = homeOfSlot[slots.applyAsInt(key)];
    drop(home, key);
    return home;
  }

  boolean has(K key) {
    return all.contains(key);
  }

  /** New homes: returns the keys that moved, by their new home. */
  Map<String, List<K>> move(Homes homes) {
    Map<String, List<K>> moved = new HashMap<>();
    boolean[] changed = new boolean[Slots.COUNT];
    @Nullable String[] before = homeOfSlot.clone();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      String home = homes.ofSlot(slot);
      changed[slot] = !Objects.equals(home, homeOfSlot[slot]);
      homeOfSlot[slot] = home;
    }
    for (K key : all) {
      int slot = slots.applyAsInt(key);
      if (changed[slot]) {
        drop(before[slot], key);
        put(homeOfSlot[slot], key);
        if (homeOfSlot[slot] != null) {
          moved.computeIfAbsent(homeOfSlot[slot], home -> new ArrayList<>()).add(key);
        }
      }
    }
    return moved;
  }

  /** The keys of a home. */
  Set<K> of(String home) {
    Part part = parts.get(home);
    return part == null ? Set.of() : part.keys;
  }

  long hashOf(String home) {
    Part part = parts.get(home);
    return part == null ? 0 : part.hash;
  }

  int size() {
    return all.size();
  }

  private void put(@Nullable String home, K key) {
    if (home != null) {
      Part part = parts.computeIfAbsent(home, name -> new Part());
      part.keys.add(key);
      part.hash ^= hashes.applyAsLong(key);
    }
  }

  private void drop(@Nullable String home, K key) {
    Part part = home == null ? null : parts.get(home);
    if (part != null && part.keys.remove(key)) {
      part.hash ^= hashes.applyAsLong(key);
      if (part.keys.isEmpty()) {
        parts.remove(home);
      }
    }
  }
}
