package io.hubbub.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.UUID;

/**
 * Reads lines of {@code hubbub.v1} as fast as they come. A message, which is nearly all there is,
 * begins with fields in a fixed order, so its number, sender and stamp stand at known places, which
 * are checked; whatever does not look like that goes the slow way.
 */
final class Lines {
  private static final String BEFORE_ID = "{\"ev\":\"message\",\"conversation\":\"";
  private static final int ID = BEFORE_ID.length();
  private static final int AFTER_ID = ID + 36;
  private static final int NUMBER = AFTER_ID + "\",\"seq\":".length();
  private static final int LEAST = NUMBER + 10;
  private static final long EV_M = longOf("{\"ev\":\"m");
  private static final long SEQ = longOf("\",\"seq\":");
  private static final long FROM = longOf("\"from\":\"");
  private static final long BODY = longOf("\"body\":\"");
  private static final int BETWEEN_NAME_AND_BODY =
      "\",\"at\":1700000000000,\"key\":\"".length() + 36 + "\",".length();

  private Lines() {}

  /** A conversation's id as a number that is easily read from its text: never 0 for real ids. */
  static long id(UUID id) {
    String text = id.toString();
    return longOf(text.substring(0, 8)) ^ Long.rotateLeft(longOf(text.substring(28)), 4);
  }

  /**
   * Reads one line.
   *
   * @return whether it was a message; else nothing was done
   */
  static boolean message(Client client, ByteBuf in, int from, int to) {
    if (to - from < LEAST
        || in.getLong(from) != EV_M
        || in.getLong(from + AFTER_ID) != SEQ
        || in.getByte(to - 1) != '}') {
      return false;
    }
    long id = in.getLong(from + ID) ^ Long.rotateLeft(in.getLong(from + ID + 28), 4);
    int at = from + NUMBER;
    long number = 0;
    for (byte digit = in.getByte(at); digit != ','; digit = in.getByte(++at)) {
      number = number * 10 + (digit - '0');
    }
    client.entry(id, number);
    if (client.looks()) {
      look(client, in, at + 1);
    }
    return true;
  }

  private static void look(Client client, ByteBuf in, int from) {
    if (in.getLong(from) != FROM) {
      client.wrong("no sender where it should be");
      return;
    }
    int name = from + 8;
    int end = name;
    while (in.getByte(end) != '"') {
      end++;
    }
    int body = end + BETWEEN_NAME_AND_BODY;
    if (in.getLong(body) != BODY) {
      client.wrong("no body where it should be");
      return;
    }
    client.stamped(same(in, name, end, client.userBytes), hex(in, body + 8));
  }

  private static boolean same(ByteBuf in, int from, int to, byte[] bytes) {
    if (to - from != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (in.getByte(from + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static long hex(ByteBuf in, int from) {
    long value = 0;
    for (int i = 0; i < 16; i++) {
      value = value << 4 | Character.digit(in.getByte(from + i), 16);
    }
    return value;
  }

  /** Eight letters of ASCII as they are read from a buffer at once. */
  static long longOf(String eight) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | eight.charAt(i);
    }
    return value;
  }
}
