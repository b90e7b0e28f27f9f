package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Query;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Java side on the test server, waited for. */
final class Fixture implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final Database database =
      new Database(
          vertx,
          DatabaseOptions.of("127.0.0.1", TestServer.port(), "postgres", "postgres", "postgres"));
  final QueryOptions options;
  final Answers answers;

  Fixture() {
    this(QueryOptions.DEFAULT);
  }

  Fixture(QueryOptions options) {
    this.options = options;
    this.answers = new Answers(database, options);
  }

  @Override
  public void close() {
    await(database.close());
    await(vertx.close());
  }

  /** The answer to a question, as the type that its documentation names. */
  <T> T ask(Class<T> type, Query query) {
    return type.cast(await(answers.answer(query)));
  }

  /** That a question fails with this code. */
  void assertFails(ErrorCode code, Query query) {
    HubbubException failure =
        assertThrows(HubbubException.class, () -> await(answers.answer(query)));
    assertEquals(code, failure.code());
  }

  /** Waits for a future, 20 s at most. */
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
