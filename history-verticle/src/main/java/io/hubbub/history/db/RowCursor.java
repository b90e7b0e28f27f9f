package io.hubbub.history.db;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's reading of conversations stands. Either all of them by activity, the newest first
 * ({@code since} 0), or those changed since a transaction, by id; {@code mark} is the transaction
 * from which the next reading goes on when this one is through. As text: {@code
 * epoch.since.mark.at.last}, opaque to clients.
 *
 * @param epoch the log it belongs to, the first 8 hex digits
 * @param since transactions below have been read, or 0
 * @param mark the watermark when this reading began, or 0 before it has
 * @param at the time of the last conversation given
 * @param last the last conversation given, or null at the beginning
 */
record RowCursor(String epoch, long since, long mark, long at, @Nullable UUID last) {
  private static final Pattern DOT = Pattern.compile("\\.");

  /** Reads one; what is not of this log or not a cursor begins anew, as rows may repeat. */
  static RowCursor parse(@Nullable String text, Moment now) {
    String epoch = now.shortEpoch();
    long watermark = now.watermark();
    RowCursor anew = new RowCursor(epoch, 0, watermark, Long.MAX_VALUE, null);
    if (text == null) {
      return anew;
    }
    String[] parts = DOT.split(text, -1);
    if (parts.length != 5 || !parts[0].equals(epoch)) {
      return anew;
    }
    try {
      long since = Long.parseLong(parts[1]);
      long mark = Long.parseLong(parts[2]);
      UUID last = parts[4].isEmpty() ? null : UUID.fromString(parts[4]);
      if (since < 0 || since > watermark || mark > watermark) {
        return anew;
      }
      return new RowCursor(
          epoch, since, mark == 0 ? watermark : mark, Long.parseLong(parts[3]), last);
    } catch (IllegalArgumentException notOurs) {
      return anew;
    }
  }

  /** Whether all of a user's conversations are to be read and none has been. */
  boolean isBeginning() {
    return since == 0 && last == null;
  }

  /** Further on in the same reading. */
  RowCursor after(long lastAt, UUID lastGiven) {
    return new RowCursor(epoch, since, mark, lastAt, lastGiven);
  }

  /** The reading is through: the next one begins at its mark. */
  RowCursor through() {
    return new RowCursor(epoch, mark, 0, 0, null);
  }

  /** Its text. */
  String text() {
    return epoch + "." + since + "." + mark + "." + at + "." + (last == null ? "" : last);
  }
}
