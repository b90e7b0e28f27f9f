package io.hubbub.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What an event loop of an edge counts. Those of one node count together. Confined to its loop. */
final class EdgeCounts {
  private final Counter pulls;
  private final Counter catchUps;
  private final Counter gaps;
  private final Counter resets;
  private final Counter commands;
  private final Counter frames;
  private final Counter bytes;
  private final Timer lag;
  private double sentFrames;
  private double sentBytes;

  EdgeCounts(MeterRegistry metrics) {
    this.pulls = metrics.counter("hubbub.pages", "for", "hole");
    this.catchUps = metrics.counter("hubbub.pages", "for", "catching-up");
    this.gaps = metrics.counter("hubbub.gaps");
    this.resets = metrics.counter("hubbub.resets");
    this.commands = metrics.counter("hubbub.commands");
    this.frames = metrics.counter("hubbub.sent.frames");
    this.bytes = metrics.counter("hubbub.sent.bytes");
    this.lag = metrics.timer("hubbub.eventloop.lag");
  }

  /** A client has sent a command. */
  void command() {
    commands.increment();
  }

  /** A frame of lines was written to a client; counted with the next {@link #tick}. */
  void sent(int length) {
    sentFrames++;
    sentBytes += length;
  }

  /**
   * A second has passed.
   *
   * @param late by how many milliseconds more
   */
  void tick(long late) {
    lag.record(Math.max(0, late), TimeUnit.MILLISECONDS);
    frames.increment(sentFrames);
    bytes.increment(sentBytes);
    sentFrames = 0;
    sentBytes = 0;
  }

  /** A page is read as deliveries have left a hole. */
  void pull() {
    pulls.increment();
  }

  /** A page is read for sessions that catch up. */
  void catchUp() {
    catchUps.increment();
  }

  /** A session was told that it gets summaries only. */
  void gap() {
    gaps.increment();
  }

  /** A session was told to drop what it holds. */
  void reset() {
    resets.increment();
  }
}
