package io.hubbub.system.client;

import io.hubbub.system.client.Transcript.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
