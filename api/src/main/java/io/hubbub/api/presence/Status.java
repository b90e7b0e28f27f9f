package io.hubbub.api.presence;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a user is to be seen. The codes are on the wire and in the database and never change. */
public enum Status {
  /** No session, or none that others may know of. */
  OFFLINE(0),
  /** At least one session is in use. */
  ONLINE(1),
  /** All sessions are idle, or the user said so. */
  AWAY(2),
  /** The user said so. */
  BUSY(3),
  /** Looks offline to everybody else. */
  INVISIBLE(4);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  /** Its number on the wire and in the database. */
  public int code() {
    return code;
  }

  /** The status of a number; those of a newer version are {@link #ONLINE}. */
  public static Status ofCode(int code) {
    for (Status status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    return ONLINE;
  }

  /** The name used by clients, such as {@code online}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a name, or null where there is none. */
  public static @Nullable Status ofLabel(String label) {
    for (Status status : values()) {
      if (status.label().equals(label)) {
        return status;
      }
    }
    return null;
  }

  /** Whether others can tell it from {@link #OFFLINE}. */
  public boolean visible() {
    return this != OFFLINE && this != INVISIBLE;
  }
}
