package io.hubbub.examples.welcome;

import io.hubbub.api.client.HubbubClient;
import io.hubbub.api.client.Subscription;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.examples.ServiceProcess;
import io.hubbub.examples.welcome.PositionFile.Position;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Welcomes who joins a room and answers {@code !ping}, each exactly once, whatever becomes of nodes
 * and of itself: it follows the room's log without holes, keeps how far it has come, and answers
 * with a key that names the entry.
 */
public final class WelcomeBot {
  private static final Logger LOG = LoggerFactory.getLogger(WelcomeBot.class);

  /** How often its position is kept: so much is gone through again after a crash, to no effect. */
  private static final long KEEP_MILLIS = 1_000;

  /** How often it asks whether it has been added to the room. */
  private static final long ASK_MILLIS = 2_000;

  private final BotOptions options;
  private final Answers answers;
  private final Vertx vertx;
  private final HubbubClient client;
  private long kept = -1;

  private WelcomeBot(BotOptions options, Vertx vertx, HubbubClient client) {
    this.options = options;
    this.answers = new Answers(options.user());
    this.vertx = vertx;
    this.client = client;
  }

  /** Runs until it is stopped; exits with 1 when it can't go on, to be started again. */
  public static void main(String[] arguments) {
    BotOptions options;
    try {
      options = BotOptions.of(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + BotOptions.USAGE);
      System.exit(1);
      return;
    }
    ServiceProcess.run(
        options.service(),
        options.user(),
        (vertx, client) -> new WelcomeBot(options, vertx, client).run());
  }

  /** Ends in a failure only. */
  private Future<Void> run() {
    return begin()
        .compose(
            after -> {
              LOG.info("Follows {} from {} as {}", options.room(), after, client.user());
              Subscription room = client.follow(options.room(), after, this::hear);
              keep(after);
              vertx.setPeriodic(KEEP_MILLIS, tick -> keep(room.at()));
              return room.ended().onComplete(ended -> keep(room.at()));
            });
  }

  /** Where to begin: where it was, or with what comes next. */
  private Future<Long> begin() {
    Optional<Position> position;
    try {
      position = options.position().read();
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
    if (position.isEmpty()) {
      return head();
    }
    boolean sameLog = position.get().epoch().equals(client.epoch());
    // Of another log, a restored backup say, nothing is known: all of it again, to no harm.
    return Future.succeededFuture(sameLog ? position.get().seq() : 0L);
  }

  private Future<Long> head() {
    return client
        .surely(() -> client.conversation(options.room()))
        .map(row -> row.head())
        .recover(
            failure -> {
              if (!(failure instanceof HubbubException known)
                  || (known.code() != ErrorCode.NOT_A_MEMBER
                      && known.code() != ErrorCode.NOT_FOUND)) {
                return Future.failedFuture(failure);
              }
              LOG.info("Waits for somebody to add {} to {}", client.user(), options.room());
              return vertx.timer(ASK_MILLIS, TimeUnit.MILLISECONDS).compose(later -> head());
            });
  }

  private Future<?> hear(Entry entry) {
    return answers
        .to(entry)
        .<Future<?>>map(answer -> client.sendSurely(options.room(), answer.key(), answer.text()))
        .orElseGet(Future::succeededFuture);
  }

  private void keep(long at) {
    if (at == kept) {
      return;
    }
    kept = at;
    Position position = new Position(client.epoch(), at);
    vertx
        .executeBlocking(
            () -> {
              options.position().write(position);
              return null;
            })
        .onFailure(failure -> LOG.warn("Can't keep the position: {}", failure.toString()));
  }
}
