package io.hubbub.system.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.system.client.Checker.Ack;
import io.hubbub.system.client.Transcript.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge lets good histories pass and finds what is wrong with bad ones. */
class CheckerTest {
  private static Seen entry(long seq) {
    return Seen.message(seq, seq % 2 == 0 ? "alice" : "bob", "k" + seq, "text " + seq);
  }

  private static List<Seen> entries(int count) {
    List<Seen> entries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      entries.add(entry(i));
    }
    return entries;
  }

  private static Seen left(long seq, String user) {
    return new Seen(seq, "left", "alice", seq * 1_000, "k" + seq, "", List.of(user));
  }

  private static Transcript history(List<Seen> entries) {
    return new Transcript("history", 0, entries);
  }

  private static void assertFound(String what, Checker checker) {
    assertTrue(
        checker.violations().stream().anyMatch(violation -> violation.contains(what)),
        () -> "not found: " + what + " in " + checker.violations());
  }

  @Test
  void aGoodHistoryPasses() {
    List<Seen> all = entries(9);
    Checker checker =
        new Checker(history(all))
            .saw(new Transcript("carol", 3, all.subList(3, 9)))
            .acknowledged(List.of(new Ack("alice", "k2", 2, "text 2")))
            .sent("alice", List.of("k2", "k4", "k6", "k8"));
    assertEquals(List.of(), checker.violations());
  }

  @Test
  void findsAHole() {
    List<Seen> holed = entries(9);
    holed.remove(4);
    assertFound("has 6 where 5 belongs", new Checker(history(holed)));
    assertFound(
        "carol has 6 where 5 belongs",
        new Checker(history(entries(9))).saw(new Transcript("carol", 0, holed)));
  }

  @Test
  void findsADouble() {
    List<Seen> doubled = entries(9);
    doubled.add(5, entry(5));
    assertFound(
        "carol has 5 where 6 belongs",
        new Checker(history(entries(9))).saw(new Transcript("carol", 0, doubled)));
    List<Seen> twice = entries(9);
    twice.add(Seen.message(10, "bob", "k9", "text 9"));
    assertFound("key k9 has numbers 9, 10", new Checker(history(twice)));
  }

  @Test
  void findsASwap() {
    List<Seen> swapped = entries(9);
    Collections.swap(swapped, 3, 4);
    assertFound(
        "where 4 belongs",
        new Checker(history(entries(9))).saw(new Transcript("carol", 0, swapped)));
    assertFound(
        "k6 came after a later one",
        new Checker(history(entries(9))).sent("alice", List.of("k2", "k6", "k4", "k8")));
  }

  @Test
  void findsALostAcknowledgement() {
    Checker checker =
        new Checker(history(entries(9))).acknowledged(List.of(new Ack("bob", "k11", 11, "x")));
    assertFound("acknowledged k11 at 11, history has nothing", checker);
  }

  @Test
  void findsAnotherText() {
    Checker checker =
        new Checker(history(entries(9))).acknowledged(List.of(new Ack("bob", "k3", 3, "other")));
    assertFound("acknowledged k3 at 3", checker);
    List<Seen> changed = entries(9);
    changed.set(6, Seen.message(7, "bob", "k7", "text 7 "));
    assertFound(
        "carol saw message 7",
        new Checker(history(entries(9))).saw(new Transcript("carol", 0, changed)));
  }

  @Test
  void findsALeak() {
    List<Seen> all = entries(4);
    all.add(left(5, "carol"));
    Checker fine = new Checker(history(all)).saw(new Transcript("carol", 0, all));
    assertEquals(List.of(), fine.violations());
    all.add(entry(6));
    assertFound(
        "carol saw message 6 of alice (k6) after leaving",
        new Checker(history(all)).saw(new Transcript("carol", 0, all)));
  }

  private static List<Seen> made() {
    List<Seen> all = new ArrayList<>();
    all.add(new Seen(1, "created", "alice", 1_000, "k1", "", List.of("alice", "bob", "carol")));
    all.add(entry(2));
    all.add(entry(3));
    all.add(left(4, "bob"));
    return all;
  }

  @Test
  void findsWhatWasWrittenWithoutBeingAMember() {
    List<Seen> all = made();
    assertEquals(List.of(), new Checker(history(all)).rights().violations());
    all.add(entry(5));
    assertFound("message 5 of bob (k5) is of nobody", new Checker(history(all)).rights());
    all.set(4, new Seen(5, "joined", "alice", 5_000, "k5", "", List.of("bob")));
    all.add(entry(6));
    all.add(entry(7));
    assertEquals(List.of(), new Checker(history(all)).rights().violations());
  }

  @Test
  void findsWhatIsThereAlthoughItWasRefused() {
    Checker checker = new Checker(history(made()));
    assertEquals(List.of(), checker.refused("bob", List.of("k5")).violations());
    assertFound("bob was refused k3", checker.refused("bob", List.of("k3")));
  }

  @Test
  void findsWhatAppearsLate() {
    Checker checker = new Checker(history(made()));
    assertEquals(List.of(), checker.late("bob", Map.of("k3", 1_000L), 2_000).violations());
    assertFound("k3 appeared 2000 ms", checker.late("bob", Map.of("k3", 1_000L), 1_999));
  }

  @Test
  void findsATimeThatFalls() {
    List<Seen> all = made();
    assertEquals(List.of(), new Checker(history(all)).times().violations());
    all.add(new Seen(5, "message", "alice", 3_999, "k5", "text 5", List.of()));
    assertFound("5 has an earlier time", new Checker(history(all)).times());
  }
}
