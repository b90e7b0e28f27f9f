package io.hubbub.bench.report;

import static io.hubbub.bench.report.Goal.Sense.AT_LEAST;
import static io.hubbub.bench.report.Goal.Sense.AT_MOST;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/** What Hubbub should reach, by workload, as code. The names of figures are those of the runs. */
public final class Goals {
  private static final String DELIVERIES = "deliveries/s";
  private static final String MESSAGES = "messages/s";
  private static final String P50 = "p50 ms";
  private static final String P99 = "p99 ms";
  private static final String CPU_PER_DELIVERY = "server CPU s per M deliveries";
  private static final String CPU_PER_MESSAGE = "server CPU s per M messages";
  private static final String DATABASE_CPU_PER_MESSAGE = "database CPU s per M messages";

  /** A cost is nothing where it is lost in the noise. */
  private static final double NOTHING = 1.05;

  private static final List<Goal> ALL =
      List.of(
          new Goal(
              "W1",
              "fan-out, 32 in flight: deliveries/s, of the joined limit",
              ratio("fanout32", DELIVERIES, "hubbub", "joined"),
              AT_LEAST,
              0.9,
              "×"),
          new Goal(
              "W1",
              "the same with our server on NIO",
              ratio("fanout32", DELIVERIES, "hubbub-nio", "joined"),
              AT_LEAST,
              0.7,
              "×"),
          new Goal(
              "W1",
              "fan-out, 32 in flight: deliveries/s, of Socket.IO's",
              ratio("fanout32", DELIVERIES, "hubbub", "socketio"),
              AT_LEAST,
              18,
              "×"),
          new Goal(
              "W1",
              "fan-out, 32 in flight: CPU per million deliveries",
              figure("fanout32", "hubbub", CPU_PER_DELIVERY),
              AT_MOST,
              0.35,
              "s"),
          new Goal(
              "W1",
              "fan-out, 1 in flight: p50, of bare Vert.x",
              ratio("fanout1", P50, "hubbub", "each"),
              AT_MOST,
              2,
              "×"),
          new Goal(
              "W2",
              "1:1: messages/s, of Socket.IO's",
              ratio("pairs", MESSAGES, "hubbub", "socketio"),
              AT_LEAST,
              5,
              "×"),
          new Goal(
              "W2",
              "1:1: p99, of Socket.IO's p50",
              both(
                  figure("pairs", "hubbub", P99),
                  figure("pairs", "socketio", P50),
                  (ours, theirs) -> ours / theirs),
              AT_MOST,
              0.5,
              "×"),
          new Goal(
              "W2",
              "1:1: CPU of server and database per million messages",
              both(
                  figure("pairs", "hubbub", CPU_PER_MESSAGE),
                  figure("pairs", "hubbub", DATABASE_CPU_PER_MESSAGE),
                  Double::sum),
              AT_MOST,
              30,
              "s"),
          new Goal(
              "W3",
              "idle: live heap of a session",
              figure("idle", "hubbub", "live heap KiB per session"),
              AT_MOST,
              9,
              "KiB"),
          new Goal(
              "W3",
              "idle: resident memory of a connection, of bare Vert.x",
              ratio("idle", "resident KiB per session", "hubbub", "each"),
              AT_MOST,
              1,
              "×"),
          new Goal(
              "W4",
              "handshakes/s, of bare Vert.x",
              ratio("handshakes", MESSAGES, "hubbub", "each"),
              AT_LEAST,
              0.6,
              "×"),
          new Goal(
              "W5",
              "presence: until every watcher is right",
              figure("presence", "hubbub", "s until right"),
              AT_MOST,
              5,
              "s"),
          new Goal(
              "W5",
              "presence: event loops blocked for over 100 ms",
              figure("presence", "hubbub", "blocked event loops"),
              AT_MOST,
              0,
              "times"),
          new Goal(
              "W6",
              "catch-up: pages read per conversation and 1,000 clients",
              figure("catchup", "hubbub", "pages per conversation and 1,000 clients"),
              AT_MOST,
              1,
              ""),
          new Goal(
              "W6",
              "catch-up: p99 of live traffic, of that before",
              both(
                  figure("catchup", "hubbub", "p99 ms of the others meanwhile"),
                  figure("catchup", "hubbub", "p99 ms of the others before"),
                  (live, quiet) -> live / quiet),
              AT_MOST,
              2,
              "×"),
          new Goal(
              "lone",
              "a lone message: p50 above 1.5 times that of one row",
              both(
                  figure("lone", "hubbub", P50),
                  figure("lone", "hubbub", "one row p50 ms"),
                  (message, row) -> message - 1.5 * row),
              AT_MOST,
              1,
              "ms"),
          new Goal(
              "W7",
              "two nodes: CPU per delivery, of one node's",
              ratio("fanout32", CPU_PER_DELIVERY, "hubbub-2", "hubbub"),
              AT_MOST,
              1.3,
              "×"),
          new Goal(
              "W7",
              "three nodes: CPU per delivery, of one node's",
              ratio("fanout32", CPU_PER_DELIVERY, "hubbub-3", "hubbub"),
              AT_MOST,
              1.3,
              "×"),
          new Goal(
              "W7",
              "an idle third node: CPU per delivery, of that without it",
              ratio("fanout32", CPU_PER_DELIVERY, "hubbub-2-idle", "hubbub-2"),
              AT_MOST,
              NOTHING,
              "×"),
          new Goal(
              "growth",
              "1,000 to 10,000 connections: CPU per delivery",
              grown("grow-connections-1000", "grow-connections-10000"),
              AT_MOST,
              1.2,
              "×"),
          new Goal(
              "growth",
              "100 to 10,000 conversations of 10: CPU per delivery",
              grown("grow-conversations-100", "grow-conversations-10000"),
              AT_MOST,
              1.2,
              "×"));

  private Goals() {}

  /** All. */
  public static List<Goal> all() {
    return ALL;
  }

  private static Function<Results, OptionalDouble> figure(
      String workload, String contestant, String figure) {
    return results -> results.median(workload, contestant, figure);
  }

  /** Of a figure in one workload: one contestant's median by that of another. */
  private static Function<Results, OptionalDouble> ratio(
      String workload, String figure, String contestant, String by) {
    return both(
        figure(workload, contestant, figure), figure(workload, by, figure), (a, b) -> a / b);
  }

  private static Function<Results, OptionalDouble> grown(String small, String large) {
    return both(
        figure(large, "hubbub", CPU_PER_DELIVERY),
        figure(small, "hubbub", CPU_PER_DELIVERY),
        (after, before) -> after / before);
  }

  private static Function<Results, OptionalDouble> both(
      Function<Results, OptionalDouble> first,
      Function<Results, OptionalDouble> second,
      DoubleBinaryOperator how) {
    return results -> {
      OptionalDouble a = first.apply(results);
      OptionalDouble b = second.apply(results);
      return a.isPresent() && b.isPresent()
          ? OptionalDouble.of(how.applyAsDouble(a.getAsDouble(), b.getAsDouble()))
          : OptionalDouble.empty();
    };
  }
}
