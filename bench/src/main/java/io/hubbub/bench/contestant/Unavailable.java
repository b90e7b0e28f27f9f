package io.hubbub.bench.contestant;

/** A contestant cannot run on this machine; the report says why, and the others go on. */
public final class Unavailable extends Exception {
  /** With the reason, as one line. */
  public Unavailable(String reason) {
    super(reason);
  }
}
