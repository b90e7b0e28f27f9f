package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators look at exists: metrics, dashboard, alerts and their documentation agree. */
@ClusterTest
@Timeout(120)
class MonitoringTest {
  private static final Path DASHBOARD = Path.of("../monitoring/dashboard.json");
  private static final Path ALERTS = Path.of("../monitoring/alerts.yml");
  private static final Path OPERATIONS = Path.of("../docs/operations.md");
  private static final Pattern METRIC = Pattern.compile("\\b(?:hubbub|jvm|process|vertx)_[a-z_]+");

  private final Cluster cluster;

  MonitoringTest(Cluster cluster) {
    this.cluster = cluster;
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> all = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      all.add(matcher.group(matcher.groupCount()));
    }
    return all;
  }

  /** The metrics of a node that somebody has talked through. */
  private String metrics() throws Exception {
    String room = cluster.room("Monitored", "monitored", List.of());
    ChatClient client = cluster.online("monitored", 0);
    Await.get(client.send(room, "one", "Is this counted?"));
    Await.until("it is heard", () -> client.tail(room) == 2);
    return cluster.node(0).body("/metrics");
  }

  private static Set<String> series(String metrics) {
    return metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void allThatTheDashboardAndTheAlertsLookAtIsThere() throws Exception {
    Set<String> series = series(metrics());
    String dashboard = new JsonObject(Files.readString(DASHBOARD)).encode();
    for (String text : List.of(dashboard, Files.readString(ALERTS))) {
      Set<String> wanted = found(METRIC, text);
      assertTrue(wanted.size() > 10, wanted::toString);
      wanted.removeAll(series);
      assertEquals(Set.of(), wanted);
    }
  }

  @Test
  void eachMetricOfOursIsExplainedInMetricsAndInTheDocumentationAndNoOther() throws Exception {
    String metrics = metrics();
    Set<String> types = found(Pattern.compile("# TYPE (hubbub_[a-z_]+)"), metrics);
    Set<String> helped = found(Pattern.compile("# HELP (hubbub_[a-z_]+) \\S"), metrics);
    assertEquals(types, helped);
    Set<String> documented = found(Pattern.compile("`(hubbub_[a-z_]+)`"), table());
    documented.removeIf(name -> name.endsWith("_count")); // Of a distribution.
    types.removeIf(name -> name.endsWith("_max"));
    types.remove("hubbub_append_batch");
    assertEquals(types, documented);
  }

  private static String table() throws Exception {
    return Files.readString(OPERATIONS)
        .lines()
        .filter(line -> line.startsWith("| `hubbub_"))
        .map(line -> line.substring(0, line.indexOf('|', 2)))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void eachAlertSaysWhatItMeansAndWhatToDo() throws Exception {
    Set<String> alerts = found(Pattern.compile("- alert: (\\w+)"), Files.readString(ALERTS));
    Set<String> explained =
        found(Pattern.compile("\\| `(Hubbub\\w+)` \\|"), Files.readString(OPERATIONS));
    assertEquals(alerts, explained);
  }
}
