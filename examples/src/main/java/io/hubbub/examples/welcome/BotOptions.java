package io.hubbub.examples.welcome;

import io.hubbub.cluster.ServiceOptions;
import io.hubbub.examples.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the bot is told on its command line.
 *
 * @param room which room
 * @param user as whom it talks
 * @param position where it keeps how far it has come
 * @param service which cluster, and how to join it
 */
record BotOptions(UUID room, String user, PositionFile position, ServiceOptions service) {
  static final String USAGE =
      """
      --room=ID               the room's id; somebody in it adds the bot
      --as=NAME               the bot's user (default welcome-bot)
      --position.file=FILE    where it keeps how far it has come (default welcome-bot.position)
      --cluster.members=LIST  addresses of nodes, host or host:port, by commas
      --cluster.name=NAME     and every other cluster setting, as the nodes have it
      """;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with one line that names what is wrong
   */
  static BotOptions of(List<String> arguments) {
    Map<String, String> settings = CommandLine.settings(arguments, "room|as|position\\.file");
    String user = settings.getOrDefault("as", "welcome-bot");
    return new BotOptions(
        room(settings.getOrDefault("room", "")),
        user,
        new PositionFile(
            Path.of(settings.getOrDefault("position.file", "welcome-bot.position"))
                .toAbsolutePath()),
        ServiceOptions.of("welcome-bot", settings));
  }

  private static UUID room(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("room: expected the id of a room", e);
    }
  }
}
