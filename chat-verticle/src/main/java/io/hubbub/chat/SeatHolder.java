package io.hubbub.chat;

import io.vertx.core.buffer.Buffer;

/** Who sits in a seat: takes lines, as far as there is room, and is told what becomes of it. */
interface SeatHolder {
  /** Whose it is. */
  String user();

  /** Whether others may know that its user is online, as far as it is for this session. */
  boolean visible();

  /** Whether it is to hear nothing of what another does, as one of the two blocks the other. */
  boolean hides(String other);

  /**
   * Offers lines that may be told as {@code gap} instead.
   *
   * @return false when too much waits already: nothing was added
   */
  boolean offer(Buffer lines);

  /**
   * Offers what may be dropped.
   *
   * @return false when it was
   */
  boolean offerEphemeral(Buffer line);

  /** Adds lines that must not be lost; whoever calls bounds how many. */
  void push(Buffer lines);

  /** Whether there is room for another page. */
  boolean roomy();

  /** A seat was too slow. */
  void behind(Seat seat);

  /**
   * Whether a seat may read pages now: a few of a session's do at a time. One that may not is
   * parked.
   */
  boolean mayRead(Seat seat);

  /** A seat reads no more: another may. */
  void readsNoMore(Seat seat);

  /** A seat cannot take its next page now. */
  void park(Seat seat);

  /** A membership ended with the entry handed on last. */
  void left(Seat seat);

  /** A membership turned out to be over. */
  void removed(Seat seat);
}
