package io.hubbub.history.db;

import io.hubbub.api.log.Command;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells whether a key comes with the same command again. */
final class Fingerprint {
  private static final int BYTES = 16;

  /** One per thread: making one costs more than using it. */
  private static final ThreadLocal<MessageDigest> SHA256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("every Java platform has SHA-256", e);
            }
          });

  private Fingerprint() {}

  /** The first 16 bytes of SHA-256 over kind, target, thread and body. Stored: never changes. */
  static Buffer of(Command command) {
    MessageDigest digest = SHA256.get();
    digest.update(
        ByteBuffer.allocate(18)
            .put((byte) command.kind().code())
            .putLong(command.target())
            .putLong(command.thread())
            .put((byte) (command.body() == null ? 0 : 1))
            .flip());
    if (command.body() != null) {
      digest.update(command.body().getBytes(StandardCharsets.UTF_8));
    }
    return Buffer.buffer(BYTES).appendBytes(digest.digest(), 0, BYTES);
  }
}
