package io.hubbub.system.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is applied to a Kubernetes cluster, as the models of its API understand it.
 *
 * @param all in the order in which it is applied
 */
public record Manifests(List<HasMetadata> all) {
  private static final Path SHIPPED = Path.of("../k8s");
  private static final String MODELS = "io.fabric8.kubernetes.api.model.";

  /** Where the models keep what they do not know. */
  private static final String UNKNOWN = "additionalProperties";

  /**
   * Renders an overlay of {@code k8s/} in a copy, to which the files are added that operators make.
   *
   * @param copy an empty folder
   * @param secrets text by path within the overlay
   */
  public static Manifests of(String overlay, Path copy, Map<String, String> secrets)
      throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(SHIPPED.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Path folder = copy.resolve("overlays").resolve(overlay);
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      Path file = folder.resolve(secret.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, secret.getValue());
    }
    return parse(Kubectl.kustomize(folder));
  }

  /** Parses documents of YAML. */
  public static Manifests parse(String yaml) {
    KubernetesSerialization models = new KubernetesSerialization();
    List<HasMetadata> all = new ArrayList<>();
    for (String document : yaml.split("(?m)^---$", -1)) {
      all.add(models.unmarshal(document));
    }
    return new Manifests(all);
  }

  /** The only one of a kind that is called so; what kustomize adds to a name does not matter. */
  public <T extends HasMetadata> T the(Class<T> kind, String name) {
    List<T> found =
        of(kind).stream()
            .filter(one -> one.getMetadata().getName().matches(name + "(-[a-z0-9]{10})?"))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "there are " + found.size() + " of " + kind.getSimpleName() + " " + name);
    }
    return found.get(0);
  }

  /** All of a kind. */
  public <T extends HasMetadata> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The paths of what the models do not know: mistyped, misplaced, or of another API. */
  public List<String> unknown() {
    List<String> found = new ArrayList<>();
    for (HasMetadata one : all) {
      String path = one.getKind() + " " + one.getMetadata().getName();
      if (one instanceof GenericKubernetesResource) {
        found.add(path + ": a kind that there is not");
      } else {
        look(path, one, found);
      }
    }
    return found;
  }

  private static void look(String path, @Nullable Object value, List<String> found) {
    if (value instanceof Collection<?> many) {
      int index = 0;
      for (Object one : many) {
        look(path + "[" + index++ + "]", one, found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> look(path + "." + key, one, found));
    } else if (value != null && value.getClass().getName().startsWith(MODELS)) {
      for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          look(path, value, field, found);
        }
      }
    }
  }

  private static void look(String path, Object owner, Field field, List<String> found) {
    if (Modifier.isStatic(field.getModifiers())) {
      return;
    }
    try {
      field.setAccessible(true);
      Object value = field.get(owner);
      if (!field.getName().equals(UNKNOWN)) {
        look(path + "." + field.getName(), value, found);
      } else if (value instanceof Map<?, ?> unknown) {
        unknown.keySet().forEach(key -> found.add(path + "." + key));
      }
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw new IllegalStateException("can't look into " + field, e);
    }
  }
}
