package io.hubbub.chat.rest;

import io.hubbub.chat.protocol.JsonOut;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code page} of administrators' lists: where one ends, in a form that no client reads. */
final class AdminPages {
  private static final int MAX_LENGTH = 1_000;

  private AdminPages() {}

  /**
   * Ends a list.
   *
   * @param next where it goes on, or null
   * @param silent the nodes that were not heard
   */
  static Answer end(JsonOut out, @Nullable String next, List<String> silent) {
    if (next != null) {
      out.field("page", write(next));
    }
    out.name("silent").array();
    silent.forEach(node -> out.value(node));
    return Answer.bulk(out.endArray().endObject());
  }

  private static String write(String place) {
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
