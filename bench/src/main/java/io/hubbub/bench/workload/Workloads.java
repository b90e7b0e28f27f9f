package io.hubbub.bench.workload;

import io.hubbub.bench.load.World;
import java.util.List;

/**
 * All workloads, in the order of the report. A new one is added here; what it should reach, in
 * {@link io.hubbub.bench.report.Goals}.
 */
public final class Workloads {
  private static final String CPU_PER_DELIVERY = "server CPU s per M deliveries";
  private static final String CPU_PER_MESSAGE = "server CPU s per M messages";
  private static final List<String> PEOPLE_IN_A_ROOM =
      List.of("hubbub", "hubbub-nio", "joined", "each", "socketio", "ejabberd");

  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "fanout32",
              "W1, W7: a room of 1,000, 32 of them with a message in flight",
              new ClosedLoop(World.rooms(1_000, 1_000), 32),
              List.of(
                  "hubbub",
                  "hubbub-nio",
                  "hubbub-2",
                  "hubbub-3",
                  "hubbub-2-idle",
                  "joined",
                  "each",
                  "socketio",
                  "ejabberd"),
              List.of("deliveries/s", CPU_PER_DELIVERY)),
          new Entry(
              "fanout1",
              "W1: a room of 1,000, one of them with a message in flight",
              new ClosedLoop(World.rooms(1_000, 1_000), 1),
              PEOPLE_IN_A_ROOM,
              List.of("p50 ms", CPU_PER_DELIVERY)),
          new Entry(
              "pairs",
              "W2: 1,000 users in 500 pairs, everybody with a message in flight",
              new ClosedLoop(World.pairs(1_000), 1_000),
              PEOPLE_IN_A_ROOM,
              List.of("messages/s", "p50 ms", CPU_PER_MESSAGE)),
          new Entry(
              "lone",
              "one message every 20 ms in a room of 2, on a server that does nothing else",
              new LoneMessage(World.rooms(2, 2), 50),
              PEOPLE_IN_A_ROOM,
              List.of("p50 ms")),
          new Entry(
              "idle",
              "W3: 10,000 sessions, each in 5 rooms, that do nothing",
              new Idle(World.overlapping(10_000, 1_000, 50)),
              // ejabberd takes longer than ten minutes to let 10,000 people into five rooms each.
              List.of("hubbub", "hubbub-nio", "each", "socketio"),
              List.of("live heap KiB per session", "resident KiB per session")),
          new Entry(
              "handshakes",
              "W4: clients come, are known and go, 64 at a time",
              new Handshakes(World.strangers(1_000), 64),
              List.of("hubbub", "hubbub-nio", "each", "socketio"),
              List.of("messages/s")),
          new Entry(
              "presence",
              "W5: 10,000 users who watch 100 each come back at once",
              new Presence(World.rooms(10_000, 100)),
              List.of("hubbub", "hubbub-nio", "hubbub-3"),
              List.of("s until right")),
          new Entry(
              "catchup",
              "W6: 9,990 clients come back at once, having missed 20 messages each",
              new CatchUp(World.rooms(10_000, 1_000), 20, World.rooms(100, 10)),
              List.of("hubbub"),
              List.of("seconds until all have all")),
          grown(
              "grow-connections-1000",
              "1,000 connections, rooms of 1,000, 32 messages in flight for each room",
              new ClosedLoop(World.rooms(1_000, 1_000), 32)),
          grown(
              "grow-connections-10000",
              "the same with 10,000 connections",
              new ClosedLoop(World.rooms(10_000, 1_000), 320)),
          grown(
              "grow-conversations-100",
              "100 rooms of 10 among 1,000 people, 32 messages in flight",
              new ClosedLoop(World.overlapping(1_000, 10, 100), 32)),
          grown(
              "grow-conversations-10000",
              "the same with 10,000 rooms, so that each is in 100",
              new ClosedLoop(World.overlapping(1_000, 10, 10_000), 32)));

  private Workloads() {}

  private static Entry grown(String name, String title, Workload workload) {
    return new Entry(
        name, "growth: " + title, workload, List.of("hubbub"), List.of(CPU_PER_DELIVERY));
  }

  /**
   * A workload in the catalogue.
   *
   * @param name as in tables and options
   * @param title one line
   * @param workload what is done
   * @param contestants who can do it, in the order of the table
   * @param plots the figures that are drawn; the first is also set against limits and peers
   */
  public record Entry(
      String name, String title, Workload workload, List<String> contestants, List<String> plots) {
    private Entry limitedTo(List<String> names) {
      List<String> left =
          contestants.stream().filter(each -> names.isEmpty() || names.contains(each)).toList();
      return new Entry(name, title, workload, left, plots);
    }
  }

  /** All. */
  public static List<Entry> all() {
    return ALL;
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(Entry::name).toList();
  }

  /** Those that are asked for, with the contestants that are asked for, where any can do it. */
  public static List<Entry> plan(List<String> only, List<String> contestants) {
    return ALL.stream()
        .filter(entry -> only.isEmpty() || only.contains(entry.name()))
        .map(entry -> entry.limitedTo(contestants))
        .filter(entry -> !entry.contestants().isEmpty())
        .toList();
  }
}
