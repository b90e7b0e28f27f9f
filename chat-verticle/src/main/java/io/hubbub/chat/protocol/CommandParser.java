package io.hubbub.chat.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.hubbub.chat.protocol.ClientCommand.Other;
import io.hubbub.chat.protocol.ClientCommand.Places;
import io.hubbub.chat.protocol.ClientCommand.Since;
import io.hubbub.chat.protocol.ClientCommand.Strings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses lines of the client protocol in one pass and without a tree. Unknown fields are skipped;
 * depth and number lengths are bounded.
 */
public final class CommandParser {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_DIGITS = 40;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_DIGITS)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private CommandParser() {}

  /**
   * Parses one line.
   *
   * @throws IOException when it is not one JSON object
   */
  public static ClientCommand parse(byte[] bytes, int from, int length) throws IOException {
    try (JsonParser json = FACTORY.createParser(bytes, from, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a line must be one JSON object");
      }
      ClientCommand command = new ClientCommand();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        field(json, command, name);
      }
      if (json.nextToken() != null) {
        throw new IOException("a line must be one JSON object");
      }
      return command;
    }
  }

  private static void field(JsonParser json, ClientCommand command, String name)
      throws IOException {
    JsonToken token = json.currentToken();
    if (name.equals("id")) {
      command.id = id(json);
    } else if (name.equals("op") && token == JsonToken.VALUE_STRING) {
      command.op = json.getText();
    } else {
      Object value = value(json, name, token);
      if (value != null) {
        command.put(name, value);
      }
    }
  }

  private static @Nullable Object value(JsonParser json, String name, JsonToken token)
      throws IOException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> whole(json) ? (Object) json.getLongValue() : Other.VALUE;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case START_ARRAY -> texts(json);
      case START_OBJECT -> {
        if (name.equals("since")) {
          yield since(json);
        }
        json.skipChildren();
        yield Other.VALUE;
      }
      default -> Other.VALUE;
    };
  }

  /** Whether the token is a number of 64 bits. */
  private static boolean whole(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  private static @Nullable String id(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      String text = json.getText();
      return new String(
          new JsonOut().value(text).toBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  /** The places, each a number or an object with {@code seq} and {@code at}. */
  private static Object since(JsonParser json) throws IOException {
    Map<String, Since> places = new LinkedHashMap<>();
    boolean good = true;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String conversation = json.currentName();
      JsonToken token = json.nextToken();
      Since place =
          token == JsonToken.START_OBJECT
              ? place(json)
              : new Since(whole(json) ? json.getLongValue() : -1, 0);
      good &= place.seq() >= 0;
      places.put(conversation, place);
      json.skipChildren();
    }
    return good ? new Places(places) : Other.VALUE;
  }

  /** One place; its number is below 0 where it is none. */
  private static Since place(JsonParser json) throws IOException {
    long seq = -1;
    long at = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("seq")) {
        seq = whole(json) ? json.getLongValue() : -1;
      } else if (name.equals("at") && whole(json)) {
        at = json.getLongValue();
      }
      json.skipChildren();
    }
    return new Since(seq, at);
  }

  /** The strings of an array, or {@link Other} when something else is in it. */
  private static Object texts(JsonParser json) throws IOException {
    List<String> list = new ArrayList<>();
    boolean good = true;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == null) {
        throw new IOException("an array does not end");
      }
      if (token == JsonToken.VALUE_STRING) {
        list.add(json.getText());
      } else {
        good = false;
        json.skipChildren();
      }
    }
    return good ? new Strings(list) : Other.VALUE;
  }
}
