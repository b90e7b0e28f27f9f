package io.hubbub.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.FreePorts;
import io.hubbub.system.harness.KubernetesApi;
import io.hubbub.system.harness.NodeProcess;
import io.hubbub.system.harness.Postgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes find each other by Hazelcast's own client of the Kubernetes API, with no more rights than
 * {@code k8s/} gives them; where they do not, they say so and are not ready.
 */
@Tag("slow")
@Timeout(180)
class KubernetesJoinTest {
  private static final String NAMESPACE = "hubbub";
  private static final String SERVICE = "hubbub-headless";
  private static final Role SHIPPED =
      KubernetesOverlay.PRODUCTION.manifests().the(Role.class, "hubbub");
  private static final Role NONE = new RoleBuilder().build();
  private static final Duration REFUSED = Duration.ofSeconds(60);

  private final List<NodeProcess> nodes = new ArrayList<>();

  private NodeProcess node(String name, Postgres postgres, int port, int expected, List<String> jvm)
      throws IOException {
    NodeProcess node =
        NodeProcess.start(
            name,
            FreePorts.one(),
            jvm,
            List.of(
                "--database.url=" + postgres.url(),
                "--auth.secret=" + Cluster.SECRET,
                "--cluster.join=kubernetes",
                "--cluster.kubernetes.service=" + SERVICE,
                "--cluster.kubernetes.namespace=" + NAMESPACE,
                "--cluster.expected=" + expected,
                "--cluster.host=127.0.0.1",
                "--cluster.port=" + port));
    nodes.add(node);
    return node;
  }

  @AfterEach
  void endAll() {
    nodes.forEach(NodeProcess::close);
  }

  @Test
  void threePodsThatAreNotReadyFindEachOther() throws Exception {
    List<Integer> ports = FreePorts.some(3);
    try (Postgres postgres = Postgres.start();
        KubernetesApi api = KubernetesApi.start(NAMESPACE, SHIPPED)) {
      api.pods(SERVICE, ports);
      long begin = System.nanoTime();
      for (int port : ports) {
        node("pod-" + port, postgres, port, 3, api.reachedBy(KubernetesApi.TOKEN));
      }
      for (NodeProcess node : nodes) {
        node.awaitReady();
      }
      System.out.printf(
          "three nodes found each other by the Kubernetes API and were ready after %d ms%n",
          Duration.ofNanos(System.nanoTime() - begin).toMillis());
      assertTrue(nodes.get(0).metric("hubbub_sessions") == 0, "the autoscaler's metric is there");
      // Which machine a pod is on is asked in vain, and nothing depends on it.
      assertEquals(
          List.of(),
          api.refused().stream().filter(asked -> !asked.contains("/pods/")).toList(),
          "asked for without a right to it");
    }
  }

  @Test
  void whoIsRefusedOrFindsNobodyIsNotReadyAndSaysWhy() throws Exception {
    List<Integer> ports = FreePorts.some(4);
    try (Postgres postgres = Postgres.start();
        KubernetesApi api = KubernetesApi.start(NAMESPACE, SHIPPED);
        KubernetesApi withoutRole = KubernetesApi.start(NAMESPACE, NONE)) {
      List<String> right = api.reachedBy(KubernetesApi.TOKEN);
      NodeProcess unknown =
          node("wrong-token", postgres, ports.get(0), 2, api.reachedBy("not-the-token"));
      NodeProcess forbidden =
          node("no-role", postgres, ports.get(1), 2, withoutRole.reachedBy(KubernetesApi.TOKEN));
      NodeProcess first = node("nobody-1", postgres, ports.get(2), 2, right);
      NodeProcess second = node("nobody-2", postgres, ports.get(3), 2, right);
      NodeProcess nowhere =
          node("no-api", postgres, FreePorts.one(), 2, api.butAt(FreePorts.one()));

      for (NodeProcess alone : List.of(unknown, forbidden, first, second)) {
        alone.await("not ready", () -> alone.status("/health/ready") == 503);
        alone.await("started", () -> alone.said("Started in") == 1);
        assertEquals(503, alone.status("/health/ready"));
        String why =
            "1 of 2 expected nodes in view; others are looked for by the Kubernetes API in"
                + " endpoint slices of the service hubbub/hubbub-headless";
        assertTrue(alone.body("/health/ready").contains(why), alone.body("/health/ready"));
        assertEquals(1, alone.said("Not ready: " + why), alone::output);
        assertEquals(200, alone.status("/health/live"));
      }
      assertEquals(1, unknown.said("authorization failure"), unknown::output);
      assertEquals(1, forbidden.said("API access is forbidden"), forbidden::output);
      assertEquals(1, nowhere.exitCode(REFUSED), nowhere::output);
      assertEquals(
          1,
          nowhere.said("can't join the cluster, whose members are looked for by the Kubernetes"));

      long begin = System.nanoTime();
      api.pods(SERVICE, ports.subList(2, 4));
      first.awaitReady();
      second.awaitReady();
      System.out.printf(
          "two nodes that had found nobody were ready %d ms after the API knew them%n",
          Duration.ofNanos(System.nanoTime() - begin).toMillis());
      assertEquals(503, unknown.status("/health/ready"));
      assertEquals(503, forbidden.status("/health/ready"));
    }
  }
}
