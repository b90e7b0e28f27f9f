package io.hubbub.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;

/**
 * Socket.IO 4 over Engine.IO 4 over WebSocket. A message is the same JSON as Hubbub's, as the one
 * argument of an event, and its number is checked in the same way.
 */
public final class SocketIoDialect implements Dialect {
  private static final JsonFactory JSON = new JsonFactory();

  /** Engine.IO: the server's first packet, its ping, and our answer to that. */
  private static final byte OPEN = '0';

  private static final byte PING = '2';
  private static final String PONG = "3";

  /** Engine.IO's message with Socket.IO's kinds of packet. */
  private static final String CONNECT = "40";

  private static final String EVENT = "42";
  private static final String ACK = "43";
  private static final String REFUSED = "44";

  private static final String MESSAGE = "42[\"message\",";
  private static final long MESSAGE_BEGINS = Lines.longOf(MESSAGE.substring(0, 8));
  private static final int AFTER = MESSAGE.length();

  private final Function<String, String> tokens;

  /** With a token for each user. */
  public SocketIoDialect(Function<String, String> tokens) {
    this.tokens = tokens;
  }

  @Override
  public String path(Client client) {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  @Override
  public String subprotocol() {
    return "";
  }

  /** The server speaks first. */
  @Override
  public void opened(Client client) {}

  @Override
  public void frame(Client client, ByteBuf data, int from, int to) {
    if (to - from > AFTER
        && data.getLong(from) == MESSAGE_BEGINS
        && data.getByte(to - 1) == ']'
        && Lines.message(client, data, from + AFTER, to - 1)) {
      return;
    }
    String packet = data.toString(from, to - from, StandardCharsets.UTF_8);
    switch (data.getByte(from)) {
      case OPEN -> client.write(CONNECT + "{\"token\":\"" + tokens.apply(client.user()) + "\"}");
      case PING -> client.write(PONG);
      default -> other(client, packet);
    }
  }

  /** The number of the acknowledgement is the client's own affair, and always the same. */
  @Override
  public String message(Client client, World.Room room, String key, String body) {
    return EVENT
        + "1[\"send\",{\"conversation\":\""
        + room.id()
        + "\",\"key\":\""
        + key
        + "\",\"body\":\""
        + body
        + "\"}]";
  }

  private static void other(Client client, String packet) {
    try {
      if (packet.startsWith(ACK)) {
        answer(client, packet.substring(packet.indexOf('[')));
      } else if (packet.startsWith(EVENT + "[\"hello\",")) {
        hello(client, packet.substring(EVENT.length()));
      } else if (packet.startsWith(REFUSED)) {
        client.wrong("refused: " + packet);
      } else if (!packet.startsWith(CONNECT)) {
        client.wrong("unknown packet: " + packet);
      }
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      client.wrong("not to be read: " + packet);
    }
  }

  /** {@code [{"ok":7}]} or {@code [{"error":"not_member"}]}. */
  private static void answer(Client client, String arguments) throws IOException {
    try (JsonParser json = JSON.createParser(arguments)) {
      json.nextToken();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("error")) {
          client.error(json.getText());
        }
      }
    }
  }

  /** {@code ["hello",{"conversations":[{"id":"...","head":7}]}]}: entries come after each head. */
  private static void hello(Client client, String arguments) throws IOException {
    try (JsonParser json = JSON.createParser(arguments)) {
      UUID id = null;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "id".equals(json.currentName())) {
          id = UUID.fromString(json.getText());
        } else if (id != null && "head".equals(json.currentName()) && token.isNumeric()) {
          if (client.last(id) == 0) {
            client.begins(id, json.getLongValue());
          }
        }
      }
    }
    client.ready();
  }
}
