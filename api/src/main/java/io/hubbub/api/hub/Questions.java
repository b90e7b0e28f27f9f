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
import org.jspecify.annotations.Nullable;

/** Puts questions to history nodes: to that of this process, else to each in turn. */
final class Questions {
  private final Vertx vertx;
  private final String self;
  private final Views views;
  private final DeliveryOptions delivery;
  private int turn;

  Questions(Vertx vertx, String self, Views views, long askMillis) {
    this.vertx = vertx;
    this.self = self;
    this.views = views;
    this.delivery = new DeliveryOptions().setSendTimeout(askMillis);
  }

  <T> Future<T> ask(Query query, Class<T> answer) {
    return ask(query, answer, null);
  }

  /** Asks any history node but one, where there is another. */
  <T> Future<T> ask(Query query, Class<T> answer, @Nullable String not) {
    List<Node> able = views.current().with(Role.HISTORY);
    if (able.isEmpty()) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.UNAVAILABLE, "no history node is there"));
    }
    String node = pick(able, not);
    return vertx
        .eventBus()
        .request(Addresses.history(node), query, delivery)
        .map(message -> answer.cast(message.body()))
        .recover(failure -> Future.failedFuture(translate(failure)));
  }

  private String pick(List<Node> able, @Nullable String not) {
    if (!self.equals(not)) {
      for (Node node : able) {
        if (node.id().equals(self)) {
          return self;
        }
      }
    }
    String picked = able.get(Math.floorMod(turn++, able.size())).id();
    return picked.equals(not) ? able.get(Math.floorMod(turn++, able.size())).id() : picked;
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
