package io.hubbub.api.cluster;

import java.util.UUID;

/** Which slot a conversation or a user falls into. The same on every node and in every version. */
public final class Slots {
  /** How many slots there are. A constant of the cluster: changing it moves every home. */
  public static final int COUNT = 256;

  private Slots() {}

  /** The slot of a conversation, {@code 0 <= slot < COUNT}. */
  public static int of(UUID conversation) {
    return (int)
        (mix(conversation.getMostSignificantBits() ^ mix(conversation.getLeastSignificantBits()))
            >>> 56);
  }

  /** The slot of a user, {@code 0 <= slot < COUNT}. */
  public static int of(String user) {
    return (int) (mix(hash(user)) >>> 56);
  }

  /** FNV-1a over the UTF-16 units: stable across JVMs and versions. */
  public static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
  public static long mix(long value) {
    long x = value;
    x = (x ^ (x >>> 33)) * 0xff51afd7ed558ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return x ^ (x >>> 33);
  }
}
