package io.hubbub.history.db;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One input row of {@code append}, as tests write it. */
record Row(
    UUID conversation,
    String user,
    int kind,
    String key,
    @Nullable Long target,
    @Nullable Long thread,
    @Nullable String body,
    @Nullable String peer,
    boolean privileged) {

  static Row send(UUID conversation, String user, String key, String body) {
    return new Row(conversation, user, 1, key, null, null, body, null, false);
  }

  static Row reply(UUID conversation, String user, String key, long thread, String body) {
    return new Row(conversation, user, 1, key, null, thread, body, null, false);
  }

  static Row direct(UUID conversation, String user, String peer, String key, String body) {
    return new Row(conversation, user, 1, key, null, null, body, peer, false);
  }

  static Row edit(UUID conversation, String user, String key, long target, String body) {
    return new Row(conversation, user, 2, key, target, null, body, null, false);
  }

  static Row delete(UUID conversation, String user, String key, long target) {
    return new Row(conversation, user, 3, key, target, null, null, null, false);
  }

  static Row react(
      UUID conversation, String user, String key, long target, String emoji, boolean on) {
    return new Row(conversation, user, on ? 4 : 5, key, target, null, emoji, null, false);
  }

  static Row cancel(UUID conversation, String user, String key) {
    return new Row(conversation, user, 6, key, null, null, null, null, false);
  }

  /** A join (8), leave (9), rename (10) or role (11). */
  static Row of(UUID conversation, String user, int kind, String key, String body) {
    return new Row(conversation, user, kind, key, null, null, body, null, false);
  }

  Row asService() {
    return new Row(conversation, user, kind, key, target, thread, body, peer, true);
  }

  Row withPeer(String other) {
    return new Row(conversation, user, kind, key, target, thread, body, other, privileged);
  }

  byte[] fingerprint() {
    String all = kind + "|" + target + "|" + thread + "|" + body;
    UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(
        ByteBuffer.allocate(16)
            .putLong(hash.getMostSignificantBits())
            .putLong(hash.getLeastSignificantBits())
            .array(),
        16);
  }
}
