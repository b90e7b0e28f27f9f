package io.hubbub.server.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How fast counts rise, on average over the newest samples. Pure; confined to one thread. */
final class Rates {
  private record Sample(long millis, List<Double> counts) {}

  private final int samples;
  private final Deque<Sample> kept = new ArrayDeque<>();

  /**
   * Nothing yet.
   *
   * @param samples over how many steps to average
   */
  Rates(int samples) {
    this.samples = samples;
  }

  /** The counts at a time of a steady clock. */
  void sample(long millis, List<Double> counts) {
    kept.add(new Sample(millis, counts));
    if (kept.size() > samples + 1) {
      kept.remove();
    }
  }

  /** A second, of the count at this place; 0 while there is only one sample. */
  long perSecond(int place) {
    Sample first = kept.peekFirst();
    Sample last = kept.peekLast();
    if (first == null || last == null || first.millis() == last.millis()) {
      return 0;
    }
    double risen = last.counts().get(place) - first.counts().get(place);
    return Math.round(Math.max(0, risen) * 1000 / (last.millis() - first.millis()));
  }
}
