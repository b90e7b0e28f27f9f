package io.hubbub.server.config;

import io.hubbub.api.cluster.Role;
import io.hubbub.chat.rest.Proxies;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values that settings have. */
final class Parsers {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h)?");

  private Parsers() {}

  /** Any text that is not blank. */
  static Parser<String> text() {
    return text -> {
      if (text.isBlank()) {
        throw new IllegalArgumentException("some text");
      }
      return text;
    };
  }

  /** A text or, when blank, nothing. */
  static Parser<Optional<String>> optional() {
    return text -> text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /** A whole number within bounds, both included. */
  static Parser<Integer> integer(int least, int most) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException notANumber) {
        // Said below, with the bounds.
      }
      throw new IllegalArgumentException("a whole number from " + least + " to " + most);
    };
  }

  /** A number within bounds, both included, such as {@code 0.5}. */
  static Parser<Double> decimal(int least, int most) {
    return text -> {
      if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
        double value = Double.parseDouble(text);
        if (value >= least && value <= most) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number from " + least + " to " + most);
    };
  }

  /** {@code true} or {@code false}, nothing else. */
  static Parser<Boolean> bool() {
    return text ->
        switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("true or false");
        };
  }

  /** A length of time such as {@code 500ms}, {@code 10s} or {@code 5m}; seconds without a unit. */
  static Parser<Duration> duration(Duration least, Duration most) {
    return text -> {
      Matcher matcher = DURATION.matcher(text);
      if (matcher.matches()) {
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        Duration value =
            switch (unit) {
              case "ms" -> Duration.ofMillis(amount);
              case "m" -> Duration.ofMinutes(amount);
              case "h" -> Duration.ofHours(amount);
              default -> Duration.ofSeconds(amount);
            };
        if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          "a time such as 500ms, 10s or 5m, from " + show(least) + " to " + show(most));
    };
  }

  /** One of some words, as the constant that is called so, ignoring case. */
  static <E extends Enum<E>> Parser<E> word(Class<E> type) {
    return text -> {
      for (E constant : type.getEnumConstants()) {
        if (label(constant).equals(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "one of "
              + String.join(
                  ", ", Arrays.stream(type.getEnumConstants()).map(Parsers::label).toList()));
    };
  }

  /** Words separated by commas; blank ones are left out. */
  static Parser<List<String>> list() {
    return text ->
        Arrays.stream(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Addresses of proxies, or blocks of them, separated by commas; none when blank. */
  static Parser<Proxies> proxies() {
    return text -> new Proxies(list().parse(text));
  }

  /** At least one role of those that a node can be given. */
  static Parser<Set<Role>> roles(Set<Role> offered) {
    return text -> {
      Set<Role> roles = EnumSet.noneOf(Role.class);
      for (String word : list().parse(text)) {
        offered.stream().filter(role -> role.label().equals(word)).forEach(roles::add);
        if (offered.stream().noneMatch(role -> role.label().equals(word))) {
          roles.clear();
          break;
        }
      }
      if (roles.isEmpty()) {
        throw new IllegalArgumentException(
            "one or more of "
                + String.join(", ", offered.stream().map(Role::label).sorted().toList())
                + ", separated by commas");
      }
      return roles;
    };
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String show(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
