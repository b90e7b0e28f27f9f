package io.hubbub.chat;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each session's outbox once per turn of the event loop, whatever was put into it: one frame
 * and one write for all that came together. Confined to its event loop.
 */
final class TurnFlusher {
  private static final Logger LOG = LoggerFactory.getLogger(TurnFlusher.class);

  private final Context context;
  private final Frames frames;
  private List<Session> dirty = new ArrayList<>();
  private boolean scheduled;

  TurnFlusher(Context context, Frames frames) {
    this.context = context;
    this.frames = frames;
  }

  /** Adds a session that is not in it yet. */
  void add(Session session) {
    dirty.add(session);
    if (!scheduled) {
      scheduled = true;
      context.runOnContext(turn -> flush());
    }
  }

  private void flush() {
    scheduled = false;
    List<Session> now = dirty;
    dirty = new ArrayList<>(now.size());
    for (int i = 0; i < now.size(); i++) {
      Session session = now.get(i);
      try {
        session.flush();
      } catch (RuntimeException | OutOfMemoryError e) {
        // One connection's defect must not silence the others of this turn.
        LOG.error("Cannot write to session {}", session.id, e);
      }
    }
    frames.forget();
  }
}
