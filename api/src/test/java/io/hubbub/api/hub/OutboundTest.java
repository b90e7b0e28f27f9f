package io.hubbub.api.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.Link;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sender is told is true, however many copies of its command are on their way. */
class OutboundTest {
  private static final UUID ROOM = new UUID(1, 2);
  private static final HubOptions OPTIONS =
      new HubOptions(1 << 20, 2_000, 1, 5_000, 2_000, 10_000, HubOptions.DEFAULT.link());
  private static final Outcome REFUSED =
      Outcome.failed(ErrorCode.NOT_A_MEMBER, "not a member of this conversation");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Homes one = homes("one~1");
  private final Homes two = homes("two~2");
  private int late;
  private final Outbound outbound =
      new Outbound(
          new HomeLinks(
              vertx,
              "edge~0",
              Link.COMMANDS,
              Addresses::history,
              HubOptions.DEFAULT.link(),
              metrics,
              () -> 0L),
          OPTIONS,
          metrics,
          () -> one);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Homes homes(String home) {
    Node node = new Node(home, Set.of(Role.HISTORY), false);
    return Homes.of(new View("edge~0", List.of(node), false), Role.HISTORY);
  }

  private Future<Outcome> send() {
    return outbound.append(
        new Command(ROOM, null, "ann", Kind.MESSAGE, "k", 0, 0, "hi", false), () -> late++);
  }

  @Test
  void aRefusalOfTheOnlyCopyIsFinal() {
    Future<Outcome> told = send();
    outbound.answered(1, new Acked(1, REFUSED));
    assertEquals(ErrorCode.NOT_A_MEMBER, told.result().error());
    assertEquals(0, outbound.size());
  }

  @Test
  void aRefusalIsNotFinalWhileAnotherHomeMayStillDoIt() {
    Future<Outcome> told = send();
    outbound.moveTo(two);
    outbound.answered(1, new Acked(1, REFUSED));
    assertFalse(told.isComplete());
    outbound.answered(1, new Acked(1, Outcome.appended(7, 7, 0, false)));
    assertEquals(7, told.result().seq());
  }

  @Test
  void refusedByAllIsRefused() {
    Future<Outcome> told = send();
    outbound.moveTo(two);
    outbound.answered(1, new Acked(1, REFUSED));
    outbound.answered(1, new Acked(1, REFUSED));
    assertEquals(ErrorCode.NOT_A_MEMBER, told.result().error());
  }

  @Test
  void oneAcknowledgementIsEnough() {
    Future<Outcome> told = send();
    outbound.moveTo(two);
    outbound.answered(1, new Acked(1, Outcome.appended(7, 7, 0, false)));
    assertTrue(told.isComplete());
    outbound.answered(1, new Acked(1, REFUSED));
    assertEquals(7, told.result().seq());
  }

  @Test
  void whatIsDoneAfterAllIsToldToWhoWasToldThatNobodyKnows() {
    Future<Outcome> told = send();
    while (!told.isComplete()) {
      outbound.expire();
    }
    assertEquals(ErrorCode.UNKNOWN_OUTCOME, told.result().error());
    assertEquals(0, late);
    outbound.answered(1, new Acked(1, Outcome.appended(7, 7, 0, false)));
    assertEquals(1, late);
  }
}
