package io.hubbub.examples.welcome;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Optional;

/**
 * What the bot says to an entry. Key and text follow from the entry alone, so that an entry that
 * comes again after a restart is answered with the same message: the log has it already, and the
 * bot is told so. Pure.
 *
 * @param bot the bot's own user
 */
record Answers(String bot) {
  /** How many are welcomed by name. */
  private static final int NAMES = 5;

  /**
   * A message to send.
   *
   * @param key names the entry that is answered
   */
  record Answer(String key, String text) {}

  Optional<Answer> to(Entry entry) {
    if (entry.from().equals(bot) && entry.kind() == Kind.MESSAGE) {
      return Optional.empty();
    }
    String body = entry.body() == null ? "" : entry.body();
    return switch (entry.kind()) {
      case JOINED -> welcome(entry.seq(), new JsonArray(body));
      case MESSAGE ->
          body.strip().equals("!ping")
              ? Optional.of(new Answer("pong/" + entry.seq(), "pong to " + entry.seq()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Answer> welcome(long seq, JsonArray joined) {
    List<String> names =
        joined.stream().map(String::valueOf).filter(user -> !user.equals(bot)).toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String all = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    String more = names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "";
    return Optional.of(new Answer("welcome/" + seq, "Welcome, " + all + more + "!"));
  }
}
