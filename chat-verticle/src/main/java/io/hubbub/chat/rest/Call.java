package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request, as its operation sees it; what is not as documented is refused here. */
final class Call {
  /** The longest page of a list of small things. */
  static final int MAX_PAGE = 1_000;

  private static final int DEFAULT_PAGE = 100;

  private final RoutingContext context;
  private final Proxies proxies;
  private final @Nullable Identity identity;
  private final JsonObject body;

  Call(RoutingContext context, Proxies proxies, @Nullable Identity identity, JsonObject body) {
    this.context = context;
    this.proxies = proxies;
    this.identity = identity;
    this.body = body;
  }

  /** Who calls. */
  Identity identity() {
    if (identity == null) {
      throw new HubbubException(ErrorCode.UNAUTHENTICATED, "log in first");
    }
    return identity;
  }

  /** The id of the user who calls. */
  String user() {
    return identity().user();
  }

  /** The address that the request came from. */
  String address() {
    return proxies.client(context.request());
  }

  /** The response, for those that take it over. */
  HttpServerResponse response() {
    return context.response();
  }

  /** A header, or null. */
  @Nullable String header(String name) {
    return context.request().getHeader(name);
  }

  /** The conversation that the path names. */
  ConversationRef conversation() {
    return ConversationRef.of(path("id"), user());
  }

  /** The user that the path names. */
  String pathUser() {
    String user = path("user");
    if (!Texts.userId(user)) {
      throw bad("that is not the id of a user");
    }
    return user;
  }

  /** A text of the path, of at most 256 characters. */
  String pathText(String name) {
    String text = path(name);
    if (text.isEmpty() || text.length() > 256 || !Texts.storable(text)) {
      throw bad(name + " is not an id");
    }
    return text;
  }

  private String path(String name) {
    String value = context.pathParam(name);
    return value == null ? "" : value;
  }

  /** A text of the query string, or null. */
  @Nullable String query(String name) {
    List<String> values = context.queryParam(name);
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1 || !Texts.storable(values.get(0))) {
      throw bad(name + " is given twice or is no text");
    }
    return values.get(0);
  }

  /** A number of the query string, or null; below the minimum or not a number is refused. */
  @Nullable Long number(String name, long minimum) {
    String text = query(name);
    if (text == null) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= minimum) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw bad(name + " is not a number of at least " + minimum);
  }

  /** How many of a list are asked for: 100 by default, at most {@link #MAX_PAGE}. */
  int limit() {
    return limit(DEFAULT_PAGE, MAX_PAGE);
  }

  /** How many are asked for: at least 1; more than the maximum means the maximum. */
  int limit(int byDefault, int maximum) {
    Long limit = number("limit", 1);
    return limit == null ? byDefault : (int) Math.min(limit, maximum);
  }

  /** The {@code Idempotency-Key}, or null. */
  @Nullable String key() {
    String key = context.request().getHeader("Idempotency-Key");
    if (key != null && !(Texts.key(key) && key.chars().allMatch(c -> c < 0x7f))) {
      throw bad("Idempotency-Key is not 1 to 64 characters of ASCII");
    }
    return key;
  }

  /** The {@code Idempotency-Key}, or a fresh one. */
  String keyOrFresh() {
    String key = key();
    return key == null ? UUID.randomUUID().toString() : key;
  }

  /** Whether the body has a field. */
  boolean has(String name) {
    return body.getValue(name) != null;
  }

  /** A text of the body that must be there, of a bounded number of bytes. */
  String text(String name, int maxBytes) {
    if (!(body.getValue(name) instanceof String text)) {
      throw bad(name + " is not a text");
    }
    return checked(name, text, maxBytes);
  }

  /** A text of the body for one line, without control characters. */
  String line(String name, int maxBytes) {
    String text = text(name, maxBytes);
    if (!Texts.line(text)) {
      throw bad(name + " is empty or has control characters");
    }
    return text;
  }

  /** A user id of the body. */
  String userId(String name) {
    return line(name, Texts.MAX_USER_BYTES);
  }

  /** User ids of the body, none where the field is missing. */
  List<String> userIds(String name, int maximum) {
    if (!(body.getValue(name, new JsonArray()) instanceof JsonArray array)) {
      throw bad(name + " is not a list");
    }
    if (array.size() > maximum) {
      throw new HubbubException(ErrorCode.TOO_LARGE, name + " has more than " + maximum);
    }
    Set<String> users = new LinkedHashSet<>();
    for (Object item : array) {
      if (!(item instanceof String text)) {
        throw bad(name + " has what is not a text");
      }
      if (!Texts.userId(checked(name, text, Texts.MAX_USER_BYTES))) {
        throw bad(name + " has what is not the id of a user");
      }
      users.add(text);
    }
    return List.copyOf(users);
  }

  /** A number of the body, 0 where the field is missing. */
  long number(String name) {
    Object value = body.getValue(name, 0);
    if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
      return ((Number) value).longValue();
    }
    throw bad(name + " is not a number of at least 0");
  }

  static HubbubException bad(String why) {
    return new HubbubException(ErrorCode.BAD_REQUEST, why);
  }

  private static String checked(String name, String text, int maxBytes) {
    if (!Texts.storable(text)) {
      throw new HubbubException(ErrorCode.BAD_TEXT, name + " has U+0000 or a lone surrogate");
    }
    if (Texts.utf8Length(text) > maxBytes) {
      throw new HubbubException(
          ErrorCode.TOO_LARGE, name + " is longer than " + maxBytes + " bytes");
    }
    return text;
  }
}
