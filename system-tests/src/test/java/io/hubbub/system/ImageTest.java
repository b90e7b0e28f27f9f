package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.Jwt;
import io.hubbub.system.client.Rest;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.FreePorts;
import io.hubbub.system.harness.Image;
import io.hubbub.system.harness.Image.Container;
import io.hubbub.system.harness.Postgres;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image, as the Dockerfile makes it, runs a node without anything else of this machine. */
@Tag("slow")
@Timeout(600)
class ImageTest {
  private static final int MOST_MEGABYTES = 450;

  private static boolean ready(URI node) {
    try {
      return new Rest(node, "").get("/health/ready").status() == 200;
    } catch (Exception notYet) {
      return false;
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  @Test
  void aContainerIsANodeThatStartsFastTalksAndStopsWhenAsked() throws Exception {
    Image image = Image.build();
    long megabytes = image.bytes() >> 20;
    assertTrue(megabytes < MOST_MEGABYTES, () -> megabytes + " MB");
    try (Postgres postgres = Postgres.start()) {
      int port = FreePorts.one();
      URI node = URI.create("http://127.0.0.1:" + port);
      long from = System.nanoTime();
      try (Container container =
          image.run(
              Map.of(
                  "HUBBUB_HTTP_PORT",
                  "" + port,
                  "HUBBUB_DATABASE_URL",
                  postgres.url(),
                  "HUBBUB_AUTH_SECRET",
                  Cluster.SECRET,
                  "HUBBUB_DRAIN_WINDOW",
                  "3s",
                  // Without the archive it does not start.
                  "JDK_JAVA_OPTIONS",
                  "-XX:AOTMode=on"))) {
        Await.until("ready", () -> ready(node) || !container.alive());
        long started = millisSince(from);
        assertTrue(container.alive(), container::toString);
        assertEquals("10001", container.exec("id", "-u"));
        assertThrows(IOException.class, () -> container.exec("touch", "/opt/hubbub/x"));
        assertThrows(
            IOException.class, () -> container.exec("ls", System.getProperty("java.home")));
        container.checkHealth();
        talk(node);
        long stopping = System.nanoTime();
        assertEquals(0, container.stop());
        System.out.printf(
            "image of %d MB: ready %d ms after podman was called, stopped after %d ms%n",
            megabytes, started, millisSince(stopping));
      }
    }
    try (Container alone = image.run(Map.of("HUBBUB_HTTP_PORT", "" + FreePorts.one()))) {
      assertEquals(1, alone.exitCode());
      assertTrue(alone.output().contains("database.url"), alone.output());
    }
  }

  private static void talk(URI node) throws Exception {
    JsonObject claims = new JsonObject().put("sub", "ann").put("exp", Jwt.inSeconds(600));
    String token = Jwt.hs256(Cluster.SECRET, claims);
    String room = new Rest(node, token).room("In a box", List.of());
    try (ChatClient ann = new ChatClient("ann", token, List.of(node))) {
      Await.get(ann.connect());
      Await.get(ann.send(room, "first", "Anybody here?"));
      Await.until("it is heard", () -> ann.tail(room) == 2);
    }
  }
}
