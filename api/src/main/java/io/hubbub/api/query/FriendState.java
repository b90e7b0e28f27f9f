package io.hubbub.api.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What another is to a user, as this user may know it. Who is blocked sees the same as who was
 * declined. The codes are on the wire and in the database and never change.
 */
public enum FriendState {
  /** Nothing. */
  NONE(0),
  /** The user asked and has no answer. */
  REQUESTED(1),
  /** The other asked. */
  INCOMING(2),
  /** Both asked. */
  FRIENDS(3),
  /** The user blocks the other. */
  BLOCKED(4);

  private final int code;

  FriendState(int code) {
    this.code = code;
  }

  /** Its number on the wire and in the database. */
  public int code() {
    return code;
  }

  /** The name used by clients, such as {@code friends}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a number; those of a newer version are {@link #NONE}. */
  public static FriendState ofCode(int code) {
    for (FriendState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    return NONE;
  }

  /** The state of a name, or null where there is none. */
  public static @Nullable FriendState ofLabel(String label) {
    for (FriendState state : values()) {
      if (state.label().equals(label)) {
        return state;
      }
    }
    return null;
  }
}
