package io.hubbub.system;

import static io.hubbub.system.KubernetesOverlay.PRODUCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.hubbub.server.config.Config;
import io.hubbub.server.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reaches whom by what {@code k8s/} renders to, and who may do what. */
@Timeout(120)
class KubernetesAccessTest {
  private static final String OVERLAYS = "io.hubbub.system.KubernetesOverlay#all";

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void onlyMembersReachTheClustersPorts(KubernetesOverlay overlay) throws Exception {
    Config config = overlay.config();
    int cluster = config.cluster().options().port();
    int bus = config.cluster().options().busPort();
    assertEquals(
        Map.of("http", config.http().port(), "cluster", cluster, "bus", bus),
        overlay.node().getPorts().stream()
            .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)));

    Map<String, String> labels = overlay.labels();
    List<NetworkPolicyIngressRule> rules = new ArrayList<>();
    for (NetworkPolicy policy : overlay.manifests().of(NetworkPolicy.class)) {
      Map<String, String> selected = policy.getSpec().getPodSelector().getMatchLabels();
      if (labels.entrySet().containsAll(selected.entrySet())) {
        assertEquals(List.of("Ingress"), policy.getSpec().getPolicyTypes());
        rules.addAll(policy.getSpec().getIngress());
      }
    }
    for (NetworkPolicyIngressRule rule : rules) {
      Set<Integer> ports = ports(rule);
      if (!ports.equals(Set.of(config.http().port()))) {
        assertEquals(Set.of(cluster, bus), ports);
        assertEquals(1, rule.getFrom().size());
        Map<String, String> from = rule.getFrom().get(0).getPodSelector().getMatchLabels();
        assertNull(rule.getFrom().get(0).getNamespaceSelector());
        assertFalse(from.isEmpty(), "an empty selector is everybody");
        assertTrue(labels.entrySet().containsAll(from.entrySet()), "nodes reach each other");
      } else if (overlay.equals(PRODUCTION)) {
        assertFalse(rule.getFrom().isEmpty(), "clients come through the ingress");
      }
    }
    assertEquals(2, rules.size());
  }

  private static Set<Integer> ports(NetworkPolicyIngressRule rule) {
    return rule.getPorts().stream()
        .map(NetworkPolicyPort::getPort)
        .map(port -> port.getIntVal())
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void podsThatAreNotReadyAreFound(KubernetesOverlay overlay) throws Exception {
    Service headless =
        overlay
            .manifests()
            .the(Service.class, overlay.config().cluster().options().kubernetes().service());
    assertEquals("None", headless.getSpec().getClusterIP());
    assertTrue(headless.getSpec().getPublishNotReadyAddresses());
    Service clients = overlay.manifests().the(Service.class, "hubbub");
    assertNull(clients.getSpec().getPublishNotReadyAddresses());
    Map<String, String> labels = overlay.labels();
    for (Service service : List.of(headless, clients)) {
      assertTrue(labels.entrySet().containsAll(service.getSpec().getSelector().entrySet()));
      for (ServicePort port : service.getSpec().getPorts()) {
        assertTrue(
            overlay.node().getPorts().stream()
                .anyMatch(one -> one.getName().equals(port.getTargetPort().getStrVal())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void nodesMayListEndpointSlicesAndNothingElse(KubernetesOverlay overlay) {
    Role role = overlay.manifests().the(Role.class, "hubbub");
    assertEquals(1, role.getRules().size());
    PolicyRule rule = role.getRules().get(0);
    assertEquals(List.of("discovery.k8s.io"), rule.getApiGroups());
    assertEquals(List.of("endpointslices"), rule.getResources());
    assertEquals(List.of("list"), rule.getVerbs());
    RoleBinding binding = overlay.manifests().the(RoleBinding.class, "hubbub");
    String account =
        overlay.manifests().the(ServiceAccount.class, "hubbub").getMetadata().getName();
    assertEquals(account, binding.getSubjects().get(0).getName());
    assertEquals(account, overlay.pod().getServiceAccountName());
    assertEquals("Role", binding.getRoleRef().getKind());
    assertEquals(1, overlay.manifests().of(Role.class).size());
    assertTrue(
        overlay.manifests().all().stream()
            .noneMatch(one -> one.getKind().startsWith("ClusterRole")));
  }

  @Test
  void theIngressWaitsForSocketsAndKeepsOperatorsPathsToItself() {
    Ingress ingress = PRODUCTION.manifests().the(Ingress.class, "hubbub");
    Map<String, String> notes = ingress.getMetadata().getAnnotations();
    long dead = Long.parseLong(standard("session.dead").replace("s", ""));
    for (String note :
        List.of("nginx.org/proxy-read-timeout", "nginx.ingress.kubernetes.io/proxy-read-timeout")) {
      assertTrue(Long.parseLong(notes.getOrDefault(note, "0").replace("s", "")) > dead, note);
    }
    assertEquals("hubbub", notes.get("nginx.org/websocket-services"));
    assertEquals("False", notes.get("nginx.org/proxy-buffering"));
    assertEquals("off", notes.get("nginx.ingress.kubernetes.io/proxy-buffering"));
    Map<String, String> backends =
        ingress.getSpec().getRules().get(0).getHttp().getPaths().stream()
            .collect(
                Collectors.toMap(
                    HTTPIngressPath::getPath, path -> path.getBackend().getService().getName()));
    assertEquals(
        Map.of("/", "hubbub", "/health", "hubbub-closed", "/metrics", "hubbub-closed"), backends);
    assertEquals(
        Map.of(),
        PRODUCTION.manifests().the(Service.class, "hubbub-closed").getSpec().getSelector());
    assertEquals(
        ingress.getSpec().getRules().get(0).getHost(),
        ingress.getSpec().getTls().get(0).getHosts().get(0));
  }

  private static String standard(String name) {
    return Settings.all().stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow()
        .standard();
  }
}
