package io.hubbub.system;

import static io.hubbub.system.KubernetesOverlay.LAPTOP;
import static io.hubbub.system.KubernetesOverlay.PRODUCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.hubbub.cluster.Join;
import io.hubbub.cluster.KubernetesOptions.Lookup;
import io.hubbub.server.config.Config;
import io.hubbub.server.config.Settings;
import io.hubbub.system.harness.Manifests;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code k8s/} renders to means what it should: to Kubernetes, and to a node. */
@Timeout(120)
class KubernetesManifestsTest {
  private static final String OVERLAYS = "io.hubbub.system.KubernetesOverlay#all";

  /** What the close after the drain may take (docs/operations.md). */
  private static final long CLOSING_SECONDS = 60;

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void nothingIsUnknownToTheModels(KubernetesOverlay overlay) {
    assertEquals(List.of(), overlay.manifests().unknown());
    Set<String> namespaces =
        overlay.manifests().all().stream()
            .filter(one -> !(one instanceof Namespace))
            .map(one -> String.valueOf(one.getMetadata().getNamespace()))
            .collect(Collectors.toSet());
    assertEquals(Set.of("hubbub"), namespaces);
  }

  @Test
  void whatTheModelsDoNotKnowIsFound() {
    Manifests wrong =
        Manifests.parse(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: b, livenessProbe: {httpGet: {paht: /}}}]
            ---
            apiVersion: apps/v9
            kind: Deploymend
            metadata: {name: c}
            """);
    assertEquals(
        List.of(
            "Deployment a.spec.template.spec.containers[0].livenessProbe.httpGet.paht",
            "Deploymend c: a kind that there is not"),
        wrong.unknown());
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void aNodeStartsWithTheseSettings(KubernetesOverlay overlay) throws Exception {
    Set<String> known =
        Settings.all().stream().map(setting -> setting.variable()).collect(Collectors.toSet());
    List<String> given =
        overlay.environment().keySet().stream().filter(n -> n.startsWith("HUBBUB_")).toList();
    assertTrue(known.containsAll(given), () -> given + " of " + known);
    assertFalse(overlay.pod().getEnableServiceLinks(), "HUBBUB_PORT is no setting");

    Config config = overlay.config();
    assertEquals(Join.KUBERNETES, config.cluster().options().join());
    assertEquals(Lookup.API, config.cluster().options().kubernetes().lookup());
    assertTrue(config.database().url().isPresent());
    String password = config.database().passwordFile().orElseThrow().toString();
    VolumeMount mount =
        overlay.node().getVolumeMounts().stream()
            .filter(one -> password.equals(one.getMountPath() + "/password"))
            .findFirst()
            .orElseThrow();
    assertNull(mount.getSubPath(), "a file of its own would not follow a new password");
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void theTimesOfStoppingFit(KubernetesOverlay overlay) throws Exception {
    long window = overlay.config().node().drainWindow().toSeconds();
    long before = overlay.node().getLifecycle().getPreStop().getSleep().getSeconds();
    long grace = overlay.pod().getTerminationGracePeriodSeconds();
    assertTrue(before > 0);
    assertTrue(before + window + CLOSING_SECONDS <= grace, () -> before + window + " in " + grace);
    int apart = overlay.deployment().getSpec().getMinReadySeconds();
    assertTrue(before + window <= apart, () -> before + window + " in " + apart);
    assertEquals(
        0,
        overlay
            .deployment()
            .getSpec()
            .getStrategy()
            .getRollingUpdate()
            .getMaxUnavailable()
            .getIntVal());
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void probesAskForLifeAndReadinessEachByItself(KubernetesOverlay overlay) throws Exception {
    Container node = overlay.node();
    assertEquals("/health/live", path(node.getStartupProbe()));
    assertEquals("/health/live", path(node.getLivenessProbe()));
    assertEquals("/health/ready", path(node.getReadinessProbe()));
    assertTrue(lasts(node.getStartupProbe()) >= 600, "a release may change large tables");
    assertTrue(lasts(node.getLivenessProbe()) >= 60, "joining takes its time");
    assertTrue(lasts(node.getReadinessProbe()) <= 10);
  }

  private static String path(Probe probe) {
    assertEquals("http", probe.getHttpGet().getPort().getStrVal());
    return probe.getHttpGet().getPath();
  }

  private static int lasts(Probe probe) {
    return probe.getPeriodSeconds() * probe.getFailureThreshold();
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void podsHaveNoPrivileges(KubernetesOverlay overlay) {
    Stream<PodSpec> pods =
        Stream.concat(
                overlay.manifests().of(Deployment.class).stream()
                    .map(one -> one.getSpec().getTemplate()),
                overlay.manifests().of(StatefulSet.class).stream()
                    .map(one -> one.getSpec().getTemplate()))
            .map(template -> template.getSpec());
    pods.forEach(
        pod -> {
          PodSecurityContext all = pod.getSecurityContext();
          assertTrue(all.getRunAsNonRoot() && all.getRunAsUser() > 0);
          assertEquals("RuntimeDefault", all.getSeccompProfile().getType());
          for (Container container : pod.getContainers()) {
            SecurityContext own = container.getSecurityContext();
            assertTrue(own.getReadOnlyRootFilesystem());
            assertFalse(own.getAllowPrivilegeEscalation());
            assertEquals(List.of("ALL"), own.getCapabilities().getDrop());
            assertEquals(List.of(), own.getCapabilities().getAdd());
            assertTrue(container.getResources().getLimits().containsKey("memory"));
            assertEquals(Set.of("cpu", "memory"), container.getResources().getRequests().keySet());
          }
        });
    assertEquals(10001, overlay.pod().getSecurityContext().getRunAsUser());
    assertEquals(
        "restricted",
        overlay
            .manifests()
            .the(Namespace.class, "hubbub")
            .getMetadata()
            .getLabels()
            .get("pod-security.kubernetes.io/enforce"));
  }

  @ParameterizedTest
  @MethodSource(OVERLAYS)
  void nodesAreSpreadAndTakenAwayOneByOne(KubernetesOverlay overlay) throws Exception {
    assertEquals(
        List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"),
        overlay.pod().getTopologySpreadConstraints().stream()
            .map(TopologySpreadConstraint::getTopologyKey)
            .toList());
    PodDisruptionBudget budget = overlay.manifests().the(PodDisruptionBudget.class, "hubbub");
    assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
    assertEquals(
        overlay.deployment().getSpec().getSelector().getMatchLabels(),
        budget.getSpec().getSelector().getMatchLabels());
  }

  @Test
  void anAutoscalerCountsSessionsAndIsNotContradicted() throws Exception {
    HorizontalPodAutoscaler scaler =
        PRODUCTION.manifests().the(HorizontalPodAutoscaler.class, "hubbub");
    assertEquals("hubbub", scaler.getSpec().getScaleTargetRef().getName());
    assertNull(PRODUCTION.deployment().getSpec().getReplicas(), "each apply would set it back");
    assertEquals(
        List.of("Pods", "Resource"),
        scaler.getSpec().getMetrics().stream().map(MetricSpec::getType).toList());
    assertEquals(
        "hubbub_sessions", scaler.getSpec().getMetrics().get(0).getPods().getMetric().getName());
    int least = scaler.getSpec().getMinReplicas();
    assertTrue(PRODUCTION.config().cluster().expected() < least, "one may be missing at a start");
    assertTrue(LAPTOP.config().cluster().expected() <= LAPTOP.deployment().getSpec().getReplicas());
  }
}
