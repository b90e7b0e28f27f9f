package io.hubbub.system.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Very many clients who are there and say nothing, each at one of several addresses. They come back
 * as the protocol asks: where they are told to move they connect anew first, and where they are
 * lost, after a random time.
 */
public final class Bystanders implements AutoCloseable {
  private static final int ADDRESSES = 50;
  private static final int AT_ONCE = 50;
  private static final long BACK_MILLIS = 500;
  private static final long LONGEST_BACK_MILLIS = 8_000;

  private final Vertx vertx = Vertx.vertx();
  private final List<Bystander> all = new ArrayList<>();
  private final AtomicInteger there = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private Bystanders() {}

  /**
   * They begin to come.
   *
   * @param place over TLS
   * @param certificate what it shows, a PEM file
   * @param token a user's
   */
  public static Bystanders coming(
      URI place, Path certificate, List<String> users, UnaryOperator<String> token) {
    Bystanders made = new Bystanders();
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost(place.getHost())
            .setPort(place.getPort())
            .setSsl(true)
            .setURI("/v1/socket")
            .addSubProtocol("hubbub.v1")
            .setTimeout(LONGEST_BACK_MILLIS);
    for (int i = 0; i < users.size(); i++) {
      WebSocketClientOptions options =
          new WebSocketClientOptions()
              .setMaxConnections(users.size())
              .setLocalAddress("127.0.1." + (1 + i % ADDRESSES))
              .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
      WebSocketClient client =
          i < ADDRESSES
              ? made.vertx.createWebSocketClient(options)
              : made.all.get(i % ADDRESSES).client;
      made.all.add(made.new Bystander(client, to, token.apply(users.get(i))));
    }
    made.next(new AtomicInteger(), AT_ONCE);
    return made;
  }

  private void next(AtomicInteger index, int atOnce) {
    for (int i = 0; i < atOnce; i++) {
      int number = index.getAndIncrement();
      if (number < all.size()) {
        all.get(number).connect().onComplete(done -> next(index, 1));
      }
    }
  }

  /** How many are there. */
  public int there() {
    return there.get();
  }

  /** How many times one of them has become known to a node. */
  public int connections() {
    return connections.get();
  }

  /** How many attempts to connect were in vain. */
  public int failures() {
    return failures.get();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private final class Bystander {
    private final WebSocketClient client;
    private final WebSocketConnectOptions to;
    private final String token;
    private int current;
    private boolean present;
    private long back = BACK_MILLIS;

    Bystander(WebSocketClient client, WebSocketConnectOptions to, String token) {
      this.client = client;
      this.to = to;
      this.token = token;
    }

    synchronized Future<?> connect() {
      int number = ++current;
      return client
          .connect(to)
          .onSuccess(socket -> opened(number, socket))
          .onFailure(
              failure -> {
                failures.incrementAndGet();
                lost(number);
              });
    }

    private void opened(int number, WebSocket socket) {
      socket.textMessageHandler(
          frame -> frame.lines().forEach(line -> heard(number, socket, line)));
      socket.closeHandler(closed -> lost(number));
      socket.exceptionHandler(failure -> socket.close());
      socket.writeTextMessage(
          new JsonObject().put("op", "hello").put("id", 1).put("token", token).encode());
    }

    private void heard(int number, WebSocket socket, String line) {
      JsonObject json = new JsonObject(line);
      if ("reconnect".equals(json.getString("ev"))) {
        vertx.setTimer(Math.max(1, json.getLong("afterMs")), now -> move(number, socket));
      } else if (Integer.valueOf(1).equals(json.getValue("id"))) {
        known(number);
      } else if ("ping".equals(json.getString("ev"))) {
        socket.writeTextMessage(new JsonObject().put("op", "ping").put("id", 2).encode());
      }
    }

    private synchronized void known(int number) {
      if (number == current) {
        back = BACK_MILLIS;
        connections.incrementAndGet();
        there.addAndGet(present ? 0 : 1);
        present = true;
      }
    }

    private synchronized void move(int number, WebSocket socket) {
      if (number == current) {
        connect().onComplete(done -> socket.close());
      }
    }

    private synchronized void lost(int number) {
      if (number == current) {
        there.addAndGet(present ? -1 : 0);
        present = false;
        current++;
        int mine = current;
        back = Math.min(LONGEST_BACK_MILLIS, 2 * back);
        vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(back), now -> again(mine));
      }
    }

    private synchronized void again(int mine) {
      if (mine == current) {
        connect();
      }
    }
  }
}
