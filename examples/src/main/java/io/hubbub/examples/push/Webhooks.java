package io.hubbub.examples.push;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The webhooks of users, in a file: a JSON object of URLs by user. */
final class Webhooks {
  private Webhooks() {}

  /**
   * Reads all of them. Blocking.
   *
   * @param most how many there may be
   * @throws IllegalArgumentException with one line that names what is wrong
   */
  static Map<String, URI> read(Path file, int most) {
    JsonObject json;
    try {
      json = new JsonObject(Files.readString(file));
    } catch (IOException | DecodeException e) {
      throw new IllegalArgumentException(
          "webhooks: expected a JSON object of URLs by user in " + file, e);
    }
    if (json.size() > most) {
      throw new IllegalArgumentException("webhooks: expected " + most + " users at most");
    }
    Map<String, URI> hooks = new HashMap<>();
    json.forEach(field -> hooks.put(field.getKey(), hook(field.getKey(), field.getValue())));
    return hooks;
  }

  /** The URL itself is not named in an error: whoever knows it may use it. */
  private static URI hook(String user, Object value) {
    try {
      URI hook = URI.create(String.valueOf(value));
      if (String.valueOf(hook.getScheme()).matches("https?") && hook.getHost() != null) {
        return hook;
      }
    } catch (IllegalArgumentException e) {
      // As if it were the URL of something else.
    }
    throw new IllegalArgumentException("webhooks: expected an http or https URL for " + user);
  }
}
