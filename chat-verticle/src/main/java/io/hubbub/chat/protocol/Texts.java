package io.hubbub.chat.protocol;

import org.jspecify.annotations.Nullable;

/** What text may be. Pure. */
public final class Texts {
  /** How long a user id may be, in bytes of UTF-8. */
  public static final int MAX_USER_BYTES = 128;

  /** How long a key may be, in bytes of UTF-8. */
  public static final int MAX_KEY_BYTES = 64;

  private Texts() {}

  /** Whether it can be stored: no U+0000 and no lone surrogate. */
  public static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether it is storable, not empty and without control characters. */
  public static boolean line(@Nullable String text) {
    return text != null
        && !text.isEmpty()
        && storable(text)
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** Whether it could be a user id. */
  public static boolean userId(@Nullable String text) {
    return text != null && line(text) && utf8Length(text) <= MAX_USER_BYTES;
  }

  /** Whether a client may use it as a key. */
  public static boolean key(@Nullable String text) {
    return text != null && line(text) && utf8Length(text) <= MAX_KEY_BYTES;
  }

  /** How many bytes of UTF-8 it takes; a lone surrogate counts as three. */
  public static int utf8Length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        length += 3;
      }
    }
    return length;
  }
}
