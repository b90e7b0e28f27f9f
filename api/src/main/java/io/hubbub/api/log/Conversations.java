package io.hubbub.api.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Identifiers of conversations (RFC 9562). */
public final class Conversations {
  /** The name space of Hubbub's own version-5 identifiers. */
  private static final UUID SPACE = UUID.fromString("6f0d3f0e-5d4c-5f63-9a37-68b3c1b6d2a1");

  private Conversations() {}

  /** The direct conversation of two users: the same from both sides. */
  public static UUID direct(String one, String other) {
    boolean ordered = one.compareTo(other) <= 0;
    return named("direct\0" + (ordered ? one : other) + "\0" + (ordered ? other : one));
  }

  /** The room that a user made with an idempotency key: the same for the same key. */
  public static UUID room(String creator, String key) {
    return named("room\0" + creator + "\0" + key);
  }

  /** A new room: version 7, so that neighbours in time are neighbours in the index. */
  public static UUID room() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (System.currentTimeMillis() << 16) | 0x7000 | random.nextInt(0x1000);
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static UUID named(String name) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    ByteBuffer space = ByteBuffer.allocate(16);
    space.putLong(SPACE.getMostSignificantBits()).putLong(SPACE.getLeastSignificantBits());
    sha1.update(space.array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x5000;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
