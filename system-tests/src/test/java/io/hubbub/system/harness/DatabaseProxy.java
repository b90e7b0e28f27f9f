package io.hubbub.system.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between nodes and PostgreSQL and does to their connections what networks do: resets them,
 * falls silent, leads to another server, or takes the connection away between a commit and its
 * reply.
 */
public final class DatabaseProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3_000;

  private final ServerSocket listener;
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger toCut = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final ProxyGate gate = new ProxyGate();
  private volatile InetSocketAddress target;
  private volatile boolean refusing;
  private volatile double chance;
  private volatile String statement = "";

  private DatabaseProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** Begins to pass connections on to a server. */
  public static DatabaseProxy to(Postgres server) throws IOException {
    return to(server, Place.HERE, 0);
  }

  /** The same, on an address of this machine and a port; 0: any free one. */
  static DatabaseProxy to(Postgres server, Place place, int port) throws IOException {
    ServerSocket listener = new ServerSocket(port, 200, InetAddress.getByName(place.address()));
    DatabaseProxy proxy =
        new DatabaseProxy(listener, new InetSocketAddress(server.host(), server.port()));
    Thread accepting = new Thread(proxy::accept, "database proxy");
    accepting.setDaemon(true);
    accepting.start();
    return proxy;
  }

  /** The setting {@code database.url} of nodes that go through it. */
  public String url() {
    return Postgres.futureUrl(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  /** Resets all connections, and new ones too, until {@link #heal}. */
  public void cut() {
    refusing = true;
    resetAll();
  }

  /** Passes no byte on, either way, and opens nothing, until {@link #heal}. */
  public void freeze() {
    gate.shut();
  }

  /** Passes everything on again. */
  public void heal() {
    refusing = false;
    gate.open();
  }

  /** From now on leads to another server; the connections to the old one are reset. */
  public void switchTo(Postgres server) {
    target = new InetSocketAddress(server.host(), server.port());
    resetAll();
  }

  /**
   * Arms the cut between execution and reply: the server does what it was asked and commits, its
   * whole reply is swallowed, and the connection is reset.
   *
   * @param count how often
   * @param chance with which chance each time that the statement is run, up to 1
   * @param statement a part of the statement's text
   */
  public void cutReplies(int count, double chance, String statement) {
    this.chance = chance;
    this.statement = statement;
    toCut.set(count);
  }

  /** How many replies have been cut. */
  public int cuts() {
    return cuts.get();
  }

  /** How many connections there are. */
  public int connections() {
    return open.size();
  }

  /** Whether the reply to this statement is to be cut; counted when it is. */
  boolean cutsReplyTo(String sql) {
    return toCut.get() > 0
        && sql.contains(statement)
        && ThreadLocalRandom.current().nextDouble() < chance
        && toCut.getAndDecrement() > 0;
  }

  void hasCut() {
    cuts.incrementAndGet();
  }

  ProxyGate gate() {
    return gate;
  }

  void ended(ProxiedConnection connection) {
    open.remove(connection);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          ProxiedConnection.reset(client);
        } else {
          Thread connecting = new Thread(() -> connect(client), "database proxy");
          connecting.setDaemon(true);
          connecting.start();
        }
      } catch (IOException closed) {
        // The loop ends.
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      gate.pass();
      server.connect(target, CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    } catch (IOException e) {
      ProxiedConnection.reset(client);
      return;
    }
    ProxiedConnection connection = new ProxiedConnection(this, client, server);
    open.add(connection);
    connection.start();
    if (refusing) {
      connection.reset();
    }
  }

  private void resetAll() {
    open.forEach(ProxiedConnection::reset);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    gate.open();
    resetAll();
  }
}
