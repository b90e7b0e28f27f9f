package io.hubbub.chat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What one session has to do with the users that it asks for or watches: a few bits for each, and
 * no object, as 10,000 sessions that watch 100 users each hold a million of them. A user without a
 * bit is not there. Confined to one thread.
 */
final class Ties {
  /** The client asks for the user. */
  static final int ASKED = 1;

  /** The database lets the session's user see the other, as far as it was asked for. */
  static final int MAY = 2;

  /** The two are friends. */
  static final int FRIEND = 4;

  /** It is the session's own user. */
  static final int OWN = 8;

  /** The user is watched. */
  static final int HELD = 16;

  /** The answer that shows how the user is seen is not written yet. */
  static final int UNANSWERED = 32;

  /** The answer waits for the user's home to say how it is seen. */
  static final int AWAITED = 64;

  /** How the user is seen is to be told. */
  static final int PENDING = 128;

  /** All of them. */
  static final int ALL = 255;

  private final IdentityHashMap<Watched, Byte> bits = new IdentityHashMap<>(1);

  /** All bits of a user. */
  int of(Watched user) {
    Byte known = bits.get(user);
    return known == null ? 0 : known & 0xff;
  }

  /** Whether a user has one of some bits. */
  boolean has(Watched user, int some) {
    return (of(user) & some) != 0;
  }

  /** Adds bits. */
  void set(Watched user, int more) {
    put(user, of(user) | more);
  }

  /** Takes bits away. */
  void unset(Watched user, int less) {
    put(user, of(user) & ~less);
  }

  /** What the bits of a user are from now on. */
  void put(Watched user, int all) {
    if (all == 0) {
      bits.remove(user);
    } else {
      bits.put(user, (byte) all); // All bytes are boxed already.
    }
  }

  /** Those that have one of some bits. */
  List<Watched> with(int some) {
    return where(all -> (all & some) != 0);
  }

  /** Those whose bits are such. */
  List<Watched> where(IntPredicate such) {
    List<Watched> found = new ArrayList<>();
    bits.forEach(
        (user, all) -> {
          if (such.test(all & 0xff)) {
            found.add(user);
          }
        });
    return found;
  }

  /** Takes bits away from all; those that had one of them. */
  List<Watched> unsetAll(int less) {
    List<Watched> had = with(less);
    had.forEach(user -> unset(user, less));
    return had;
  }
}
