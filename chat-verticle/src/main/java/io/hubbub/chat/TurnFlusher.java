package io.hubbub.chat;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each session's outbox once per turn of the event loop, whatever was put into it: one frame
 * and one write for all that came together. Where many thousands have something to be written, the
 * others of this event loop come between. Confined to its event loop.
 */
final class TurnFlusher {
  private static final Logger LOG = LoggerFactory.getLogger(TurnFlusher.class);

  /** After so much time others come first; looked at every so many sessions. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int LOOK_EVERY = 64;

  private final Context context;
  private final Frames frames;
  private final Deque<Session> dirty = new ArrayDeque<>();
  private boolean scheduled;

  TurnFlusher(Context context, Frames frames) {
    this.context = context;
    this.frames = frames;
  }

  /** Adds a session that is not in it yet. */
  void add(Session session) {
    dirty.add(session);
    if (!scheduled) {
      schedule();
    }
  }

  private void schedule() {
    scheduled = true;
    context.runOnContext(turn -> flush());
  }

  private void flush() {
    scheduled = false;
    long until = System.nanoTime() + SLICE_NANOS;
    // Who has something again before all were written waits for the next turn.
    int count = dirty.size();
    for (int i = 0; i < count; i++) {
      if (i % LOOK_EVERY == LOOK_EVERY - 1 && System.nanoTime() > until) {
        break;
      }
      Session session = dirty.remove();
      try {
        session.flush();
      } catch (RuntimeException | OutOfMemoryError e) {
        // One connection's defect must not silence the others of this turn.
        LOG.error("Cannot write to session {}", session.id, e);
      }
    }
    frames.forget();
    if (!dirty.isEmpty() && !scheduled) {
      schedule();
    }
  }
}
