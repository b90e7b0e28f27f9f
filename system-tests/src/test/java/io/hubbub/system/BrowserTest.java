package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.harness.Browser;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page at {@code /} in a real Chromium, driven by {@code browser/talk.mjs}. */
@ClusterTest(own = true, nodes = 1)
@Timeout(300)
class BrowserTest {
  private final Cluster cluster;

  BrowserTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  static void prepare() throws Exception {
    Browser.prepare();
  }

  @Test
  void twoPagesTalkReloadAndGoOnAfterTheNodeWasRestarted() throws Exception {
    System.out.print(Browser.play("talk.mjs", cluster.node(0), this::help));
  }

  private void help(String asked) throws Exception {
    if (asked.equals("RESTART")) {
      cluster.node(0).terminate();
      assertEquals(0, cluster.node(0).exitCode(Duration.ofSeconds(30)));
    } else {
      cluster.restart(0);
    }
  }
}
