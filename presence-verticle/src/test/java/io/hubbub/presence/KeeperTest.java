package io.hubbub.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.KeptPresence;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is to outlive sessions is written in batches, the newest of each user, and not lost. */
class KeeperTest {
  private final List<List<KeptPresence>> written = new ArrayList<>();
  private final List<Promise<Done>> answers = new ArrayList<>();
  private final Keeper keeper =
      new Keeper(
          rows -> {
            written.add(List.copyOf(rows));
            answers.add(Promise.promise());
            return answers.get(answers.size() - 1).future();
          },
          new SimpleMeterRegistry());

  private static KeptPresence row(String user, Status status, long at) {
    return new KeptPresence(user, new Chosen(status, at), at);
  }

  @Test
  void aFlushEndsWhenAllIsWrittenWhatCameMeanwhileToo() {
    assertTrue(keeper.flush().succeeded(), "nothing to do");
    keeper.add(row("ann", Status.BUSY, 1));
    Future<?> flushed = keeper.flush();
    keeper.add(row("ann", Status.AWAY, 3));
    keeper.add(row("ann", Status.BUSY, 2));
    answers.get(0).complete(new Done());
    assertFalse(flushed.isComplete());
    answers.get(1).complete(new Done());
    assertTrue(flushed.succeeded());
    assertEquals(
        List.of(List.of(row("ann", Status.BUSY, 1)), List.of(row("ann", Status.AWAY, 3))), written);
  }

  @Test
  void whatWasReadIsAsNewAsWhatWaitsAndWhatIsBeingWritten() {
    keeper.add(row("ann", Status.BUSY, 5));
    assertEquals(row("ann", Status.BUSY, 5), keeper.over(row("ann", Status.AWAY, 1)));
    keeper.flush();
    assertEquals(row("ann", Status.BUSY, 5), keeper.over(row("ann", Status.AWAY, 1)));
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenTheNextTime() {
    keeper.add(row("ann", Status.BUSY, 5));
    Future<?> failed = keeper.flush();
    answers.get(0).fail("away");
    assertTrue(failed.failed());
    Future<?> again = keeper.flush();
    answers.get(1).complete(new Done());
    assertTrue(again.succeeded());
    assertEquals(written.get(0), written.get(1));
  }
}
