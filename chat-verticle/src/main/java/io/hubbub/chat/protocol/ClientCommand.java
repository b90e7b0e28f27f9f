package io.hubbub.chat.protocol;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a client, as it was parsed: a field that was not there is null or 0; a field of the
 * wrong type is named in {@link #wrong}. Filled by {@link CommandParser} alone.
 */
public final class ClientCommand {
  /** The client's own number or name of it, as raw JSON for the reply; null for no reply. */
  public @Nullable String id;

  /** What it wishes. */
  public @Nullable String op;

  /** The first field that is of the wrong type, or null. */
  public @Nullable String wrong;

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final Map<String, Boolean> truths = new LinkedHashMap<>();
  private final Map<String, List<String>> lists = new LinkedHashMap<>();

  /** Where a client ended in each conversation, from {@code since} of {@code hello}. */
  public final Map<String, Since> since = new LinkedHashMap<>();

  /**
   * Where a client ended.
   *
   * @param seq the number of the last entry it holds
   * @param at the time of that entry, or 0 where it does not say
   */
  public record Since(long seq, long at) {}

  void putText(String name, String value) {
    texts.put(name, value);
  }

  void putNumber(String name, long value) {
    numbers.put(name, value);
  }

  void putTruth(String name, boolean value) {
    truths.put(name, value);
  }

  void putList(String name, List<String> value) {
    lists.put(name, value);
  }

  /** A text that may be missing. */
  public @Nullable String maybeText(String name) {
    if (!texts.containsKey(name)
        && (numbers.containsKey(name) || truths.containsKey(name) || lists.containsKey(name))) {
      throw bad(name, "a string");
    }
    return texts.get(name);
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
    Long value = numbers.get(name);
    if (value == null) {
      if (texts.containsKey(name) || truths.containsKey(name) || lists.containsKey(name)) {
        throw bad(name, "a whole number");
      }
      return otherwise;
    }
    return value;
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
    Boolean value = truths.get(name);
    if (value == null) {
      if (texts.containsKey(name) || numbers.containsKey(name) || lists.containsKey(name)) {
        throw bad(name, "true or false");
      }
      return otherwise;
    }
    return value;
  }

  /**
   * A list of texts that must be there.
   *
   * @throws HubbubException {@code bad_request}, {@code too_large}
   */
  public List<String> list(String name, int most) {
    List<String> value = lists.get(name);
    if (value == null) {
      throw bad(name, "a list of strings");
    }
    if (value.size() > most) {
      throw new HubbubException(ErrorCode.TOO_LARGE, name + " may hold " + most + " at most");
    }
    return value;
  }

  private static HubbubException bad(String name, String what) {
    return new HubbubException(ErrorCode.BAD_REQUEST, "\"" + name + "\" must be " + what);
  }
}
