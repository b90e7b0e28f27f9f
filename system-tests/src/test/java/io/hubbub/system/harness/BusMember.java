package io.hubbub.system.harness;

import io.hubbub.api.client.HubbubClient;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.cluster.ClusterService;
import io.hubbub.cluster.ServiceOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** This process as an internal service: a member of the cluster that does none of its work. */
public final class BusMember implements AutoCloseable {
  private final ClusterService service;

  private BusMember(ClusterService service) {
    this.service = service;
  }

  /** Joins; blocking, some seconds. */
  public static BusMember join(Cluster cluster, String name) throws Exception {
    return new BusMember(get(ClusterService.join(ServiceOptions.of(name, settings(cluster)))));
  }

  private static Map<String, String> settings(Cluster cluster) {
    Map<String, String> settings = new HashMap<>();
    for (String argument : cluster.membership(0)) {
      String[] parts = argument.substring(2).split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    return settings;
  }

  /** The typed client, as a user; one for each member. */
  public HubbubClient client(String user) throws Exception {
    return get(service.connect(user));
  }

  /** The node that is the home of a conversation, counted from 0, as seen from here. */
  public int home(UUID conversation) {
    View view = service.views().current();
    String home = Homes.of(view, Role.HISTORY).of(conversation);
    String name = view.node(String.valueOf(home)).orElseThrow().name();
    return Integer.parseInt(name.substring(1)) - 1;
  }

  /** The bus. */
  public Vertx vertx() {
    return service.vertx();
  }

  /** The result of a future of Vert.x. */
  public static <T> T get(Future<T> future) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    future.onSuccess(result::complete).onFailure(result::completeExceptionally);
    return Await.get(result);
  }

  @Override
  public void close() {
    service.close().toCompletionStage().toCompletableFuture().join();
  }
}
