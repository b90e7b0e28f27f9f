package io.hubbub.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hazelcast's member list, by the attributes that our nodes carry; other members are left out. */
public final class HazelcastMembers implements Members {
  /** The attribute that holds the node id. */
  public static final String NODE = "hubbub.node";

  /** The attribute that holds the roles as bits ({@link Role#toBits}). */
  public static final String ROLES = "hubbub.roles";

  private final HazelcastInstance hazelcast;

  /** Over an instance that has started. */
  public HazelcastMembers(HazelcastInstance hazelcast) {
    this.hazelcast = hazelcast;
  }

  @Override
  public List<Node> now() {
    List<Node> nodes = new ArrayList<>();
    for (Member member : hazelcast.getCluster().getMembers()) {
      Map<String, String> attributes = member.getAttributes();
      String id = attributes.get(NODE);
      String roles = attributes.get(ROLES);
      if (id != null && roles != null && roles.matches("[0-9]{1,9}")) {
        nodes.add(new Node(id, Role.fromBits(Integer.parseInt(roles)), false));
      }
    }
    return nodes;
  }

  @Override
  public void onChange(Runnable changed) {
    MembershipListener listener =
        new MembershipAdapter() {
          @Override
          public void memberAdded(MembershipEvent event) {
            changed.run();
          }

          @Override
          public void memberRemoved(MembershipEvent event) {
            changed.run();
          }
        };
    hazelcast.getCluster().addMembershipListener(listener);
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            (LifecycleEvent event) -> {
              if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                changed.run();
              }
            });
  }
}
