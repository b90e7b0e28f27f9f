package io.hubbub.chat.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.hubbub.chat.protocol.ClientCommand.Since;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
      command.id = id(json, command);
    } else if (name.equals("op")) {
      if (token == JsonToken.VALUE_STRING) {
        command.op = json.getText();
      } else {
        command.wrong = "op";
        json.skipChildren();
      }
    } else if (name.equals("since") && token == JsonToken.START_OBJECT) {
      since(json, command);
    } else {
      value(json, command, name, token);
    }
  }

  private static void value(JsonParser json, ClientCommand command, String name, JsonToken token)
      throws IOException {
    switch (token) {
      case VALUE_STRING -> command.putText(name, json.getText());
      case VALUE_NUMBER_INT -> {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          command.wrong = name;
        } else {
          command.putNumber(name, json.getLongValue());
        }
      }
      case VALUE_NUMBER_FLOAT -> command.wrong = name;
      case VALUE_TRUE -> command.putTruth(name, true);
      case VALUE_FALSE -> command.putTruth(name, false);
      case START_ARRAY -> {
        List<String> list = texts(json);
        if (list != null) {
          command.putList(name, list);
        }
      }
      default -> json.skipChildren();
    }
  }

  private static @Nullable String id(JsonParser json, ClientCommand command) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      String text = json.getText();
      return new String(
          new JsonOut().value(text).toBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return json.getText();
    }
    if (token != JsonToken.VALUE_NULL) {
      command.wrong = "id";
      json.skipChildren();
    }
    return null;
  }

  /** Each value is a number, or an object with {@code seq} and {@code at}. */
  private static void since(JsonParser json, ClientCommand command) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String conversation = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NUMBER_INT) {
        command.since.put(conversation, new Since(json.getLongValue(), 0));
      } else if (token == JsonToken.START_OBJECT) {
        command.since.put(conversation, position(json, command));
      } else {
        command.wrong = "since";
        json.skipChildren();
      }
    }
  }

  private static Since position(JsonParser json, ClientCommand command) throws IOException {
    long seq = 0;
    long at = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      boolean number = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
      if (name.equals("seq") && number) {
        seq = json.getLongValue();
      } else if (name.equals("at") && number) {
        at = json.getLongValue();
      } else {
        if (name.equals("seq")) {
          command.wrong = "since";
        }
        json.skipChildren();
      }
    }
    return new Since(seq, at);
  }

  /** The strings of an array, or null when something else is in it. */
  private static @Nullable List<String> texts(JsonParser json) throws IOException {
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
    return good ? list : null;
  }
}
