package io.hubbub.server.config;

/**
 * Reads the text of a setting.
 *
 * @param <T> what the text means
 */
@FunctionalInterface
interface Parser<T> {
  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException when it stands for none; the message says what is expected
   */
  T parse(String text);
}
