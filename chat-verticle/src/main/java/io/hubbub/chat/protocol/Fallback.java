package io.hubbub.chat.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client shows for an entry of a kind that it does not know, in plain English. */
final class Fallback {
  private static final int NAMED = 3;

  private Fallback() {}

  static String created(String from, @Nullable String name) {
    return name == null ? from + " began the conversation" : from + " created “" + name + "”";
  }

  static String joined(String from, List<String> users) {
    return users.equals(List.of(from)) ? from + " joined" : from + " added " + some(users);
  }

  static String left(String from, List<String> users) {
    return users.equals(List.of(from)) ? from + " left" : from + " removed " + some(users);
  }

  static String renamed(String from, String name) {
    return from + " named it “" + name + "”";
  }

  static String role(String from, @Nullable String user, @Nullable String role) {
    return from + " made " + user + ("owner".equals(role) ? " an owner" : " a member");
  }

  private static String some(List<String> users) {
    if (users.isEmpty()) {
      return "nobody";
    }
    if (users.size() == 1) {
      return users.get(0);
    }
    if (users.size() <= NAMED) {
      return String.join(", ", users.subList(0, users.size() - 1))
          + " and "
          + users.get(users.size() - 1);
    }
    int others = users.size() - NAMED + 1;
    return String.join(", ", users.subList(0, NAMED - 1)) + " and " + others + " others";
  }
}
