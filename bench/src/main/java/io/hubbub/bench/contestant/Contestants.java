package io.hubbub.bench.contestant;

import java.nio.file.Path;
import java.util.List;

/** Everybody who can be measured, by name. */
public final class Contestants {
  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "hubbub",
              "one Hubbub node, all roles, over PostgreSQL",
              Kind.HUBBUB,
              (setup, folder) -> setup.hubbub(folder, 1, 1)),
          new Entry(
              "hubbub-nio",
              "the same on NIO, where Linux's io_uring is not allowed",
              Kind.HUBBUB,
              (setup, folder) -> setup.hubbub(folder, 1, 1, "--node.transport=nio")),
          new Entry(
              "hubbub-2",
              "two Hubbub nodes, clients spread over both",
              Kind.HUBBUB,
              (setup, folder) -> setup.hubbub(folder, 2, 2)),
          new Entry(
              "hubbub-3",
              "three Hubbub nodes, clients spread over all",
              Kind.HUBBUB,
              (setup, folder) -> setup.hubbub(folder, 3, 3)),
          new Entry(
              "hubbub-2-idle",
              "two Hubbub nodes with clients and a third that nobody connects to",
              Kind.HUBBUB,
              (setup, folder) -> setup.hubbub(folder, 3, 2)),
          new Entry(
              "joined",
              "limit: bare Vert.x sockets, all that waits joined into one frame",
              Kind.LIMIT,
              (setup, folder) -> BareSockets.start(folder, "joined")),
          new Entry(
              "each",
              "limit: bare Vert.x sockets, one write per message",
              Kind.LIMIT,
              (setup, folder) -> BareSockets.start(folder, "each")),
          new Entry(
              "socketio",
              "peer: Socket.IO and pg on Node, insert then emit, over PostgreSQL",
              Kind.PEER,
              (setup, folder) -> SocketIo.start(setup.home().resolve("bench"), folder)),
          new Entry(
              "ejabberd",
              "peer: ejabberd, rooms archived in PostgreSQL (after the fact: not durable)",
              Kind.PEER,
              (setup, folder) -> Ejabberd.start(setup.home().resolve("bench"), folder)));

  private Contestants() {}

  /** What a contestant is to the reader of a table. */
  public enum Kind {
    /** What is measured. */
    HUBBUB,
    /** What cannot be beaten: it does less. */
    LIMIT,
    /** Another product. */
    PEER
  }

  /**
   * Somebody who can be measured.
   *
   * @param name as in tables and options
   * @param title one line
   * @param kind what it is to the reader
   * @param starter starts it
   */
  public record Entry(String name, String title, Kind kind, Starter starter) {}

  /** Starts a contestant. */
  @FunctionalInterface
  public interface Starter {
    /**
     * Starts it and waits until it is ready.
     *
     * @param folder where its data and logs go
     * @throws Unavailable when it cannot run on this machine at all
     */
    Contestant start(Setup setup, Path folder) throws Exception;
  }

  /**
   * What all need to know.
   *
   * @param home the folder of the repository
   * @param javaOptions of the JVMs of Hubbub's nodes
   */
  public record Setup(Path home, String javaOptions) {
    private Contestant hubbub(Path folder, int nodes, int serving, String... settings)
        throws Exception {
      return HubbubNodes.start(home, folder, nodes, serving, List.of(settings), javaOptions);
    }
  }

  /** Everybody, in the order of tables. */
  public static List<Entry> all() {
    return ALL;
  }

  /** Everybody's names. */
  public static List<String> names() {
    return ALL.stream().map(Entry::name).toList();
  }

  /** The one with a name. */
  public static Entry named(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
  }
}
