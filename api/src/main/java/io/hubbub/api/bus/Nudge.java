package io.hubbub.api.bus;

/** Changes were committed: read them now. */
public record Nudge() implements Wire {
  @Override
  public void write(Out out) {}

  /** The inverse of {@link #write}. */
  public static Nudge read(In in) {
    return new Nudge();
  }
}
