package io.hubbub.system.soak;

/** When, by {@link System#nanoTime}, the copy was made that a log goes back to, and when it did. */
final class Moments {
  private volatile long copied;
  private volatile long wentBack;

  void copied() {
    copied = System.nanoTime();
  }

  void wentBack() {
    wentBack = System.nanoTime();
  }

  /** Whether what was acknowledged then may be lost. */
  boolean mayBeLost(long answered) {
    return copied != 0 && answered >= copied && (wentBack == 0 || answered <= wentBack);
  }
}
