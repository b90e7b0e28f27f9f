package io.hubbub.history;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Outcome;
import io.hubbub.history.db.Appended;
import io.hubbub.history.db.LaneSession;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A log in memory behind the port to the database: numbers what is new, knows what it has, and goes
 * wrong as a test wishes. Answers in a later turn. Confined to one context.
 */
final class ScriptedLog {
  /** What becomes of one call of {@code append}. */
  enum Step {
    COMMITS,
    BREAKS_BEFORE_COMMIT,
    BREAKS_AFTER_COMMIT,
    COMES_TOO_LATE
  }

  final Deque<Step> script = new ArrayDeque<>();
  final List<List<String>> calls = new ArrayList<>();
  final Map<String, Outcome> log = new LinkedHashMap<>();
  final List<Witness> asked = new ArrayList<>();
  final Deque<Boolean> connects = new ArrayDeque<>();
  boolean holds = true;
  int opened;
  int closed;
  int most;
  private final Context context;
  private int inFlight;

  ScriptedLog(Context context) {
    this.context = context;
  }

  Future<LaneSession> connect() {
    Boolean works = connects.poll();
    return later(
        () -> {
          if (Boolean.FALSE.equals(works)) {
            return Future.failedFuture("connection refused");
          }
          opened++;
          return Future.succeededFuture(new Session());
        });
  }

  private final class Session implements LaneSession {
    @Override
    public Future<Optional<List<Appended>>> append(List<Command> commands, long deadline) {
      most = Math.max(most, ++inFlight);
      calls.add(commands.stream().map(Command::key).toList());
      return later(
          () -> {
            inFlight--;
            return run(commands);
          });
    }

    @Override
    public Future<Boolean> holds(UUID conversation, long seq, long at) {
      asked.add(new Witness(conversation, seq, at));
      return later(() -> Future.succeededFuture(holds));
    }

    @Override
    public Future<Long> now() {
      return later(() -> Future.succeededFuture(TimeUnit.HOURS.toMillis(1)));
    }

    @Override
    public Future<Void> close() {
      closed++;
      return Future.succeededFuture();
    }
  }

  private Future<Optional<List<Appended>>> run(List<Command> commands) {
    Step step = script.isEmpty() ? Step.COMMITS : script.remove();
    if (step == Step.COMES_TOO_LATE) {
      return Future.succeededFuture(Optional.empty());
    }
    if (step == Step.BREAKS_BEFORE_COMMIT) {
      return Future.failedFuture("connection reset");
    }
    if (commands.stream().anyMatch(command -> "\0".equals(command.body()))) {
      return Future.failedFuture(new PgException("invalid byte sequence", "ERROR", "22021", null));
    }
    List<Appended> results = new ArrayList<>();
    for (Command command : commands) {
      results.add(commit(command));
    }
    return step == Step.BREAKS_AFTER_COMMIT
        ? Future.failedFuture(new PgException("terminating", "FATAL", "57P01", null))
        : Future.succeededFuture(Optional.of(results));
  }

  private Appended commit(Command command) {
    Outcome known = log.get(command.key());
    if (known != null) {
      Outcome again = Outcome.appended(known.seq(), known.at(), 0, true);
      return new Appended(again, null, log.size(), 1, false);
    }
    long seq = log.size() + 1L;
    long at = 1_000 + seq;
    log.put(command.key(), Outcome.appended(seq, at, 0, false));
    Entry entry =
        new Entry(
            seq, command.kind(), command.user(), at, command.key(), 0, 0, command.body(), null);
    return new Appended(Outcome.appended(seq, at, 0, false), entry, seq, 1, false);
  }

  private interface Work<T> {
    Future<T> run();
  }

  private <T> Future<T> later(Work<T> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(turn -> work.run().onComplete(promise));
    return promise.future();
  }
}
