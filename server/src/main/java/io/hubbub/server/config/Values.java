package io.hubbub.server.config;

import java.util.Map;

/** The value of every setting, each read once. Immutable. */
public final class Values {
  private final Map<Setting<?>, Object> parsed;

  Values(Map<Setting<?>, Object> parsed) {
    this.parsed = Map.copyOf(parsed);
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // The reader puts in what the setting's own parser returned.
  <T> T get(Setting<T> setting) {
    Object value = parsed.get(setting);
    if (value == null) {
      throw new IllegalStateException("not in the table: " + setting.name());
    }
    return (T) value;
  }
}
