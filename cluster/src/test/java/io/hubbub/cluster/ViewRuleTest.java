package io.hubbub.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.query.BeatRow;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A view is who is connected, held against what the database knows. */
class ViewRuleTest {
  private static final List<Node> TWO = List.of(node("a"), node("b"));

  @Test
  void nodesAreThoseConnected() {
    View view = ViewRule.view("a", TWO, Set.of(), List.of(), Set.of());
    assertEquals(TWO, view.nodes());
    assertFalse(view.contested());
  }

  @Test
  void aFreshNodeThatIsNotConnectedContestsTheView() {
    assertTrue(view(row("a", 0), row("b", 0), row("c", 7_999)).contested());
    assertFalse(view(row("a", 0), row("b", 0), row("c", 8_000)).contested());
    assertFalse(view(row("a", 0), row("b", 0), new BeatRow("c", 0, true)).contested());
  }

  @Test
  void aConnectedNodeThatTheDatabaseDoesNotHearContestsTheView() {
    assertTrue(view(row("a", 0), row("b", 9_000)).contested());
    assertTrue(view(row("a", 0)).contested());
    List<BeatRow> rows = List.of(row("a", 0));
    assertFalse(ViewRule.view("a", TWO, Set.of("a"), rows, Set.of()).contested(), "b is new");
  }

  @Test
  void aNodeDrainsWhenItSaysSoOnTheBusOrInTheDatabase() {
    View view = ViewRule.view("a", TWO, Set.of(), List.of(new BeatRow("a", 0, true)), Set.of("b"));
    assertTrue(view.nodes().stream().allMatch(Node::draining));
  }

  @Test
  void aNodeIsNoHomeBeforeItsFirstBeat() {
    View coming = ViewRule.view("a", TWO, Set.of("a"), List.of(row("a", 0)), Set.of());
    assertEquals(List.of(false, true), coming.nodes().stream().map(Node::draining).toList());
    View come = ViewRule.view("a", TWO, Set.of("a"), List.of(row("a", 0), row("b", 0)), Set.of());
    assertTrue(come.nodes().stream().noneMatch(Node::draining));
    assertTrue(view(row("a", 0)).nodes().stream().noneMatch(Node::draining), "settled ones are");
  }

  private static View view(BeatRow... rows) {
    return ViewRule.view("a", TWO, Set.of("a", "b"), List.of(rows), Set.of());
  }

  private static Node node(String id) {
    return new Node(id, Set.of(Role.HISTORY), false);
  }

  private static BeatRow row(String id, long ageMillis) {
    return new BeatRow(id, ageMillis, false);
  }
}
