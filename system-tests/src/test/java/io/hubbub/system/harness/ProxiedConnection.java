package io.hubbub.system.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection through the proxy, a thread for each way. It understands PostgreSQL's protocol as
 * far as to know which statement a client runs and where a reply ends: {@code ReadyForQuery} comes
 * after the commit.
 */
final class ProxiedConnection {
  private final DatabaseProxy proxy;
  private final Socket client;
  private final Socket server;
  private final Map<String, String> statements = new HashMap<>();
  private volatile boolean swallowing;

  ProxiedConnection(DatabaseProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void start() {
    PgFrames replies = new PgFrames(true, new Server());
    pump("to PostgreSQL", client, server, new PgFrames(false, new Client(replies)), false);
    pump("from PostgreSQL", server, client, replies, true);
  }

  /** Takes the connection away from both sides, with whatever is on its way. */
  void reset() {
    reset(client);
    reset(server);
    proxy.ended(this);
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      // Then there is nothing to reset.
    }
    try {
      socket.close();
    } catch (IOException closedAlready) {
      // As above.
    }
  }

  private void pump(String name, Socket from, Socket to, PgFrames frames, boolean replies) {
    Thread thread =
        new Thread(
            () -> {
              byte[] buffer = new byte[64 << 10];
              try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                  proxy.gate().pass();
                  frames.take(buffer, read);
                  if (!(replies && swallowing)) {
                    out.write(buffer, 0, read);
                  }
                }
                to.close();
                from.close();
              } catch (IOException broken) {
                reset();
              }
              proxy.ended(this);
            },
            "database proxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Parse names a statement, Bind runs one; both begin with text that ends with a zero. */
  private final class Client implements PgFrames.Ears {
    private final PgFrames replies;

    Client(PgFrames replies) {
      this.replies = replies;
    }

    @Override
    public void message(char type, byte[] body) {
      if (type == 'P') {
        String name = text(body, 0);
        statements.put(name, text(body, name.getBytes(StandardCharsets.UTF_8).length + 1));
      } else if (type == 'B') {
        String portal = text(body, 0);
        String name = text(body, portal.getBytes(StandardCharsets.UTF_8).length + 1);
        if (proxy.cutsReplyTo(statements.getOrDefault(name, ""))) {
          swallowing = true;
        }
      }
    }

    @Override
    public void encryptionAsked() {
      replies.skipOne();
    }
  }

  private final class Server implements PgFrames.Ears {
    @Override
    public void message(char type, byte[] body) {
      if (type == 'Z' && swallowing) {
        proxy.hasCut();
        reset();
      }
    }

    @Override
    public void encryptionAsked() {
      throw new IllegalStateException("a server asks for nothing");
    }
  }

  private static String text(byte[] body, int from) {
    int to = from;
    while (to < body.length && body[to] != 0) {
      to++;
    }
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }
}
