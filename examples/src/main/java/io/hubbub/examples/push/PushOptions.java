package io.hubbub.examples.push;

import io.hubbub.cluster.ServiceOptions;
import io.hubbub.examples.CommandLine;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the service is told on its command line.
 *
 * @param webhooks by user
 * @param limits bounds and times
 * @param user as whom it takes part
 * @param service which cluster, and how to join it
 */
record PushOptions(
    Map<String, URI> webhooks, PushLimits limits, String user, ServiceOptions service) {
  static final String USAGE =
      """
      --webhooks=FILE         a JSON object of URLs by user: {"ada": "https://…"}
      --after=SECONDS         how long unread, and its user away, before it is pushed (default 60)
      --every=SECONDS         the pause between two looks at those who are away (default 1)
      --conversations=NUMBER  how many with something unread are remembered for each (default 50)
      --as=NAME               the service's user (default push)
      --cluster.members=LIST  addresses of nodes, host or host:port, by commas
      --cluster.name=NAME     and every other cluster setting, as the nodes have it
      """;

  /**
   * Reads a command line, and the file of webhooks that it names. Blocking.
   *
   * @throws IllegalArgumentException with one line that names what is wrong
   */
  static PushOptions of(List<String> arguments) {
    Map<String, String> settings =
        CommandLine.settings(arguments, "webhooks|after|every|conversations|as");
    PushLimits limits =
        PushLimits.DEFAULT.with(
            1_000L * number("after", settings, 60),
            1_000L * number("every", settings, 1),
            number("conversations", settings, 50));
    ServiceOptions service = ServiceOptions.of("push", settings);
    String file = settings.get("webhooks");
    if (file == null) {
      throw new IllegalArgumentException("webhooks: expected a file");
    }
    return new PushOptions(
        Webhooks.read(Path.of(file), limits.users()),
        limits,
        settings.getOrDefault("as", "push"),
        service);
  }

  private static int number(String name, Map<String, String> settings, int otherwise) {
    String text = settings.getOrDefault(name, String.valueOf(otherwise));
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException(name + ": expected a number from 1 to 999999");
    }
    return Integer.parseInt(text);
  }
}
