package io.hubbub.cluster;

import com.hazelcast.config.ClasspathXmlConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.UUID;

/** Joins a cluster: {@code cluster.xml} from the class path, then the options over it. */
public final class ClusterJoin {
  /** The attribute by which Vert.x tells its nodes apart. */
  private static final String VERTX_NODE = "__vertx.nodeId";

  private ClusterJoin() {}

  /**
   * Joins, or founds the cluster where nobody is found. Blocking, some seconds.
   *
   * @throws ClusterException when the port is in use, an address is none, or who is asked for
   *     others does not answer
   */
  public static HazelcastInstance join(ClusterOptions settings, Node self) throws ClusterException {
    Config config = config(settings, self);
    try {
      return Hazelcast.newHazelcastInstance(config);
    } catch (HazelcastException e) {
      throw new ClusterException(
          "can't join the cluster on port "
              + settings.port()
              + " ("
              + e.getMessage()
              + "); choose another one with --cluster.port=…, or mend cluster.host",
          e);
    } catch (RuntimeException e) {
      // Often a word only, with the reason in its cause or in Hazelcast's own lines.
      throw new ClusterException(
          "can't join the cluster, whose members are looked for "
              + settings.lookedFor()
              + " ("
              + e.getMessage()
              + (e.getCause() == null ? "" : ": " + e.getCause().getMessage())
              + "); the lines above say more",
          e);
    }
  }

  static Config config(ClusterOptions settings, Node self) throws ClusterException {
    // Reading the file is logged before the file itself can say how.
    System.setProperty("hazelcast.logging.type", "slf4j");
    SteadyClock.use();
    Config config = new ClasspathXmlConfig("cluster.xml");
    config.setClusterName(settings.name());
    config.setInstanceName(self.id());
    config
        .getMemberAttributeConfig()
        .setAttribute(VERTX_NODE, UUID.randomUUID().toString())
        .setAttribute(HazelcastMembers.NODE, self.id())
        .setAttribute(HazelcastMembers.ROLES, Integer.toString(Role.toBits(self.roles())));
    // A service keeps nothing of the cluster's own data, so that it may come and go.
    config.setLiteMember(self.roles().equals(Set.of(Role.SERVICE)));
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(settings.port()).setPortAutoIncrement(false);
    if (settings.host().isPresent()) {
      reachableAt(config, settings.host().get(), settings.port());
    }
    join(network.getJoin(), settings);
    return config;
  }

  private static void reachableAt(Config config, String host, int port) throws ClusterException {
    try {
      InetAddress address = InetAddress.getByName(host);
      NetworkConfig network = config.getNetworkConfig();
      String there = address.getHostAddress();
      network.setPublicAddress(port == 0 ? there : there + ":" + port);
      if (NetworkInterface.getByInetAddress(address) != null) {
        // One of this machine's own: listen there only.
        config.setProperty("hazelcast.socket.bind.any", "false");
        network.getInterfaces().setEnabled(true).addInterface(address.getHostAddress());
      }
    } catch (UnknownHostException | SocketException e) {
      throw new ClusterException("cluster.host: there is no address " + host, e);
    }
  }

  private static void join(JoinConfig join, ClusterOptions settings) {
    switch (settings.join()) {
      case NONE -> {
        // cluster.xml turns every way of finding others off.
      }
      case MULTICAST -> join.getMulticastConfig().setEnabled(true);
      case TCP -> {
        join.getTcpIpConfig().setEnabled(true);
        for (String member : settings.members()) {
          join.getTcpIpConfig()
              .addMember(member.contains(":") ? member : member + ":" + settings.nodePort());
        }
      }
      case AWS -> {
        join.getAwsConfig()
            .setEnabled(true)
            .setProperty("tag-key", settings.awsTagKey())
            .setProperty("tag-value", settings.awsTagValue())
            .setProperty("hz-port", Integer.toString(settings.nodePort()));
        settings.awsRegion().ifPresent(region -> join.getAwsConfig().setProperty("region", region));
      }
      case KUBERNETES -> kubernetes(join.getKubernetesConfig(), settings);
    }
  }

  private static void kubernetes(KubernetesConfig kubernetes, ClusterOptions settings) {
    KubernetesOptions options = settings.kubernetes();
    kubernetes.setEnabled(true).setProperty("service-port", Integer.toString(settings.nodePort()));
    switch (options.lookup()) {
      case API -> {
        // Nodes are never asked for from outside: without it, pods and services are read, too.
        kubernetes
            .setProperty("service-name", options.service())
            .setProperty("expose-externally", "false");
        options.namespace().ifPresent(name -> kubernetes.setProperty("namespace", name));
      }
      case DNS -> kubernetes.setProperty("service-dns", options.service());
    }
  }
}
