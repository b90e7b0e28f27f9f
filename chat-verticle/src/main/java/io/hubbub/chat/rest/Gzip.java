package io.hubbub.chat.rest;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses a whole body. */
final class Gzip {
  private Gzip() {}

  /** At level 1: JSON shrinks nearly as much as at 6, at a third of the time. */
  static Buffer fast(Buffer plain) {
    return at(Deflater.BEST_SPEED, plain);
  }

  /** At level 9, for what is compressed once and sent often. */
  static Buffer small(Buffer plain) {
    return at(Deflater.BEST_COMPRESSION, plain);
  }

  private static Buffer at(int level, Buffer plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length() / 3 + 64);
    try (Stream zip = new Stream(bytes, level)) {
      zip.write(plain.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static final class Stream extends GZIPOutputStream {
    Stream(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
