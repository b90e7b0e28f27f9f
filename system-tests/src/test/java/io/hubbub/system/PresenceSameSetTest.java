package io.hubbub.system;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.harness.ClusterTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * After a node with 2,000 sessions and after a home of users was killed, the administrators' list,
 * every watcher's view and the open sockets are the same set.
 */
@ClusterTest(
    own = true,
    settings = {
      "--presence.grace=3s",
      "--limits.sessions.per.address=0",
      "--limits.handshakes.per.second=0"
    })
@Tag("slow")
@Timeout(300)
class PresenceSameSetTest {
  private static final Duration RIGHT = Duration.ofSeconds(10);

  private static final int KILLED = 2_000;

  private final Cluster cluster;

  PresenceSameSetTest(Cluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void aKilledEdgeWithTwoThousandSessionsAndAKilledHomeLeaveNoGhostAndNobodyIsMissing()
      throws Exception {
    PresenceViews views = new PresenceViews(cluster, "same", KILLED + 200);
    views.begin(List.of(0, 2));
    List<String> stay = views.users().subList(0, KILLED / 2);
    List<String> move = views.users().subList(KILLED / 2, KILLED);
    views.come(stay, 1, false);
    views.come(move, 1, true);
    views.come(views.users().subList(KILLED, KILLED + 200), 0, true);
    views.awaitSame(System.nanoTime(), Duration.ofSeconds(60), List.of(0, 1, 2));
    long killed = System.nanoTime();
    cluster.node(1).kill();
    Await.until(
        "those that come back are back",
        () -> move.stream().map(views::client).allMatch(ChatClient::online));
    long back = (System.nanoTime() - killed) / 1_000_000;
    long edge = views.awaitSame(killed, RIGHT, List.of(0, 2));
    System.out.printf(
        "a node with %d sessions killed: %d of them were back elsewhere after %d ms, and all saw the"
            + " open sockets after %d ms%n",
        KILLED, move.size(), back, edge);

    cluster.environment(1, Map.of("HUBBUB_ROLES", "presence"));
    cluster.restart(1);
    Await.until("it is home of some", () -> cluster.node(1).metric("hubbub_presence_users") > 100);
    views.awaitSame(System.nanoTime(), Duration.ofSeconds(60), List.of(0, 2));
    long home = System.nanoTime();
    cluster.node(1).kill();
    views.go(views.users().subList(KILLED, KILLED + 100));
    long right = views.awaitSame(home, RIGHT, List.of(0, 2));
    System.out.printf("a home of users killed: all right after %d ms%n", right);
  }
}
