package io.hubbub.chat.protocol;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a client, as it was parsed. A field's type is looked at when the field is asked for,
 * so fields that nobody knows may be anything. Filled by {@link CommandParser} alone.
 */
public final class ClientCommand {
  /** The client's own number or name of it, as raw JSON for the reply; null for no reply. */
  public @Nullable String id;

  /** What it wishes. */
  public @Nullable String op;

  private final Map<String, Object> values = new HashMap<>();

  /**
   * Where a client ended.
   *
   * @param seq the number of the last entry it holds
   * @param at the time of that entry, or 0 where it does not say
   */
  public record Since(long seq, long at) {}

  /** The value of a field that is an array of strings alone. */
  record Strings(List<String> strings) {}

  /** The value of {@code since} that is an object of places alone. */
  record Places(Map<String, Since> since) {}

  /** The value of a field that is nothing that any command takes: a fraction, a nested object. */
  enum Other {
    VALUE
  }

  /** Keeps the value of a field: a text, a whole number, a truth, or what stands for the rest. */
  void put(String name, Object value) {
    values.put(name, value);
  }

  /** Whether a field is there, and not null. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A text that may be missing.
   *
   * @throws HubbubException {@code bad_request} when it is something else
   */
  public @Nullable String maybeText(String name) {
    Object value = values.get(name);
    if (value != null && !(value instanceof String)) {
      throw bad(name, "a string");
    }
    return (String) value;
  }

  /**
   * A text that must be there.
   *
   * @throws HubbubException {@code bad_request}
   */
  public String text(String name) {
    String value = maybeText(name);
    if (value == null) {
      throw bad(name, "a string");
    }
    return value;
  }

  /**
   * A number that may be missing.
   *
   * @throws HubbubException {@code bad_request} when it is something else
   */
  public long number(String name, long otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Long number)) {
      throw bad(name, "a whole number");
    }
    return number;
  }

  /**
   * The number of a log entry that must be there.
   *
   * @throws HubbubException {@code bad_request} when it is missing or below 1
   */
  public long seq(String name) {
    long value = number(name, 0);
    if (value < 1) {
      throw bad(name, "the number of an entry");
    }
    return value;
  }

  /**
   * A truth that may be missing.
   *
   * @throws HubbubException {@code bad_request} when it is something else
   */
  public boolean truth(String name, boolean otherwise) {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Boolean truth)) {
      throw bad(name, "true or false");
    }
    return truth;
  }

  /**
   * A truth that must be there.
   *
   * @throws HubbubException {@code bad_request}
   */
  public boolean truth(String name) {
    if (!has(name)) {
      throw bad(name, "true or false");
    }
    return truth(name, false);
  }

  /**
   * A list of texts that must be there.
   *
   * @throws HubbubException {@code bad_request}, {@code too_large}
   */
  public List<String> list(String name, int most) {
    if (!(values.get(name) instanceof Strings list)) {
      throw bad(name, "a list of strings");
    }
    if (list.strings().size() > most) {
      throw new HubbubException(ErrorCode.TOO_LARGE, name + " may hold " + most + " at most");
    }
    return list.strings();
  }

  /**
   * Where a client ended in each conversation; empty where it does not say.
   *
   * @throws HubbubException {@code bad_request}, {@code too_large}
   */
  public Map<String, Since> places(int most) {
    Object value = values.get("since");
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Places places)) {
      throw bad("since", "an object of numbers, or of objects with \"seq\" and \"at\"");
    }
    if (places.since().size() > most) {
      throw new HubbubException(ErrorCode.TOO_LARGE, "\"since\" may name " + most + " at most");
    }
    return places.since();
  }

  /**
   * Where a client ended in the one conversation that it names, a number or an object with {@code
   * seq}; null where it does not say.
   *
   * @throws HubbubException {@code bad_request}
   */
  public @Nullable Since place() {
    if (!has("since")) {
      return null;
    }
    if (values.get("since") instanceof Places places) {
      Since held = places.since().get("seq");
      Since at = places.since().get("at");
      if (held == null) {
        throw bad("since", "a number, or an object with \"seq\"");
      }
      return new Since(held.seq(), at == null ? 0 : at.seq());
    }
    long since = number("since", 0);
    if (since < 0) {
      throw bad("since", "at least 0");
    }
    return new Since(since, 0);
  }

  private static HubbubException bad(String name, String what) {
    return new HubbubException(ErrorCode.BAD_REQUEST, "\"" + name + "\" must be " + what);
  }
}
