package io.hubbub.chat;

import io.vertx.core.buffer.Buffer;

/** How a session reaches its client. Used on the session's event loop only. */
interface Transport {
  /** Takes one or more lines to be sent. The bytes may be shared and are not changed. */
  void write(Buffer lines);

  /** Sends what was taken. */
  void flush();

  /** Whether so much is on its way that writing should wait; {@link Session#writable} follows. */
  boolean full();

  /** Reads no more until {@link #resume}: a client that does not read is not heard either. */
  void pause();

  /** Reads again. */
  void resume();

  /** Asks for a sign of life. */
  void ping();

  /** Ends the connection. */
  void close(CloseCode code, String reason);
}
