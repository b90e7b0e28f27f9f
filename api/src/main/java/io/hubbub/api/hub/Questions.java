package io.hubbub.api.hub;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts questions to history nodes that are not silent: to that of this process, else to each in
 * turn.
 */
public final class Questions {
  private final NodeQuestions nodes;
  private final String self;
  private final Views views;
  private final Predicate<String> silent;
  private int turn;

  /**
   * Asks with a time to wait for each answer.
   *
   * @param silent the nodes that are asked only where there is no other
   */
  public Questions(
      Vertx vertx, String self, Views views, long askMillis, Predicate<String> silent) {
    this.nodes = new NodeQuestions(vertx, askMillis);
    this.self = self;
    this.views = views;
    this.silent = silent;
  }

  /** The answer; fails with the error of the node, or {@code unavailable}. */
  public <T> Future<T> ask(Query query, Class<T> answer) {
    List<Node> able = views.current().with(Role.HISTORY);
    if (able.isEmpty()) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.UNAVAILABLE, "no history node is there"));
    }
    return nodes.ask(Addresses.history(pick(able)), query, answer);
  }

  private String pick(List<Node> all) {
    List<Node> answering = all.stream().filter(node -> !silent.test(node.id())).toList();
    List<Node> able = answering.isEmpty() ? all : answering;
    return able.stream()
        .map(Node::id)
        .filter(self::equals)
        .findFirst()
        .orElseGet(() -> able.get(Math.floorMod(turn++, able.size())).id());
  }
}
