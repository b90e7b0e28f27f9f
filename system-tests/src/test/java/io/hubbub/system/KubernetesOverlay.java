package io.hubbub.system;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.hubbub.server.config.Config;
import io.hubbub.server.config.ConfigException;
import io.hubbub.server.config.SettingsReader;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An overlay of {@code k8s/}, rendered with secrets as operators make them.
 *
 * @param name its folder's
 * @param manifests what it renders to
 */
record KubernetesOverlay(String name, Manifests manifests) {
  /** What a pod is told by Kubernetes, or by secrets that are not among the manifests. */
  private static final Map<String, String> TOLD =
      Map.of(
          "HUBBUB_DATABASE_URL", "postgresql://hubbub@db:5432/hubbub?sslmode=verify-full",
          "HUBBUB_AUTH_SECRET", Cluster.SECRET,
          "HUBBUB_CLUSTER_HOST", "10.244.1.7");

  static final KubernetesOverlay LAPTOP =
      rendered(
          "laptop",
          Map.of("secrets/database-password", "a-password", "secrets/auth-secret", Cluster.SECRET));

  static final KubernetesOverlay PRODUCTION = rendered("production", Map.of());

  /** For tests that hold for each. */
  static Stream<KubernetesOverlay> all() {
    return Stream.of(LAPTOP, PRODUCTION);
  }

  private static KubernetesOverlay rendered(String name, Map<String, String> secrets) {
    try {
      Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "k8s");
      return new KubernetesOverlay(name, Manifests.of(name, copy.toAbsolutePath(), secrets));
    } catch (IOException e) {
      throw new IllegalStateException(name + " is not rendered: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  Deployment deployment() {
    return manifests.the(Deployment.class, "hubbub");
  }

  Map<String, String> labels() {
    return deployment().getSpec().getTemplate().getMetadata().getLabels();
  }

  PodSpec pod() {
    return deployment().getSpec().getTemplate().getSpec();
  }

  /** The only container of a node's pod. */
  Container node() {
    List<Container> all = pod().getContainers();
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " containers");
    }
    return all.get(0);
  }

  /** The environment that a node is started with. */
  Map<String, String> environment() {
    Map<String, String> values =
        new HashMap<>(manifests.the(ConfigMap.class, "hubbub-settings").getData());
    for (EnvVar variable : node().getEnv()) {
      String value = variable.getValue();
      values.put(
          variable.getName(), value == null ? TOLD.getOrDefault(variable.getName(), "") : value);
    }
    return values;
  }

  /** Its settings, as a node reads them. */
  Config config() throws ConfigException {
    return Config.of(
        SettingsReader.read(List.of(), environment()), Path.of("/app"), "hubbub-7d9f-x2");
  }
}
