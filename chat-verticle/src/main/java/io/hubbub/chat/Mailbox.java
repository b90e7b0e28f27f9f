package io.hubbub.chat;

import io.vertx.core.Context;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands work to another event loop, in order and with one wake-up for all that has come together.
 * Safe from any thread.
 */
final class Mailbox {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
  private static final int AT_ONCE = 1_000;
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int LOOK_EVERY = 16;

  private final Context context;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  Mailbox(Context context) {
    this.context = context;
  }

  void post(Runnable task) {
    work.add(task);
    wake();
  }

  /** Hands over several, in order, which come together. */
  void post(List<Runnable> tasks) {
    work.addAll(tasks);
    wake();
  }

  /** Runs something at the end of this turn of the mailbox's own event loop, called from there. */
  void endOfTurn(Runnable task) {
    context.runOnContext(end -> task.run());
  }

  private void wake() {
    if (woken.compareAndSet(false, true)) {
      context.runOnContext(now -> drain());
    }
  }

  private void drain() {
    woken.set(false);
    long until = System.nanoTime() + SLICE_NANOS;
    for (int i = 0; i < AT_ONCE; i++) {
      if (i % LOOK_EVERY == LOOK_EVERY - 1 && System.nanoTime() > until) {
        break;
      }
      Runnable task = work.poll();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A task for another event loop failed", e);
      }
    }
    // Others of this event loop come first: sockets are read and written between.
    if (!work.isEmpty() && woken.compareAndSet(false, true)) {
      context.runOnContext(now -> drain());
    }
  }
}
