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
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts questions to history nodes that are not silent: to that of this process, else to each in
 * turn.
 */
public final class Questions {
  private final Vertx vertx;
  private final String self;
  private final Views views;
  private final DeliveryOptions delivery;
  private final Predicate<String> silent;
  private int turn;

  /**
   * Asks with a time to wait for each answer.
   *
   * @param silent the nodes that are asked only where there is no other
   */
  public Questions(
      Vertx vertx, String self, Views views, long askMillis, Predicate<String> silent) {
    this.vertx = vertx;
    this.self = self;
    this.views = views;
    this.silent = silent;
    this.delivery = new DeliveryOptions().setSendTimeout(askMillis);
  }

  /** The answer; fails with the error of the node, or {@code unavailable}. */
  public <T> Future<T> ask(Query query, Class<T> answer) {
    List<Node> able = views.current().with(Role.HISTORY);
    if (able.isEmpty()) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.UNAVAILABLE, "no history node is there"));
    }
    String node = pick(able);
    return vertx
        .eventBus()
        .request(Addresses.history(node), query, delivery)
        .map(message -> answer.cast(message.body()))
        .recover(failure -> Future.failedFuture(translate(failure)));
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

  private static Throwable translate(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      ErrorCode code = ErrorCode.of(reply.failureCode());
      return reply.failureType() == ReplyFailure.RECIPIENT_FAILURE && code != null
          ? new HubbubException(code, reply.getMessage())
          : new HubbubException(ErrorCode.UNAVAILABLE, "a history node did not answer");
    }
    return failure;
  }
}
