package io.hubbub.cluster;

import io.hubbub.api.client.ClientOptions;
import io.hubbub.cluster.KubernetesOptions.Lookup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a service takes part.
 *
 * @param name what its process is called among the nodes, 1 to 64 letters, digits, dots, dashes or
 *     underscores
 * @param cluster which cluster, and how to join it
 * @param client bounds and times of its client
 */
public record ServiceOptions(String name, ClusterOptions cluster, ClientOptions client) {
  private static final Duration BEAT = Duration.ofSeconds(2);

  /** Checks the name. */
  public ServiceOptions {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "node.name: expected 1 to 64 letters, digits, dots, dashes or underscores");
    }
  }

  /**
   * Reads the settings that nodes have too, under the same names and with the same meaning: {@code
   * node.name} and {@code cluster.*}. Two defaults differ: {@code cluster.join} is {@code tcp}, and
   * {@code cluster.port} is any free one.
   *
   * @param settings by name; others are ignored
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static ServiceOptions of(String name, Map<String, String> settings) {
    List<String> members =
        Arrays.stream(settings.getOrDefault("cluster.members", "").split(","))
            .map(String::trim)
            .filter(member -> !member.isEmpty())
            .toList();
    Join join = join(settings.getOrDefault("cluster.join", "tcp"));
    if (join == Join.TCP && members.isEmpty()) {
      throw new IllegalArgumentException(
          "cluster.members: expected the addresses of nodes, such as 10.0.0.1:5701");
    }
    String[] tag = settings.getOrDefault("cluster.aws.tag", "hubbub-cluster=hubbub").split("=", 2);
    if (tag.length < 2) {
      throw new IllegalArgumentException("cluster.aws.tag: expected key=value");
    }
    ClusterOptions cluster =
        new ClusterOptions(
            join,
            settings.getOrDefault("cluster.name", "hubbub"),
            Optional.ofNullable(settings.get("cluster.host")),
            port("cluster.port", settings),
            port("cluster.bus.port", settings),
            members,
            Optional.ofNullable(settings.get("cluster.aws.region")),
            tag[0],
            tag[1],
            kubernetes(settings),
            BEAT);
    return new ServiceOptions(
        settings.getOrDefault("node.name", name), cluster, ClientOptions.DEFAULT);
  }

  private static KubernetesOptions kubernetes(Map<String, String> settings) {
    String lookup = settings.getOrDefault("cluster.kubernetes.lookup", "api");
    if (!lookup.equals("api") && !lookup.equals("dns")) {
      throw new IllegalArgumentException("cluster.kubernetes.lookup: expected one of api, dns");
    }
    return new KubernetesOptions(
        Lookup.valueOf(lookup.toUpperCase(Locale.ROOT)),
        settings.getOrDefault("cluster.kubernetes.service", "hubbub-headless"),
        Optional.ofNullable(settings.get("cluster.kubernetes.namespace")));
  }

  private static Join join(String word) {
    try {
      return Join.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "cluster.join: expected one of multicast, tcp, aws, kubernetes", e);
    }
  }

  private static int port(String name, Map<String, String> settings) {
    String text = settings.getOrDefault(name, "0");
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException(name + ": expected a port, or 0 for any free one");
    }
    return Integer.parseInt(text);
  }
}
