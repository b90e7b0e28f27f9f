package io.hubbub.history.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A password that may become another while a node runs; it is read for each new connection. */
@FunctionalInterface
public interface Password {
  /** The longest one that a file may hold, in bytes. */
  int MOST_BYTES = 4_096;

  /**
   * What it is now. Blocking.
   *
   * @throws IOException when the file that holds it can't be read, or holds over {@value
   *     #MOST_BYTES} bytes; the message is for an operator and never shows the password
   */
  String read() throws IOException;

  /** One that stays as it is. */
  static Password of(String password) {
    return () -> password;
  }

  /** The first line of a file, which somebody may write anew when the password is rotated. */
  static Password inFile(Path file) {
    return () -> {
      try (var in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new IOException(file + " holds more than a password");
        }
        return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      } catch (IOException e) {
        throw new IOException("the password can't be read from " + e.getMessage(), e);
      }
    };
  }
}
