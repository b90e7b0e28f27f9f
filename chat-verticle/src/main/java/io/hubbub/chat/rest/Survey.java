package io.hubbub.chat.rest;

import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Asks several nodes the same, and goes on with those that answer. */
final class Survey {
  /**
   * What they said.
   *
   * @param answers by node
   * @param silent the nodes that did not answer, those apart among them
   */
  record Said<T>(Map<String, T> answers, List<String> silent) {}

  private final ClusterView cluster;

  Survey(ClusterView cluster) {
    this.cluster = cluster;
  }

  /** Asks all nodes of a role. */
  <T> Future<Said<T>> all(Role role, UnaryOperator<String> address, Query query, Class<T> answer) {
    List<String> nodes = cluster.view().with(role).stream().map(Node::id).toList();
    return some(nodes, address, query, answer)
        .map(
            said -> {
              List<String> silent = new ArrayList<>(said.silent());
              silent.addAll(cluster.view().apart());
              return new Said<>(said.answers(), List.copyOf(silent));
            });
  }

  /** Asks these nodes. */
  <T> Future<Said<T>> some(
      List<String> nodes, UnaryOperator<String> address, Query query, Class<T> answer) {
    List<Future<T>> asked = new ArrayList<>();
    nodes.forEach(node -> asked.add(cluster.ask(address.apply(node), query, answer)));
    Future<?> all = asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
    return all.transform(
        done -> {
          Map<String, T> answers = new LinkedHashMap<>();
          List<String> silent = new ArrayList<>();
          for (int i = 0; i < nodes.size(); i++) {
            if (asked.get(i).succeeded()) {
              answers.put(nodes.get(i), asked.get(i).result());
            } else {
              silent.add(nodes.get(i));
            }
          }
          return Future.succeededFuture(new Said<>(answers, silent));
        });
  }
}
