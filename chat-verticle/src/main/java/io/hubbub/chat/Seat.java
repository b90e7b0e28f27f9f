package io.hubbub.chat;

/** A session's place in one conversation. Confined to the session's event loop. */
final class Seat {
  /** How the session is served. */
  enum State {
    /** The home has not answered yet from where on it delivers. */
    WAITING,
    /** Reads pages until it meets the live end. */
    CATCHING_UP,
    /** Is handed every entry as it comes. */
    LIVE,
    /** Is told the head now and then. */
    SUMMARY,
    /** Is told nothing more. */
    GONE
  }

  final SeatHolder session;
  final EdgeConversation conversation;

  /** The membership is known to hold as of this number: an older removal means nothing. */
  final long validFrom;

  State state = State.WAITING;

  /** While waiting or catching up: the number up to which the session has everything. */
  long at;

  /** Whether to go live, or to summary, once the home has answered. */
  boolean wantsLive;

  /** The session was too slow and must be told {@code gap} from {@link #at} on. */
  boolean gap;

  /** The number of a removal that is known but not delivered yet, or 0. */
  long leavesAt;

  /** The highest head told while in summary. */
  long told;

  Seat(
      SeatHolder session,
      EdgeConversation conversation,
      long at,
      long validFrom,
      boolean wantsLive) {
    this.session = session;
    this.conversation = conversation;
    this.at = at;
    this.told = at;
    this.validFrom = validFrom;
    this.wantsLive = wantsLive;
  }
}
