package io.hubbub.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.KubernetesConfig;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How settings become Hazelcast's. */
class ClusterJoinTest {
  private static final Node SELF = new Node("a~000000", Set.of(Role.EDGE), false);

  private static ClusterOptions options(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("cluster.join", "kubernetes"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return ServiceOptions.of("a", all).cluster();
  }

  private static KubernetesConfig kubernetes(ClusterOptions options) throws ClusterException {
    return ClusterJoin.config(options, SELF).getNetworkConfig().getJoin().getKubernetesConfig();
  }

  @Test
  void theApiIsAskedForOneServiceAndNothingElse() throws Exception {
    KubernetesConfig asked = kubernetes(options());
    assertTrue(asked.isEnabled());
    assertEquals(
        Map.of(
            "service-name", "hubbub-headless",
            "service-port", "5701",
            "expose-externally", "false"),
        asked.getProperties());

    ClusterOptions elsewhere =
        options("cluster.kubernetes.namespace", "chat", "cluster.kubernetes.service", "nodes");
    assertEquals("chat", kubernetes(elsewhere).getProperty("namespace"));
    assertEquals(
        "by the Kubernetes API in endpoint slices of the service chat/nodes",
        elsewhere.lookedFor());
  }

  @Test
  void dnsIsAskedWhereItIsPreferred() throws Exception {
    ClusterOptions dns = options("cluster.kubernetes.lookup", "dns", "cluster.port", "5801");
    assertEquals(
        Map.of("service-dns", "hubbub-headless", "service-port", "5801"),
        kubernetes(dns).getProperties());
    assertEquals("at the addresses that DNS has for hubbub-headless", dns.lookedFor());
  }

  @Test
  void anUnknownLookupIsNamed() {
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class, () -> options("cluster.kubernetes.lookup", "mdns"));
    assertEquals("cluster.kubernetes.lookup: expected one of api, dns", unknown.getMessage());
  }
}
