package io.hubbub.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code hubbub.v1}, with a token and {@code hello}. */
public final class HubbubDialect implements Dialect {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int HELLO = 0;
  private static final int WATCH = 2;

  private final Function<String, String> tokens;
  private final boolean greets;

  private HubbubDialect(Function<String, String> tokens, boolean greets) {
    this.tokens = tokens;
    this.greets = greets;
  }

  /** With a token for each user. */
  public static HubbubDialect with(Function<String, String> tokens) {
    return new HubbubDialect(tokens, true);
  }

  /** For the bare servers: the same lines, but rooms are named when the socket is opened. */
  public static HubbubDialect bare() {
    return new HubbubDialect(user -> "", false);
  }

  @Override
  public String path(Client client) {
    if (greets) {
      return "/v1/socket";
    }
    StringBuilder path = new StringBuilder("/?user=").append(client.user()).append("&rooms=");
    client.rooms().forEach(room -> path.append(room.id()).append(','));
    return path.toString();
  }

  @Override
  public String subprotocol() {
    return greets ? "hubbub.v1" : "";
  }

  @Override
  public void opened(Client client) {
    if (!greets) {
      client.ready();
      return;
    }
    StringBuilder hello = new StringBuilder("{\"op\":\"hello\",\"id\":").append(HELLO);
    hello.append(",\"live\":\"all\",\"token\":\"").append(tokens.apply(client.user())).append('"');
    hello.append(",\"since\":{");
    String comma = "";
    for (World.Room room : client.rooms()) {
      long last = client.last(room.id());
      if (last > 0) {
        hello.append(comma).append('"').append(room.id()).append("\":").append(last);
        comma = ",";
      }
    }
    client.write(hello.append("}}").toString());
  }

  @Override
  public void frame(Client client, ByteBuf data, int from, int to) {
    int start = from;
    while (start < to) {
      int newline = data.indexOf(start, to, (byte) '\n');
      int end = newline < 0 ? to : newline;
      if (!Lines.message(client, data, start, end)) {
        other(client, data.toString(start, end - start, StandardCharsets.UTF_8));
      }
      start = end + 1;
    }
  }

  @Override
  public String message(Client client, World.Room room, String key, String body) {
    return "{\"op\":\"send\",\"conversation\":\""
        + room.id()
        + "\",\"key\":\""
        + key
        + "\",\"body\":\""
        + body
        + "\",\"id\":1}";
  }

  /** The command to be told how all members of a room are seen. */
  public static String watch(World.Room room) {
    StringBuilder users = new StringBuilder();
    room.members().forEach(i -> users.append(",\"").append(World.name(i)).append('"'));
    return "{\"op\":\"watch\",\"id\":" + WATCH + ",\"users\":[" + users.substring(1) + "]}";
  }

  /** Replies, and events that are no message. */
  private void other(Client client, String line) {
    if (line.startsWith("{\"id\":1,\"ok\":") && line.endsWith("}")) {
      return;
    }
    try (JsonParser json = JSON.createParser(line)) {
      String event = null;
      String conversation = null;
      long number = 0;
      long id = -1;
      String user = "";
      String status = "";
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "id" -> id = json.getValueAsLong(-1);
          case "ev" -> event = json.getText();
          case "conversation" -> conversation = json.getText();
          case "seq" -> number = json.getLongValue();
          case "user" -> user = json.getText();
          case "status" -> status = json.getText();
          case "error" -> client.error(code(json));
          case "ok" -> {
            if (id == HELLO) {
              hello(client, json);
            } else if (id == WATCH) {
              watched(client, json);
            } else if (value == JsonToken.START_OBJECT) {
              json.skipChildren();
            }
          }
          default -> json.skipChildren();
        }
      }
      if ("presence".equals(event)) {
        client.seen(user, status);
      } else {
        event(client, event, conversation, number);
      }
    } catch (IOException | IllegalArgumentException e) {
      client.wrong("not to be read: " + line);
    }
  }

  private static void event(
      Client client, @Nullable String event, @Nullable String conversation, long number) {
    if (conversation != null && number > 0) {
      client.entry(Lines.id(UUID.fromString(conversation)), number);
    } else if ("gap".equals(event) || "reset".equals(event) || "reconnect".equals(event)) {
      client.wrong("event " + event);
    }
  }

  /** {@code {"users":[{"user":…,"status":…},…]}}. */
  private static void watched(Client client, JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        String user = "";
        String status = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          if (name.equals("user")) {
            user = json.getText();
          } else if (name.equals("status")) {
            status = json.getText();
          }
        }
        client.seen(user, status);
      }
    }
  }

  private static String code(JsonParser json) throws IOException {
    String code = "?";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("code")) {
        code = json.getText();
      }
      json.skipChildren();
    }
    return code;
  }

  /** Entries come after the head of each row, and after {@code since} where that was named. */
  private static void hello(Client client, JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("conversations") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          row(client, json);
        }
      } else {
        json.skipChildren();
      }
    }
    client.ready();
  }

  private static void row(Client client, JsonParser json) throws IOException {
    UUID id = null;
    long head = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("id")) {
        id = UUID.fromString(json.getText());
      } else if (name.equals("head")) {
        head = json.getLongValue();
      }
      json.skipChildren();
    }
    if (id != null && client.last(id) == 0) {
      client.begins(id, head);
    }
  }
}
