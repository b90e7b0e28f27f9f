package io.hubbub.chat.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code page} of administrators' lists: where one ends, in a form that no client reads. */
final class AdminPages {
  private static final int MAX_LENGTH = 1_000;

  private AdminPages() {}

  /** The text of a place. */
  static String write(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /** The place of a text; empty where there is none. Refuses what is no such text. */
  static String read(@Nullable String page) {
    if (page == null) {
      return "";
    }
    if (page.length() <= MAX_LENGTH) {
      try {
        return new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        // Answered below.
      }
    }
    throw Call.bad("page is not from an earlier answer");
  }
}
