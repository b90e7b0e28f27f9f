package io.hubbub.system.harness;

import io.hubbub.system.harness.Cut.Manner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of this machine's own: places with an address each, in network namespaces joined by a
 * switch in one more. The tests themselves reach them from outside. Links between any two places
 * can be cut and healed. Needs root.
 */
public final class Network implements AutoCloseable {
  /** Where nodes of such a network listen for clients. */
  public static final int HTTP_PORT = 8080;

  /** Where they listen for Hazelcast. */
  public static final int CLUSTER_PORT = 5701;

  /** Where they listen for the event bus. */
  public static final int BUS_PORT = 5702;

  /** Where a database server listens. */
  public static final int DATABASE_PORT = 5432;

  private static final int NETWORKS = 250;
  private static final int FIRST_HOST = 11;

  private final int number;
  private final String name;
  private final Place clients;
  private final List<Place> places = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final Thread atExit = new Thread(this::remove);

  private Network(int number) {
    this.number = number;
    this.name = "hb" + number;
    this.clients = new Place("", address(1));
  }

  /** Makes one that no other run of the tests has. */
  public static Network open() throws IOException, InterruptedException {
    Tools.needRoot("network namespaces");
    Tools.need("ip", "iproute2");
    Tools.need("iptables", "iptables");
    int first = Math.floorMod(ProcessHandle.current().pid(), NETWORKS);
    IOException why = new IOException("none tried");
    for (int i = 0; i < NETWORKS; i++) {
      Network network = new Network(1 + (first + i) % NETWORKS);
      try {
        // Only one can make a namespace of a name.
        ip("netns", "add", network.name);
      } catch (IOException taken) {
        why = taken;
        continue;
      }
      Runtime.getRuntime().addShutdownHook(network.atExit);
      try {
        network.build();
        return network;
      } catch (IOException e) {
        network.close();
        throw e;
      }
    }
    throw new IllegalStateException("these tests need network namespaces: " + why.getMessage());
  }

  private void build() throws IOException, InterruptedException {
    ip("-n", name, "link", "set", "lo", "up");
    ip("-n", name, "link", "add", "switch", "type", "bridge");
    ip("-n", name, "link", "set", "switch", "up");
    ip("link", "add", name, "type", "veth", "peer", "name", "clients", "netns", name);
    ip("-n", name, "link", "set", "clients", "master", "switch", "up");
    ip("addr", "add", clients.address() + "/24", "dev", name);
    ip("link", "set", name, "up");
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Commands.run(command);
  }

  private String address(int host) {
    return "10.231." + number + "." + host;
  }

  /** Makes one more place. */
  public Place add() throws IOException, InterruptedException {
    int host = FIRST_HOST + places.size();
    String port = "p" + host;
    Place place = new Place(name + port, address(host));
    String there = place.namespace();
    ip("netns", "add", there);
    places.add(place);
    ip("-n", there, "link", "set", "lo", "up");
    ip("-n", name, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", there);
    ip("-n", name, "link", "set", port, "master", "switch", "up");
    ip("-n", there, "addr", "add", place.address() + "/24", "dev", "eth0");
    ip("-n", there, "link", "set", "eth0", "up");
    return place;
  }

  /** Where the tests and their clients are. */
  public Place clients() {
    return clients;
  }

  /** Cuts what goes from one place to another, but not what comes back. */
  public Cut oneWay(Place from, Place to, Traffic traffic, Manner manner)
      throws IOException, InterruptedException {
    return begin(traffic, manner).way(from, to);
  }

  /** Cuts the link between two places. */
  public Cut between(Place one, Place other, Traffic traffic, Manner manner)
      throws IOException, InterruptedException {
    return begin(traffic, manner).way(one, other).way(other, one);
  }

  /** Cuts every link between two groups of places, silently. */
  public Cut apart(List<Place> ones, List<Place> others) throws IOException, InterruptedException {
    Cut cut = begin(Traffic.ALL, Manner.SILENT);
    for (Place one : ones) {
      for (Place other : others) {
        cut.way(one, other).way(other, one);
      }
    }
    return cut;
  }

  private Cut begin(Traffic traffic, Manner manner) {
    Cut cut = new Cut(traffic, manner);
    cuts.add(cut);
    return cut;
  }

  /** Heals every link. */
  public void heal() throws IOException, InterruptedException {
    for (Cut cut : cuts) {
      cut.heal();
    }
    cuts.clear();
  }

  /** Removes everything; what still runs in it has no network any more. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyEnding) {
      // Then the hook removes it all the same.
    }
    remove();
  }

  private synchronized void remove() {
    places.forEach(place -> quietly("netns", "del", place.namespace()));
    places.clear();
    quietly("link", "del", name);
    quietly("netns", "del", name);
  }

  private static void quietly(String... words) {
    try {
      ip(words);
    } catch (IOException e) {
      // It is gone already, or was never made.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
