package io.hubbub.history;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.ChangeFriendship;
import io.hubbub.api.query.CreateDirect;
import io.hubbub.api.query.CreateRoom;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.Query;
import io.hubbub.api.query.RotateRefresh;
import io.hubbub.history.db.Answers;
import io.vertx.core.eventbus.Message;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes questions from the bus and sends their answers, or the number of an error code. */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final Set<Class<? extends Query>> CHANGING =
      Set.of(
          CreateRoom.class,
          CreateDirect.class,
          ChangeFriendship.class,
          EndLogin.class,
          RotateRefresh.class);

  private final Answers answers;
  private final Runnable changed;

  /**
   * A desk.
   *
   * @param changed is run when an answer may have changed something about users
   */
  Desk(Answers answers, Runnable changed) {
    this.answers = answers;
    this.changed = changed;
  }

  void answer(Message<Object> message, Query query) {
    answers
        .answer(query)
        .onSuccess(message::reply)
        .onFailure(failure -> fail(message, query, failure))
        .onComplete(
            done -> {
              if (CHANGING.contains(query.getClass())) {
                changed.run();
              }
            });
  }

  private static void fail(Message<Object> message, Query query, Throwable failure) {
    if (failure instanceof HubbubException known) {
      message.fail(known.code().number(), known.getMessage());
    } else {
      String name = query.getClass().getSimpleName();
      LOG.error("{} failed", name, failure);
      message.fail(ErrorCode.INTERNAL.number(), name + " failed");
    }
  }
}
