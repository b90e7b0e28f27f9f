package io.hubbub.system.harness;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes their cluster: all share one, but for those that want an own one. After a
 * failed test it shows what the nodes wrote last.
 */
public final class ClusterExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);

  /** Closed by JUnit with the context that it is kept in. */
  private record Kept(Cluster cluster) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      cluster.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cluster(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Cluster cluster = cluster(context);
    cluster.closeClients();
    context.getExecutionException().ifPresent(failure -> System.out.println(cluster.tails()));
  }

  private static Cluster cluster(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    ClusterTest wanted = test.getAnnotation(ClusterTest.class);
    if (wanted == null) {
      throw new IllegalStateException(test + " is no ClusterTest");
    }
    ExtensionContext owner = context.getRoot();
    if (wanted.own()) {
      owner = context;
      while (owner.getTestMethod().isPresent()) {
        owner = owner.getParent().orElseThrow();
      }
    }
    return owner
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            wanted.own() ? test.getName() : "shared", key -> start(wanted), Kept.class)
        .cluster();
  }

  private static Kept start(ClusterTest wanted) {
    try {
      if (!wanted.own()) {
        return new Kept(Cluster.start(3, List.of()));
      }
      List<String> settings = List.of(wanted.settings());
      return new Kept(
          wanted.apart()
              ? Cluster.apart(wanted.nodes(), settings)
              : Cluster.start(wanted.nodes(), wanted.proxied(), settings));
    } catch (Exception e) {
      throw new IllegalStateException("the cluster does not start: " + e.getMessage(), e);
    }
  }
}
