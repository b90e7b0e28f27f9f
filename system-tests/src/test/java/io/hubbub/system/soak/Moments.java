package io.hubbub.system.soak;

/**
 * What a fault did, as far as it changes what may be expected. Times by {@link System#nanoTime}.
 */
final class Moments {
  private volatile long copied;
  private volatile long wentBack;
  private volatile int paused = -1;

  void copied() {
    copied = System.nanoTime();
  }

  void wentBack() {
    wentBack = System.nanoTime();
  }

  void paused(int node) {
    paused = node;
  }

  /** Whether a node was paused: what clients had sent to it, it reads and does when it goes on. */
  boolean wasPaused(int node) {
    return paused == node;
  }

  /** Whether what was acknowledged then may be lost. */
  boolean mayBeLost(long answered) {
    return copied != 0 && answered >= copied && (wentBack == 0 || answered <= wentBack);
  }
}
