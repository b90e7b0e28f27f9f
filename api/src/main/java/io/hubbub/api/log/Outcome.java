package io.hubbub.api.log;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param error why nothing was appended, or null when the entry is there
 * @param message the error in words, or null
 * @param seq the entry's number
 * @param at the entry's time, epoch milliseconds of the database
 * @param target the entry that it changed, or 0
 * @param duplicate whether the entry was there before
 */
public record Outcome(
    @Nullable ErrorCode error,
    @Nullable String message,
    long seq,
    long at,
    long target,
    boolean duplicate)
    implements Wire {

  /** The entry is there. */
  public static Outcome appended(long seq, long at, long target, boolean duplicate) {
    return new Outcome(null, null, seq, at, target, duplicate);
  }

  /** Nothing was appended. */
  public static Outcome failed(ErrorCode error, String message) {
    return new Outcome(error, message, 0, 0, 0, false);
  }

  @Override
  public void write(Out out) {
    out.u8(error == null ? 0 : error.number()).text(message);
    out.varint(seq).varint(at).varint(target).bool(duplicate);
  }

  /** The inverse of {@link #write}; a code of a newer version reads as {@code internal}. */
  public static Outcome read(In in) {
    int number = in.u8();
    ErrorCode error = number == 0 ? null : ErrorCode.of(number);
    return new Outcome(
        number != 0 && error == null ? ErrorCode.INTERNAL : error,
        in.maybeText(),
        in.varint(),
        in.varint(),
        in.varint(),
        in.bool());
  }
}
