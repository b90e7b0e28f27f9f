package io.hubbub.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.cluster.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings come from file, environment and command line; what is wrong stops the start. */
class SettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  void withoutAnySettingTheNodeRunsAlone() throws Exception {
    Config config = config(Map.of());
    assertEquals(Set.of(Role.EDGE, Role.HISTORY, Role.PRESENCE), config.node().roles());
    assertEquals(Path.of("/opt/hubbub/data"), config.node().dataDir());
    assertEquals(8080, config.http().port());
    assertEquals("http://localhost:8080", config.http().page());
    assertTrue(config.embedded());
    assertFalse(config.cluster().enabled());
    assertEquals(Duration.ofSeconds(10), config.node().drainWindow());
  }

  @Test
  void commandLineWinsOverEnvironmentWinsOverFile(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("hubbub.conf");
    Files.writeString(file, "# ours\nhttp.port = 1\nhttp.host=127.0.0.1\n\nnode.name = file\n");
    Config config =
        config(
            Map.of("HUBBUB_HTTP_PORT", "2", "HUBBUB_NODE_NAME", "env", "PATH", "/bin"),
            "--config",
            file.toString(),
            "--http.port=3");
    assertEquals(3, config.http().port());
    assertEquals("env", config.node().name());
    assertEquals("127.0.0.1", config.http().host());
  }

  @Test
  void anUnknownSettingStopsTheStartWhereverItStands(@TempDir Path dir) throws IOException {
    assertEquals("--http.prot: there is no such setting (see --help)", wrong("--http.prot=1"));
    assertEquals(
        "environment: there is no setting for HUBBUB_HTTP_PROT (see --help)",
        wrong(Map.of("HUBBUB_HTTP_PROT", "1")));
    Path file = dir.resolve("c");
    Files.writeString(file, "\nhttp.prot = 1\n");
    assertEquals(
        file + ":2: http.prot: there is no such setting (see --help)", wrong("--config=" + file));
    assertTrue(wrong("serve").contains("unknown argument 'serve'"));
    assertTrue(wrong("--http.port").contains("has no value"));
    assertTrue(wrong("--config=" + dir.resolve("none")).contains("cannot read"));
  }

  @Test
  void anIllTypedValueStopsTheStartAndSaysWhatIsExpected() {
    assertEquals(
        "--http.port: expected a whole number from 0 to 65535, not 'x'", wrong("--http.port=x"));
    assertTrue(wrong("--http.port=65536").contains("to 65535"));
    assertTrue(wrong("--http.proxies=10.0.0.1,proxy.internal").contains("or fd00::/8, not"));
    assertTrue(wrong("--http.proxies=0.0.0.0/0").contains("expected addresses or blocks"));
    assertTrue(wrong("--drain.window=soon").contains("a time such as"));
    assertTrue(wrong("--cluster.enabled=yes").contains("true or false"));
    assertTrue(wrong("--cluster.join=consul").contains("none, multicast, tcp, aws, kubernetes"));
    assertTrue(wrong("--roles=edge,cook").contains("edge, history"));
    assertTrue(wrong("--roles=").contains("one or more of"));
    assertTrue(wrong("--node.name=a~b").contains("node.name"));
    assertTrue(wrong(Map.of("HUBBUB_LOG_FORMAT", "xml")).contains("one of text, json"));
  }

  @Test
  void aCommandMayNotBeDoneAfterItsSenderWasToldThatNobodyKnows() {
    assertEquals(
        "history.deadline: expected less than hub.outcome",
        wrong("--history.deadline=20s", "--hub.outcome=20s"));
  }

  @Test
  void timesHaveUnits() throws Exception {
    assertEquals(
        Duration.ofMillis(500), config(Map.of(), "--drain.window=500ms").node().drainWindow());
    assertEquals(Duration.ofMinutes(5), config(Map.of(), "--drain.window=5m").node().drainWindow());
    assertEquals(
        Duration.ofSeconds(7), config(Map.of(), "--drain.window", "7").node().drainWindow());
  }

  @Test
  void withoutKeysOrWithAShortOneTheNodeRefusesToStart() throws Exception {
    String remote = "--database.url=postgresql://u:p@db/hubbub";
    assertTrue(wrong(remote).contains("set auth.secret"));
    assertTrue(wrong("--roles=edge").contains("set auth.secret"));
    assertTrue(wrong("--auth.secret=short").contains("at least 32 bytes"));
    assertTrue(config(Map.of(), remote, "--auth.secret=" + SECRET).auth().secret().isPresent());
    assertTrue(config(Map.of(), remote, "--auth.jwks=https://id/jwks").auth().secret().isEmpty());
    assertTrue(config(Map.of(), remote, "--roles=history").auth().secret().isEmpty());
  }

  @Test
  void databaseUrlsAreReadInAllTheirParts() throws Exception {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://us%40er:p%3Aa%2Fb+c@db.example:6432/chat?sslmode=require");
    assertEquals(
        new DatabaseUrl("db.example", 6432, "chat", "us@er", "p:a/b+c", "require", ""), url);
    assertEquals(url, DatabaseUrl.parse(url.toSetting()));
    assertFalse(url.toString().contains("p:a"));
    assertEquals(5432, DatabaseUrl.parse("postgres://u@h/d").port());
    DatabaseUrl verified =
        DatabaseUrl.parse("postgres://u@h/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fr%26ds.pem");
    assertEquals("/etc/r&ds.pem", verified.sslrootcert());
    assertEquals(verified, DatabaseUrl.parse(verified.toSetting()));
    assertTrue(verified.toJdbc().endsWith("sslmode=verify-full&sslrootcert=%2Fetc%2Fr%26ds.pem"));
    for (String bad :
        List.of(
            "mysql://u@h/d",
            "postgresql://h/d",
            "postgresql://u@h",
            "postgresql://u:geheim@h:x/d",
            "postgresql://u:geheim@h/d?sslmode=maybe",
            "postgresql://u:geheim@h/d?user=x")) {
      String line = assertThrows(ConfigException.class, () -> DatabaseUrl.parse(bad)).line();
      assertTrue(line.startsWith("database.url: "), line);
      assertFalse(line.contains("geheim"), line);
    }
  }

  @Test
  void anyJoinMeansClustered() throws Exception {
    assertTrue(wrong("--cluster.join=tcp").contains("cluster.members"));
    ClusterConfig cluster =
        config(Map.of(), "--cluster.join=tcp", "--cluster.members=a, b:5702").cluster();
    assertTrue(cluster.enabled());
    assertEquals(List.of("a", "b:5702"), cluster.options().members());
  }

  @Test
  void helpNamesEverySetting() {
    String help = Usage.text();
    for (Setting<?> setting : Settings.all()) {
      assertTrue(help.contains("  --" + setting.name() + "\n"), setting.name());
      assertFalse(setting.help().isBlank());
    }
    assertTrue(help.contains("default 8080"));
    assertTrue(SettingsReader.wantsHelp(List.of("--http.port=1", "--help")));
  }

  private static Config config(Map<String, String> environment, String... arguments)
      throws ConfigException {
    return Config.of(
        SettingsReader.read(List.of(arguments), environment), Path.of("/opt/hubbub"), "host");
  }

  private static String wrong(Map<String, String> environment, String... arguments) {
    String line = assertThrows(ConfigException.class, () -> config(environment, arguments)).line();
    assertFalse(line.contains("\n"));
    return line;
  }

  private static String wrong(String... arguments) {
    return wrong(Map.of(), arguments);
  }
}
