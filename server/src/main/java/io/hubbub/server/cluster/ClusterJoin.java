package io.hubbub.server.cluster;

import com.hazelcast.config.ClasspathXmlConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.server.config.ClusterConfig;
import io.hubbub.server.start.StartException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.UUID;

/** Joins a cluster: {@code cluster.xml} from the class path, then the settings over it. */
public final class ClusterJoin {
  /** The attribute by which Vert.x tells its nodes apart. */
  private static final String VERTX_NODE = "__vertx.nodeId";

  private ClusterJoin() {}

  /**
   * Joins, or founds the cluster where nobody is found. Blocking, some seconds.
   *
   * @throws StartException when the port is in use or an address is none
   */
  public static HazelcastInstance join(ClusterConfig settings, Node self) throws StartException {
    Config config = config(settings, self);
    try {
      return Hazelcast.newHazelcastInstance(config);
    } catch (HazelcastException | IllegalStateException e) {
      throw new StartException(
          "can't join the cluster on port "
              + settings.port()
              + " ("
              + e.getMessage()
              + "); choose another one with --cluster.port=…, or mend cluster.host",
          e);
    }
  }

  static Config config(ClusterConfig settings, Node self) throws StartException {
    // Reading the file is logged before the file itself can say how.
    System.setProperty("hazelcast.logging.type", "slf4j");
    Config config = new ClasspathXmlConfig("cluster.xml");
    config.setClusterName(settings.name());
    config.setInstanceName(self.id());
    config
        .getMemberAttributeConfig()
        .setAttribute(VERTX_NODE, UUID.randomUUID().toString())
        .setAttribute(HazelcastMembers.NODE, self.id())
        .setAttribute(HazelcastMembers.ROLES, Integer.toString(Role.toBits(self.roles())));
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(settings.port()).setPortAutoIncrement(false);
    if (settings.host().isPresent()) {
      reachableAt(config, settings.host().get(), settings.port());
    }
    join(network.getJoin(), settings);
    return config;
  }

  private static void reachableAt(Config config, String host, int port) throws StartException {
    try {
      InetAddress address = InetAddress.getByName(host);
      NetworkConfig network = config.getNetworkConfig();
      network.setPublicAddress(address.getHostAddress() + ":" + port);
      if (NetworkInterface.getByInetAddress(address) != null) {
        // One of this machine's own: listen there only.
        config.setProperty("hazelcast.socket.bind.any", "false");
        network.getInterfaces().setEnabled(true).addInterface(address.getHostAddress());
      }
    } catch (UnknownHostException | SocketException e) {
      throw new StartException("cluster.host: there is no address " + host, e);
    }
  }

  private static void join(JoinConfig join, ClusterConfig settings) {
    switch (settings.join()) {
      case NONE -> {
        // cluster.xml turns every way of finding others off.
      }
      case MULTICAST -> join.getMulticastConfig().setEnabled(true);
      case TCP -> {
        join.getTcpIpConfig().setEnabled(true);
        for (String member : settings.members()) {
          join.getTcpIpConfig()
              .addMember(member.contains(":") ? member : member + ":" + settings.port());
        }
      }
      case AWS -> {
        join.getAwsConfig()
            .setEnabled(true)
            .setProperty("tag-key", settings.awsTagKey())
            .setProperty("tag-value", settings.awsTagValue())
            .setProperty("hz-port", Integer.toString(settings.port()));
        settings.awsRegion().ifPresent(region -> join.getAwsConfig().setProperty("region", region));
      }
      case KUBERNETES ->
          join.getKubernetesConfig()
              .setEnabled(true)
              .setProperty("service-dns", settings.kubernetesService())
              .setProperty("service-port", Integer.toString(settings.port()));
    }
  }
}
