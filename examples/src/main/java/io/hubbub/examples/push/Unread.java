package io.hubbub.examples.push;

import io.hubbub.api.log.Entry;
import io.hubbub.api.query.ConversationRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What users have not read, and what of it is to be pushed now: for each user and conversation one
 * push when a message has been unread, and the user away, for {@link PushLimits#afterMillis}. The
 * next one follows only after the user has read, or for what was said after the user had come back
 * or the push had failed for good. No I/O and no clock: times are milliseconds of any clock that
 * never goes back. Holds at most {@link PushLimits#conversations} for each user.
 */
final class Unread {
  private static final class Person {
    private final Map<UUID, Pending> pending = new LinkedHashMap<>();
    private boolean away;
    private long since;
  }

  /** A conversation with something unread. */
  private static final class Pending {
    private ConversationRow row;
    private Entry last;
    private long from;
    private int failures;

    /** The push that was handed out, until it has failed and is to be tried again. */
    private @Nullable Push push;

    /** What has a higher number is reason for another push. */
    private long settled = Long.MAX_VALUE;

    Pending(ConversationRow row, Entry last, long from) {
      this.row = row;
      this.last = last;
      this.from = from;
    }
  }

  private final PushLimits limits;
  private final RandomGenerator random;
  private final Map<String, Person> people = new HashMap<>();

  /**
   * Nobody is known to be away, and nothing to be unread.
   *
   * @param users whom it is about
   * @param random how long to wait before another attempt
   */
  Unread(Collection<String> users, PushLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
    users.forEach(user -> people.put(user, new Person()));
  }

  /** Those who are known to be away. */
  List<String> away() {
    return people.keySet().stream().filter(user -> person(user).away).toList();
  }

  /** A user is seen, or is not. */
  void seen(String user, boolean visible, long now) {
    Person person = person(user);
    if (visible) {
      person.pending.values().forEach(pending -> pending.settled = pending.last.seq());
    } else if (!person.away) {
      person.since = now;
    }
    person.away = !visible;
  }

  /** How a user has a conversation now. */
  void row(String user, ConversationRow row, long now) {
    Map<UUID, Pending> all = person(user).pending;
    Entry last = row.last();
    Pending pending = all.get(row.id());
    if (row.unread() == 0 || last == null) {
      all.remove(row.id());
    } else if (pending == null ? all.size() < limits.conversations() : anew(pending, row, last)) {
      all.put(row.id(), new Pending(row, last, now + limits.afterMillis()));
    } else if (pending != null) {
      pending.row = row;
      pending.last = last;
    }
  }

  /** Whether the user has read since, or a finished push does not stand for what came after it. */
  private static boolean anew(Pending pending, ConversationRow row, Entry last) {
    return row.read() > pending.row.read()
        || (pending.push != null && last.seq() > pending.settled);
  }

  /**
   * What is to be pushed now of a user's conversations. Each push is handed out once, and stands as
   * pushed unless it is told to be {@link #refused} or {@link #failed}.
   *
   * @param most how many at most; what is left is due later
   */
  List<Push> due(String user, int most, long now) {
    Person person = person(user);
    List<Push> due = new ArrayList<>();
    if (!person.away || now < person.since + limits.afterMillis()) {
      return due;
    }
    for (Pending pending : person.pending.values()) {
      if (due.size() < most && pending.push == null && now >= pending.from) {
        ConversationRow row = pending.row;
        Entry last = pending.last;
        Push push = new Push(user, row.id(), row.unread(), last.from(), last.at(), last.seq());
        pending.push = push;
        pending.settled = Long.MAX_VALUE;
        due.add(push);
      }
    }
    return due;
  }

  /** The webhook will not have this one; it may have what comes next. */
  void refused(Push push) {
    Pending pending = pending(push);
    if (pending != null) {
      pending.settled = push.seq();
    }
  }

  /**
   * An attempt has failed: it is due again later, if that was not the last one.
   *
   * @return whether there will be another attempt
   */
  boolean failed(Push push, long now) {
    Pending pending = pending(push);
    if (pending == null) {
      return false;
    }
    pending.failures++;
    if (pending.failures >= limits.attempts()) {
      pending.settled = push.seq();
      return false;
    }
    long doubled = limits.retryFirstMillis() << Math.min(pending.failures - 1, 30);
    pending.from = now + random.nextLong(1, Math.min(doubled, limits.retryMostMillis()) + 1);
    pending.push = null;
    return true;
  }

  /** Nothing is pushed for a user any more. */
  void forget(String user) {
    people.remove(user);
  }

  /** All that is known to be unread was of another log. */
  void clear() {
    people.values().forEach(person -> person.pending.clear());
  }

  /** That of a push, unless the user has read meanwhile. */
  private @Nullable Pending pending(Push push) {
    Pending pending = person(push.user()).pending.get(push.conversation());
    return pending != null && push.equals(pending.push) ? pending : null;
  }

  /** One whom it is not about is a stranger, whom it forgets. */
  private Person person(String user) {
    Person person = people.get(user);
    return person == null ? new Person() : person;
  }
}
