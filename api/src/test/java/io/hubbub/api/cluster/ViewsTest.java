package io.hubbub.api.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static View view(String... ids) {
    List<Node> nodes = new ArrayList<>();
    for (String id : ids) {
      nodes.add(new Node(id, Set.of(Role.HISTORY), false));
    }
    return new View("a~1", nodes, false);
  }

  @Test
  void aListenerHearsTheCurrentViewThenEachOtherOneOnce() throws Exception {
    Views views = new Views(view("a~1"));
    List<View> heard = new ArrayList<>();
    AutoCloseable listening = views.listen(heard::add);
    views.update(view("b~2", "a~1"));
    views.update(view("a~1", "b~2"));
    assertEquals(List.of(view("a~1"), view("a~1", "b~2")), heard);
    listening.close();
    views.update(view("a~1"));
    assertEquals(2, heard.size());
    assertEquals(view("a~1"), views.current());
  }

  @Test
  void aNodeIsNamedWithoutThePartThatIsNewAtEachStart() {
    assertEquals("a~b", new Node("a~b~12ab56", Set.of(), false).name());
    assertEquals(Set.of(Role.EDGE), Role.fromBits(1 | 1 << 20));
  }
}
