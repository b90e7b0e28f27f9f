package io.hubbub.bench.load;

import io.netty.buffer.ByteBuf;

/** How a contestant is spoken to over its WebSocket. All calls come on the load's event loop. */
public interface Dialect {
  /** The path and query that a client opens. */
  String path(Client client);

  /** The subprotocol to ask for; empty for none. */
  String subprotocol();

  /** The socket is open: say who it is. Calls {@link Client#ready} now or when it is answered. */
  void opened(Client client);

  /** A whole text frame has come: parse all of it, and tell the client what is in it. */
  void frame(Client client, ByteBuf data, int from, int to);

  /**
   * A message as one text frame.
   *
   * @param key 36 letters, another one for each message
   * @param body what is said; nothing in it needs quoting
   */
  String message(Client client, World.Room room, String key, String body);
}
