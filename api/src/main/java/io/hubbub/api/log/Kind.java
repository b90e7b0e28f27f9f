package io.hubbub.api.log;

import java.util.Locale;

/**
 * What a log entry is, and so what the command that made it did. The codes are stored and on the
 * wire; they never change.
 */
public enum Kind {
  /** Somebody said something. */
  MESSAGE(1, "message"),
  /** The author replaced the text of a message. */
  EDITED(2, "edited"),
  /** The author or an owner deleted a message. */
  DELETED(3, "deleted"),
  /** A member put a reaction on a message. */
  REACTED_ON(4, "reacted"),
  /** A member took a reaction back. */
  REACTED_OFF(5, "reacted"),
  /** A key was used up by {@code cancel} before its message came. */
  CANCELLED(6, "cancelled"),
  /** The conversation began. */
  CREATED(7, "created"),
  /** Users became members. */
  JOINED(8, "joined"),
  /** Users are members no more. */
  LEFT(9, "left"),
  /** The room got another name. */
  RENAMED(10, "renamed"),
  /** A member got another role. */
  ROLE(11, "role");

  private static final Kind[] BY_CODE = new Kind[values().length + 1];

  static {
    for (Kind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;
  private final String event;

  Kind(int code, String event) {
    this.code = code;
    this.event = event;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The {@code ev} of the client protocol. */
  public String event() {
    return event;
  }

  /** Whether it changes who is in the conversation or what they may do. */
  public boolean changesMembers() {
    return this == CREATED || this == JOINED || this == LEFT || this == ROLE;
  }

  /**
   * The kind of a code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Kind of(int code) {
    if (code < 1 || code >= BY_CODE.length) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "no such kind: %d", code));
    }
    return BY_CODE[code];
  }
}
