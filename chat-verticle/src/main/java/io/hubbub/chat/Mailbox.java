package io.hubbub.chat;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands work to another event loop, in order and with one wake-up for all that has come together.
 * Safe from any thread.
 */
final class Mailbox {
  private final Context context;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();

  Mailbox(Context context) {
    this.context = context;
  }

  void post(Runnable task) {
    work.add(task);
    if (woken.compareAndSet(false, true)) {
      context.runOnContext(now -> drain());
    }
  }

  private void drain() {
    woken.set(false);
    for (Runnable task = work.poll(); task != null; task = work.poll()) {
      task.run();
    }
  }
}
