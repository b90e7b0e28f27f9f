package io.hubbub.api.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The current view and those who want to know when it changes. Safe from any thread; listeners are
 * called on the thread of the update and hop to their own context themselves.
 */
public final class Views {
  private final List<Consumer<View>> listeners = new CopyOnWriteArrayList<>();
  private volatile View current;

  /** Starts with a view. */
  public Views(View first) {
    this.current = first;
  }

  /** The newest view. */
  public View current() {
    return current;
  }

  /** Calls the listener with the current view now and with each later one, until closed. */
  public AutoCloseable listen(Consumer<View> listener) {
    synchronized (this) {
      listeners.add(listener);
      listener.accept(current);
    }
    return () -> listeners.remove(listener);
  }

  /** Replaces the view; does nothing when it is the same. */
  public synchronized void update(View view) {
    if (view.equals(current)) {
      return;
    }
    current = view;
    listeners.forEach(listener -> listener.accept(view));
  }
}
