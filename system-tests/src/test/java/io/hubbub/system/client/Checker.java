package io.hubbub.system.client;

import io.hubbub.system.client.Transcript.Seen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what happened in one conversation: what history holds, what each client saw, what was
 * acknowledged, and in which order each sender spoke. Texts in it must not have been changed.
 */
public final class Checker {
  /**
   * An acknowledged message.
   *
   * @param from who sent it
   * @param key with which key
   * @param seq the number it was acknowledged with
   * @param body what was sent
   */
  public record Ack(String from, String key, long seq, String body) {}

  private static final int TOLD = 20;

  private final List<String> wrong = new ArrayList<>();
  private final Map<Long, Seen> truth = new HashMap<>();
  private final Map<String, Seen> byKey = new HashMap<>();
  private final List<Seen> history;

  /** Begins with the history, which must be whole. */
  public Checker(Transcript history) {
    this.history = history.entries();
    for (Seen entry : history.entries()) {
      truth.putIfAbsent(entry.seq(), entry);
      if (!entry.key().isEmpty()) {
        Seen other = byKey.putIfAbsent(entry.from() + "\n" + entry.key(), entry);
        if (other != null) {
          wrong.add("key " + entry.key() + " has numbers " + other.seq() + ", " + entry.seq());
        }
      }
    }
    consecutive(history);
  }

  /** A client's log must be consecutive, agree with history, and end where its owner left. */
  public Checker saw(Transcript log) {
    consecutive(log);
    boolean out = false;
    for (Seen entry : log.entries()) {
      Seen real = truth.get(entry.seq());
      if (!entry.equals(real)) {
        wrong.add(log.who() + " saw " + brief(entry) + " where history has " + brief(real));
      }
      boolean names = entry.users().contains(log.who());
      if (out && !(names && entry.ev().equals("joined"))) {
        wrong.add(log.who() + " saw " + brief(entry) + " after leaving");
      }
      if (names && (entry.ev().equals("left") || entry.ev().equals("joined"))) {
        out = entry.ev().equals("left");
      }
    }
    return this;
  }

  /** What was acknowledged must be in history, at its number, byte for byte. */
  public Checker acknowledged(List<Ack> acks) {
    for (Ack ack : acks) {
      Seen real = truth.get(ack.seq());
      if (real == null
          || !real.key().equals(ack.key())
          || !real.from().equals(ack.from())
          || !real.body().equals(ack.body())) {
        wrong.add(
            "acknowledged " + ack.key() + " at " + ack.seq() + ", history has " + brief(real));
      }
    }
    return this;
  }

  /** A sender's messages must be in the order in which they were sent. */
  public Checker sent(String from, List<String> keysInOrder) {
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < keysInOrder.size(); i++) {
      place.put(keysInOrder.get(i), i);
    }
    int last = -1;
    for (Seen entry : history) {
      Integer at = entry.from().equals(from) ? place.get(entry.key()) : null;
      if (at != null && at < last) {
        wrong.add(from + "'s " + entry.key() + " came after a later one, at " + entry.seq());
      }
      last = at == null ? last : Math.max(last, at);
    }
    return this;
  }

  /** Every entry must be of somebody who was a member then, as the log itself tells. */
  public Checker rights() {
    Set<String> members = new HashSet<>();
    for (Seen entry : history) {
      boolean made = entry.ev().equals("created");
      if (!made && !members.contains(entry.from())) {
        wrong.add(brief(entry) + " is of nobody who was a member");
      }
      if (made) {
        members.add(entry.from());
      }
      if (made || entry.ev().equals("joined")) {
        members.addAll(entry.users());
      } else if (entry.ev().equals("left")) {
        entry.users().forEach(members::remove);
      }
    }
    return this;
  }

  /** What somebody was refused for good must not be there. */
  public Checker refused(String from, Collection<String> keys) {
    for (String key : keys) {
      Seen real = byKey.get(from + "\n" + key);
      if (real != null) {
        wrong.add(from + " was refused " + key + ", history has " + brief(real));
      }
    }
    return this;
  }

  /**
   * Nothing may appear long after it was said and not said again.
   *
   * @param said when each key was said last, epoch milliseconds
   */
  public Checker late(String from, Map<String, Long> said, long boundMillis) {
    said.forEach(
        (key, when) -> {
          Seen real = byKey.get(from + "\n" + key);
          if (real != null && real.at() - when > boundMillis) {
            wrong.add(
                from + "'s " + key + " appeared " + (real.at() - when) + " ms after it was said");
          }
        });
    return this;
  }

  /** Times may stand still, but never fall. */
  public Checker times() {
    long last = 0;
    for (Seen entry : history) {
      if (entry.at() < last) {
        wrong.add(entry.seq() + " has an earlier time than the one before it");
      }
      last = entry.at();
    }
    return this;
  }

  private void consecutive(Transcript log) {
    long expected = log.start() + 1;
    for (Seen entry : log.entries()) {
      if (entry.seq() != expected) {
        wrong.add(log.who() + " has " + entry.seq() + " where " + expected + " belongs");
      }
      expected = entry.seq() + 1;
    }
  }

  private static String brief(@org.jspecify.annotations.Nullable Seen entry) {
    return entry == null
        ? "nothing"
        : entry.ev() + " " + entry.seq() + " of " + entry.from() + " (" + entry.key() + ")";
  }

  /** Everything that is wrong, nothing if all is well. */
  public List<String> violations() {
    return List.copyOf(wrong);
  }

  /** Fails when anything is wrong. */
  public void assertClean() {
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          wrong.size()
              + " violations:\n"
              + String.join("\n", wrong.subList(0, Math.min(TOLD, wrong.size()))));
    }
  }
}
