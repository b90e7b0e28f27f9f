package io.hubbub.system.soak;

import io.hubbub.system.client.ChatClient.Heard;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.client.Transcript.Seen;
import java.util.ArrayList;
import java.util.List;

/** What somebody was sent of the time when the log says that they were no member. */
final class Leaks {
  private Leaks() {}

  /**
   * Entries that came before the one by which they were a member again: from then on all of the log
   * is theirs to read.
   *
   * @param nanosOfEpoch what {@link System#nanoTime} was at the beginning of the epoch
   */
  static List<String> found(
      String user, String room, List<Heard> heard, Transcript history, long nanosOfEpoch) {
    List<String> leaks = new ArrayList<>();
    for (Heard each : heard) {
      if (each.json().containsKey("seq") && room.equals(each.json().getString("conversation"))) {
        long seq = each.json().getLong("seq");
        long millis = (each.nanos() - nanosOfEpoch) / 1_000_000;
        if (out(user, seq, history) && millis < backAt(user, seq, history)) {
          leaks.add(user + " was sent " + each.json() + ", out since before that");
        }
      }
    }
    return leaks;
  }

  /** Whether the last change of their membership before an entry was their end. */
  private static boolean out(String user, long seq, Transcript history) {
    boolean out = false;
    for (Seen entry : history.entries()) {
      if (entry.seq() >= seq) {
        break;
      }
      out = entry.users().contains(user) ? entry.ev().equals("left") : out;
    }
    return out;
  }

  /** When they were a member again, epoch milliseconds. */
  private static long backAt(String user, long seq, Transcript history) {
    return history.entries().stream()
        .filter(entry -> entry.seq() >= seq)
        .filter(entry -> entry.ev().equals("joined") && entry.users().contains(user))
        .mapToLong(Seen::at)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
