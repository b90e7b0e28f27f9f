package io.hubbub.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.node.Health;
import io.hubbub.api.query.BeatRow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's view follows members, beats and what others say on the bus. */
class ViewKeeperTest {
  private static final Node A = new Node("a", Set.of(Role.EDGE, Role.HISTORY), false);
  private static final Node B = new Node("b", Set.of(Role.HISTORY), false);

  private final Vertx vertx = Vertx.vertx();
  private final Health health = new Health();
  private final Views views = new Views(new View("a", List.of(A), false));
  private final FakeMembers members = new FakeMembers();
  private final List<Boolean> drainingBeats = new CopyOnWriteArrayList<>();
  private volatile List<BeatRow> table = List.of();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void readyOnceAsManyAsExpectedHaveBeenInView() throws Exception {
    get(keeper(2).start());
    assertEquals(
        "1 of 2 expected nodes in view; others are looked for here",
        health.problems().get("cluster"));
    members.are(A, B);
    await(view -> view.has("b"));
    assertTrue(health.ready());
    members.are(A);
    await(view -> !view.has("b"));
    assertTrue(health.ready(), "a lone survivor serves");
  }

  @Test
  void withoutAHistoryNodeNobodyIsReady() throws Exception {
    members.are(new Node("a", Set.of(Role.EDGE), false));
    get(keeper(1).start());
    assertEquals("no node with the role history in view", health.problems().get("cluster"));
  }

  @Test
  void aStrangerInTheDatabaseContestsTheView() throws Exception {
    ViewKeeper keeper = keeper(1);
    get(keeper.start());
    table = List.of(new BeatRow("a", 0, false), new BeatRow("z", 100, false));
    get(keeper.startBeating());
    await(View::contested);
    table = List.of(new BeatRow("a", 0, false), new BeatRow("z", 9_000, false));
    await(view -> !view.contested());
  }

  @Test
  void aDrainIsKnownToAllAtOnce() throws Exception {
    members.are(A, B);
    ViewKeeper keeper = keeper(1);
    get(keeper.start());
    vertx.eventBus().publish(ViewKeeper.DRAINING, "b");
    await(view -> view.node("b").map(Node::draining).orElse(false));
    assertFalse(views.current().node("a").map(Node::draining).orElse(true));
    get(keeper.drain());
    assertTrue(views.current().node("a").map(Node::draining).orElse(false));
    assertEquals(List.of(true), drainingBeats);
  }

  private ViewKeeper keeper(int expected) {
    Beating beating =
        (through, draining) -> {
          drainingBeats.add(draining);
          return Future.succeededFuture(table);
        };
    return new ViewKeeper(
        vertx, members, beating, views, health, expected, "here", Duration.ofMillis(20));
  }

  private void await(Predicate<View> condition) throws Exception {
    CompletableFuture<View> seen = new CompletableFuture<>();
    AutoCloseable listening =
        views.listen(
            view -> {
              if (condition.test(view)) {
                seen.complete(view);
              }
            });
    seen.get(20, TimeUnit.SECONDS);
    listening.close();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Members that a test sets. */
  private static final class FakeMembers implements Members {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Node> nodes = List.of(A);

    void are(Node... now) {
      nodes = List.of(now);
      listeners.forEach(Runnable::run);
    }

    @Override
    public List<Node> now() {
      return nodes;
    }

    @Override
    public void onChange(Runnable changed) {
      listeners.add(changed);
    }
  }
}
