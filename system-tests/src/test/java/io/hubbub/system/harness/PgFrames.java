package io.hubbub.system.harness;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Finds the messages of PostgreSQL's protocol in the bytes of one direction of a connection. */
final class PgFrames {
  private static final int HEAD = 5;
  private static final int ENCRYPTION_REQUEST = 8;

  /** Hears each message. */
  interface Ears {
    /**
     * A whole message.
     *
     * @param type its first byte
     * @param body what follows the length; only its beginning where it is long
     */
    void message(char type, byte[] body);

    /** A client asks for encryption; the server answers with one bare byte. */
    void encryptionAsked();
  }

  private static final int KEPT = 16 << 10;

  private final Ears ears;
  private byte[] kept = new byte[0];
  private boolean typed;
  private long skip;

  /** Of a server, whose messages all have a type; or of a client, whose first has none. */
  PgFrames(boolean server, Ears ears) {
    this.typed = server;
    this.ears = ears;
  }

  /** The next byte is no message. */
  synchronized void skipOne() {
    skip++;
  }

  /** The next bytes have come. */
  synchronized void take(byte[] bytes, int length) {
    int at = (int) Math.min(skip, length);
    skip -= at;
    if (at == length) {
      return;
    }
    byte[] all = Arrays.copyOf(kept, kept.length + length - at);
    System.arraycopy(bytes, at, all, kept.length, length - at);
    int from = 0;
    while (true) {
      int head = typed ? HEAD : HEAD - 1;
      if (all.length - from < head) {
        break;
      }
      long size = ByteBuffer.wrap(all).getInt(from + head - 4) + head - 4L;
      int there = all.length - from;
      if (there < size && there < KEPT) {
        break;
      }
      int end = from + (int) Math.min(size, there);
      if (typed) {
        ears.message((char) all[from], Arrays.copyOfRange(all, from + head, end));
      }
      if (!typed && size == ENCRYPTION_REQUEST) {
        ears.encryptionAsked();
      } else {
        typed = true;
      }
      skip = size - (end - from);
      from = end;
    }
    kept = Arrays.copyOfRange(all, from, all.length);
  }
}
