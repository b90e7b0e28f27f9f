package io.hubbub.api.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InterestsTest {
  private static Homes homes(Random random) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      if (random.nextInt(3) > 0) {
        nodes.add(new Node("n" + i, Set.of(Role.HISTORY), false));
      }
    }
    return Homes.of(new View("x", nodes, false), Role.HISTORY);
  }

  @Test
  void everyHomeHasItsPartAndWhoeverBecomesHomeIsTold() {
    Histories.each(
        500,
        random -> {
          Interests<UUID> interests = Interests.ofConversations();
          Homes homes = homes(random);
          interests.move(homes);
          Set<UUID> wanted = new HashSet<>();
          for (int i = 0; i < 100; i++) {
            UUID id = new UUID(random.nextInt(3), random.nextInt(10));
            int what = random.nextInt(10);
            if (what < 5) {
              String told = interests.add(id);
              assertEquals(wanted.add(id) ? homes.of(id) : null, told);
            } else if (what < 8) {
              String told = interests.remove(id);
              assertEquals(wanted.remove(id) ? homes.of(id) : null, told);
            } else {
              Homes next = homes(random);
              Map<String, List<UUID>> moved = interests.move(next);
              for (UUID each : wanted) {
                String now = next.of(each);
                boolean told = now != null && moved.getOrDefault(now, List.of()).contains(each);
                assertEquals(now != null && !now.equals(homes.of(each)), told);
              }
              homes = next;
            }
            check(interests, homes, wanted);
          }
        });
  }

  private static void check(Interests<UUID> interests, Homes homes, Set<UUID> wanted) {
    assertEquals(wanted.size(), interests.size());
    for (int i = 0; i < 4; i++) {
      String home = "n" + i;
      long hash = 0;
      Set<UUID> part = new HashSet<>();
      for (UUID id : wanted) {
        assertTrue(interests.has(id));
        if (home.equals(homes.of(id))) {
          part.add(id);
          hash ^= Interests.hash(id);
        }
      }
      assertEquals(part, interests.of(home));
      assertEquals(hash, interests.hashOf(home));
    }
  }
}
