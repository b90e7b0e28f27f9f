package io.hubbub.server.config;

import java.util.Locale;

/**
 * One setting.
 *
 * @param name the dotted name, in the file and, after two dashes, on the command line
 * @param parser reads its text
 * @param standard the text of its default; empty for none
 * @param unit what a number counts, for the help; empty where there is nothing to count
 * @param help one line for {@code --help}
 * @param <T> what its text means
 */
public record Setting<T>(String name, Parser<T> parser, String standard, String unit, String help) {

  /** The name in the environment: {@code HUBBUB_HTTP_PORT} for {@code http.port}. */
  public String variable() {
    return Settings.VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
