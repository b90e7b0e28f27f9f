package io.hubbub.server.config;

import java.util.Set;

/** Which settings are never shown. */
final class Secrets {
  private static final Set<Setting<?>> SECRET = Set.of(Settings.AUTH_SECRET, Settings.DATABASE_URL);

  private Secrets() {}

  /** The value as it may be shown. */
  static String mask(Setting<?> setting, String value) {
    return SECRET.contains(setting) ? "…" : value;
  }
}
