package io.hubbub.history;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.history.db.Appended;
import io.hubbub.history.db.LaneSession;
import io.hubbub.history.db.SqlOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the database with one batch in flight, so that the order of completion is the
 * order of numbers. What comes while a batch is in flight makes the next one. A batch whose
 * connection broke has an unknown outcome and goes again with the same keys, never failed and never
 * acknowledged, until it is known or its deadline passes. Confined to the home's context.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final long LATE_NANOS = 500_000_000;
  private static final int CLOCK_ATTEMPTS = 3;

  /** What the home does about results. */
  interface Port {
    /** These are committed, or refused for good; one result each. */
    void appended(List<Waiting> batch, List<Appended> results);

    /** These came too late and were not done: their senders must send them again. */
    void expired(List<Waiting> all);

    /** The log lacks an entry that was committed at that time: the database went back in time. */
    Future<Void> wentBack(long at);

    /** Whether the database answers. */
    void reachable(boolean reachable, String why);
  }

  private final Vertx vertx;
  private final Supplier<Future<LaneSession>> connect;
  private final LaneQueue queue;
  private final DatabaseClock clock;
  private final HistoryCounts counts;
  private final Port port;
  private @Nullable LaneSession session;
  private @Nullable Future<LaneSession> opening;
  private @Nullable Witness witness;
  private boolean busy;
  private boolean closed;
  private long pause = FIRST_PAUSE_MILLIS;

  Lane(
      Vertx vertx,
      Supplier<Future<LaneSession>> connect,
      LaneQueue queue,
      DatabaseClock clock,
      HistoryCounts counts,
      Port port) {
    this.vertx = vertx;
    this.connect = connect;
    this.queue = queue;
    this.clock = clock;
    this.counts = counts;
    this.port = port;
  }

  /** Adds a command behind all others; {@link #pump} lets it leave. */
  void add(Waiting command) {
    queue.add(command);
  }

  /** Whether there is a connection, as far as is known. */
  boolean connected() {
    return session != null;
  }

  /** Whether nothing waits and nothing is in flight. */
  boolean idle() {
    return !busy && queue.isEmpty();
  }

  /** Opens the connection, again and again until it is there. */
  Future<Void> open() {
    return session().mapEmpty();
  }

  /** Closes the connection; what is in flight has an unknown outcome. */
  Future<Void> close() {
    closed = true;
    LaneSession open = session;
    return open == null ? Future.succeededFuture() : open.close();
  }

  /** Everything that has come together was added: sends a batch where none is in flight. */
  void pump() {
    if (busy || queue.isEmpty() || closed) {
      return;
    }
    busy = true;
    List<Waiting> batch = queue.cut();
    counts.batch(batch.size());
    run(new BatchSplitter<>(batch))
        .onComplete(
            done -> {
              busy = false;
              pump();
            });
  }

  /** Runs all parts of a batch, in order. */
  private Future<Void> run(BatchSplitter<Waiting> splitter) {
    Promise<Void> dealt = Promise.promise();
    runNext(splitter, dealt);
    return dealt.future();
  }

  /** A loop, not a chain: a database that is away for hours must not make one of any length. */
  private void runNext(BatchSplitter<Waiting> splitter, Promise<Void> dealt) {
    List<Waiting> part = splitter.next();
    if (part.isEmpty() || closed) {
      dealt.complete();
      return;
    }
    runOnce(splitter, part)
        .onComplete(
            again -> {
              if (again.succeeded() && again.result()) {
                runNext(splitter, dealt);
              } else {
                dealt.complete();
              }
            });
  }

  /** Whether there is more to run. */
  private Future<Boolean> runOnce(BatchSplitter<Waiting> splitter, List<Waiting> part) {
    List<Command> commands = new ArrayList<>(part.size());
    long deadline = Long.MAX_VALUE;
    for (Waiting waiting : part) {
      commands.add(waiting.command());
      deadline = Math.min(deadline, waiting.deadline());
    }
    long until = deadline;
    return session()
        .compose(
            open ->
                counts
                    .timed(open.append(commands, until))
                    .compose(
                        results ->
                            results.isPresent()
                                ? answered(splitter, part, results.get())
                                : tooLate(open, splitter)))
        .recover(failure -> failed(splitter, part, failure));
  }

  private Future<Boolean> answered(
      BatchSplitter<Waiting> splitter, List<Waiting> part, List<Appended> results) {
    pause = FIRST_PAUSE_MILLIS;
    splitter.done();
    remember(part, results);
    port.appended(part, results);
    return Future.succeededFuture(true);
  }

  /**
   * Whatever waits is given back. The clock is set anew: where the database's has jumped (a host
   * that slept), every later command would come too late as well.
   */
  private Future<Boolean> tooLate(LaneSession open, BatchSplitter<Waiting> splitter) {
    pause = FIRST_PAUSE_MILLIS;
    return setClock(open)
        .transform(
            set -> {
              List<Waiting> late = new ArrayList<>();
              for (List<Waiting> rest = splitter.next(); !rest.isEmpty(); rest = splitter.next()) {
                late.addAll(rest);
                splitter.done();
              }
              late.addAll(queue.drain());
              counts.expired(late.size());
              port.expired(late);
              return Future.succeededFuture(false);
            });
  }

  private Future<Boolean> failed(
      BatchSplitter<Waiting> splitter, List<Waiting> part, Throwable failure) {
    if (SqlOutcome.of(failure) != SqlOutcome.SPLIT) {
      LOG.warn(
          "A batch of {} has an unknown outcome and goes again: {}",
          part.size(),
          failure.toString());
      counts.retried();
      dropSession();
      return paused().map(true);
    }
    counts.split();
    if (!splitter.refused()) {
      String user = part.get(0).command().user();
      LOG.warn("The database refuses a command of {}: {}", user, failure.toString());
      splitter.done();
      port.appended(part, List.of(refused(failure)));
    }
    return Future.succeededFuture(true);
  }

  private static Appended refused(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    Outcome outcome =
        message.contains("22021") || message.contains("22P05")
            ? Outcome.failed(ErrorCode.BAD_TEXT, "the text cannot be kept: U+0000")
            : Outcome.failed(ErrorCode.INTERNAL, "the database refused the command");
    return new Appended(outcome, null, 0, 0, false);
  }

  private void remember(List<Waiting> part, List<Appended> results) {
    for (int i = results.size() - 1; i >= 0; i--) {
      Outcome outcome = results.get(i).outcome();
      if (results.get(i).entry() != null) {
        witness = new Witness(part.get(i).command().conversation(), outcome.seq(), outcome.at());
        return;
      }
    }
  }

  private Future<LaneSession> session() {
    LaneSession open = session;
    if (open != null) {
      return Future.succeededFuture(open);
    }
    if (closed) {
      return Future.failedFuture("the lane is closed");
    }
    Future<LaneSession> begun = opening;
    if (begun != null) {
      return begun;
    }
    Promise<LaneSession> opened = Promise.promise();
    opening = opened.future();
    opened.future().onComplete(done -> opening = null);
    attempt(opened);
    return opened.future();
  }

  /** Again and again, in a loop like that of a batch. */
  private void attempt(Promise<LaneSession> opened) {
    connect
        .get()
        .compose(this::check)
        .onComplete(
            fresh -> {
              session = fresh;
              fresh.onClose(() -> ended(fresh));
              port.reachable(true, "");
              opened.complete(fresh);
            },
            failure -> {
              port.reachable(false, String.valueOf(failure.getMessage()));
              if (closed) {
                opened.fail(failure);
              } else {
                paused().onComplete(done -> attempt(opened));
              }
            });
  }

  /** Nobody may write for long: a log that went back is to be found all the same. */
  private void ended(LaneSession broken) {
    if (session == broken && !busy && !closed) {
      session = null;
      session().onFailure(failure -> LOG.debug("The lane was closed meanwhile", failure));
    }
  }

  /** Sets the clock, and looks for the last entry this lane saw committed. */
  private Future<LaneSession> check(LaneSession fresh) {
    Witness last = witness;
    Future<LaneSession> checked =
        setClock(fresh)
            .compose(
                now ->
                    last == null
                        ? Future.succeededFuture(true)
                        : fresh.holds(last.conversation(), last.seq(), last.at()))
            .compose(
                holds -> {
                  if (holds) {
                    return Future.succeededFuture(fresh);
                  }
                  long lost = last == null ? 0 : last.at();
                  return port.wentBack(lost).onSuccess(replaced -> witness = null).map(fresh);
                });
    return checked.onFailure(failure -> fresh.close());
  }

  /** Asks again what was answered late: the clock would run ahead by as much. */
  private Future<Long> setClock(LaneSession of) {
    return setClock(of, CLOCK_ATTEMPTS);
  }

  private Future<Long> setClock(LaneSession of, int attempts) {
    long asked = System.nanoTime();
    return of.now()
        .compose(
            now -> {
              clock.set(now, asked);
              boolean late = System.nanoTime() - asked > LATE_NANOS;
              return late && attempts > 1
                  ? setClock(of, attempts - 1)
                  : Future.succeededFuture(now);
            });
  }

  /** Leaves the connection without waiting for it to close: it may be silent for long. */
  private void dropSession() {
    LaneSession broken = session;
    session = null;
    if (broken != null) {
      broken.close().onFailure(failure -> LOG.debug("Closing a broken connection", failure));
    }
  }

  private Future<Void> paused() {
    long now = pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    return vertx.timer(now).mapEmpty();
  }
}
