package io.hubbub.api.hub;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Puts questions to one node, whichever it is. */
public final class NodeQuestions {
  private final Vertx vertx;
  private final DeliveryOptions delivery;

  /** Asks with a time to wait for each answer, in milliseconds. */
  public NodeQuestions(Vertx vertx, long askMillis) {
    this.vertx = vertx;
    this.delivery = new DeliveryOptions().setSendTimeout(askMillis);
  }

  /**
   * The answer; fails with the error of the node, or {@code unavailable}.
   *
   * @param address of {@link io.hubbub.api.bus.Addresses}
   */
  public <T> Future<T> ask(String address, Query query, Class<T> answer) {
    return vertx
        .eventBus()
        .request(address, query, delivery)
        .map(message -> answer.cast(message.body()))
        .recover(failure -> Future.failedFuture(translate(failure)));
  }

  private static Throwable translate(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      ErrorCode code = ErrorCode.of(reply.failureCode());
      return reply.failureType() == ReplyFailure.RECIPIENT_FAILURE && code != null
          ? new HubbubException(code, reply.getMessage())
          : new HubbubException(ErrorCode.UNAVAILABLE, "a node did not answer");
    }
    return failure;
  }
}
