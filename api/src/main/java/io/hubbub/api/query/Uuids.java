package io.hubbub.api.query;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Identifiers that may be missing. */
final class Uuids {
  private Uuids() {}

  static @Nullable UUID maybe(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }
}
