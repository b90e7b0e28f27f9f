package io.hubbub.system.harness;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.ClasspathXmlConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.hubbub.api.client.HubbubClient;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** This process as an internal service: a member of the cluster that does none of its work. */
public final class BusMember implements AutoCloseable {
  private static final String NODE = "hubbub.node";
  private static final String ROLES = "hubbub.roles";

  private final HazelcastInstance hazelcast;
  private final Vertx vertx;
  private final Views views;
  private final String id;

  private BusMember(HazelcastInstance hazelcast, Vertx vertx, Views views, String id) {
    this.hazelcast = hazelcast;
    this.vertx = vertx;
    this.views = views;
    this.id = id;
  }

  /** Joins; blocking, some seconds. */
  public static BusMember join(Cluster cluster, String name) throws Exception {
    System.setProperty("hazelcast.logging.type", "slf4j");
    Node self = new Node(name + "~" + FreePorts.one(), Set.of(Role.SERVICE), false);
    Config config = new ClasspathXmlConfig("cluster.xml");
    config.setClusterName(cluster.name()).setInstanceName(self.id());
    config
        .getMemberAttributeConfig()
        .setAttribute("__vertx.nodeId", UUID.randomUUID().toString())
        .setAttribute(NODE, self.id())
        .setAttribute(ROLES, Integer.toString(Role.toBits(self.roles())));
    var network = config.getNetworkConfig();
    int port = FreePorts.one();
    network.setPort(port).setPortAutoIncrement(false).setPublicAddress("127.0.0.1:" + port);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.setProperty("hazelcast.socket.bind.any", "false");
    var tcp = network.getJoin().getTcpIpConfig().setEnabled(true);
    cluster.clusterPorts().forEach(member -> tcp.addMember("127.0.0.1:" + member));
    HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config);
    Vertx vertx =
        get(
            Vertx.builder()
                .with(
                    new VertxOptions()
                        .setEventBusOptions(
                            new EventBusOptions()
                                .setHost("127.0.0.1")
                                .setClusterPublicHost("127.0.0.1")))
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered());
    Views views = new Views(new View(self.id(), List.of(self), false));
    BusMember member = new BusMember(hazelcast, vertx, views, self.id());
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {
                member.look();
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                member.look();
              }
            });
    member.look();
    return member;
  }

  private void look() {
    List<Node> nodes = new ArrayList<>();
    for (Member member : hazelcast.getCluster().getMembers()) {
      String node = member.getAttribute(NODE);
      String roles = member.getAttribute(ROLES);
      if (node != null && roles != null) {
        nodes.add(new Node(node, Role.fromBits(Integer.parseInt(roles)), false));
      }
    }
    views.update(new View(id, nodes, false));
  }

  /** The typed client, as a user. */
  public HubbubClient client(String user) throws Exception {
    return get(HubbubClient.connect(vertx, id, views, new SimpleMeterRegistry(), user));
  }

  /** The bus. */
  public Vertx vertx() {
    return vertx;
  }

  /** The result of a future of Vert.x. */
  public static <T> T get(Future<T> future) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    future.onSuccess(result::complete).onFailure(result::completeExceptionally);
    return Await.get(result);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    hazelcast.getLifecycleService().terminate();
  }
}
