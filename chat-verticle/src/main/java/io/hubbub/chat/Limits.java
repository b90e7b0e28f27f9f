package io.hubbub.chat;

/**
 * What a client may do; told in {@code hello}. 0 means no limit where it says so.
 *
 * @param frameBytes the largest message from a client
 * @param bodyBytes the largest text of a message, in UTF-8 bytes
 * @param inFlight how many commands of a session may wait for their reply
 * @param perSecond commands of a session a second, on average over five; 0: no limit
 * @param since how many conversations {@code hello} may name in {@code since}
 * @param replyBytes about how large the largest reply becomes
 * @param members how many users one join or leave may name
 * @param users how many ids one {@code users} may name
 * @param follow how many conversations a session follows at most, the most recently active first
 * @param behind how many entries a session may be behind and still have them pushed; else {@code
 *     gap}
 * @param outboxBytes how many bytes may wait for a session before it is told {@code gap}
 * @param sessionsPerUser sessions of one user on this node; 0: no limit
 * @param sessionsPerAddress sessions from one address on this node; 0: no limit
 * @param handshakesPerSecond new sockets a second on this node; 0: no limit
 */
public record Limits(
    int frameBytes,
    int bodyBytes,
    int inFlight,
    int perSecond,
    int since,
    int replyBytes,
    int members,
    int users,
    int follow,
    int behind,
    int outboxBytes,
    int sessionsPerUser,
    int sessionsPerAddress,
    int handshakesPerSecond) {
  /** Fit for a laptop and safe on the internet. */
  public static final Limits DEFAULT =
      new Limits(
          256 << 10, 64 << 10, 1_000, 100, 200, 1 << 20, 1_000, 200, 5_000, 10_000, 1 << 20, 50,
          500, 1_000);

  /** The longest key, in UTF-8 bytes. */
  public static final int KEY_BYTES = 64;
}
