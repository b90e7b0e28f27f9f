package io.hubbub.system.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.system.client.ChatClient.Heard;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.client.Transcript.Seen;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaksTest {
  /** In at 2, out at 4, in again at 6. */
  private static final Transcript HISTORY =
      new Transcript(
          "history",
          0,
          List.of(
              new Seen(1, "created", "ann", 1_000, "", "", List.of("ann")),
              new Seen(2, "joined", "ann", 2_000, "", "", List.of("bob")),
              Seen.message(3, "ann", "a", "hello"),
              new Seen(4, "left", "ann", 4_000, "", "", List.of("bob")),
              Seen.message(5, "ann", "b", "between us"),
              new Seen(6, "joined", "ann", 6_000, "", "", List.of("bob")),
              Seen.message(7, "ann", "c", "welcome"),
              new Seen(8, "left", "ann", 8_000, "", "", List.of("bob")),
              Seen.message(9, "ann", "d", "at last")));

  private static int leaks(long seq, long millis) {
    JsonObject entry = new JsonObject().put("conversation", "room").put("seq", seq);
    List<Heard> heard = List.of(new Heard(entry, millis * 1_000_000));
    return Leaks.found("bob", "room", heard, HISTORY, 0).size();
  }

  @Test
  void whatMembersAreSentIsNoLeak() {
    for (long seq : new long[] {3, 4, 6, 7, 8}) {
      assertEquals(0, leaks(seq, seq * 1_000));
    }
  }

  @Test
  void whatComesAfterLeavingIsALeak() {
    assertEquals(1, leaks(5, 5_000));
    assertEquals(1, leaks(9, 9_000));
    assertEquals(1, leaks(9, 99_000));
  }

  @Test
  void whoIsBackMayReadWhatWasSaidMeanwhile() {
    assertEquals(0, leaks(5, 6_000));
  }
}
