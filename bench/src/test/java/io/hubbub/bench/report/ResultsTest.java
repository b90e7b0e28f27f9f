package io.hubbub.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private final Results results = new Results();

  private void measured(String workload, String contestant, Map<String, Double> values) {
    int round = results.of(workload, contestant).size() + 1;
    results.add(Run.measured(workload, contestant, round, values, Map.of()));
  }

  private static Goal goal(String text) {
    return Goals.all().stream().filter(each -> each.text().equals(text)).findFirst().orElseThrow();
  }

  @Test
  void theMedianIsTheOneInTheMiddle() {
    assertEquals(Optional.of(new Spread(3, 1, 9, 3)), Spread.of(List.of(9.0, 1.0, 3.0)));
    assertEquals(Optional.of(new Spread(4, 1, 9, 4)), Spread.of(List.of(9.0, 1.0, 3.0, 5.0)));
    assertEquals(Optional.of(new Spread(7, 7, 7, 1)), Spread.of(List.of(7.0)));
    assertEquals(Optional.empty(), Spread.of(List.of()));
  }

  @Test
  void figuresThatAreNoNumbersAreLeftOut() {
    measured("pairs", "hubbub", Map.of("p50 ms", Double.NaN));
    measured("pairs", "hubbub", Map.of("p50 ms", 4.0));
    assertEquals(Optional.of(new Spread(4, 4, 4, 1)), results.spread("pairs", "hubbub", "p50 ms"));
  }

  @Test
  void aFailedRepeatLeavesNoResultForGoals() {
    measured("pairs", "hubbub", Map.of("p50 ms", 4.0));
    assertEquals(4, results.median("pairs", "hubbub", "p50 ms").orElseThrow());
    results.add(Run.without("pairs", "hubbub", 2, Run.Outcome.FAILED, "hole"));
    assertTrue(results.median("pairs", "hubbub", "p50 ms").isEmpty());
    assertTrue(results.failed());
  }

  @Test
  void whatIsSkippedHasNotFailed() {
    results.add(Run.without("pairs", "socketio", 1, Run.Outcome.SKIPPED, "no Node here"));
    assertFalse(results.failed());
  }

  @Test
  void goalsAreRatiosOfMedians() {
    Goal goal = goal("fan-out, 32 in flight: deliveries/s, of the joined limit");
    assertEquals("not measured", goal.verdict(results));
    measured("fanout32", "hubbub", Map.of("deliveries/s", 950.0));
    measured("fanout32", "hubbub", Map.of("deliveries/s", 100.0));
    measured("fanout32", "hubbub", Map.of("deliveries/s", 951.0));
    assertEquals("not measured", goal.verdict(results));
    measured("fanout32", "joined", Map.of("deliveries/s", 1_000.0));
    assertEquals(0.95, goal.value().apply(results).orElseThrow());
    assertEquals("≥ 0.90 ×", goal.wanted());
    assertEquals("met", goal.verdict(results));
  }

  @Test
  void whatIsNotMetSaysByHowMuch() {
    Goal goal = goal("fan-out, 32 in flight: CPU per million deliveries");
    measured("fanout32", "hubbub", Map.of("server CPU s per M deliveries", 0.7));
    assertEquals("NOT met: 100 % too much", goal.verdict(results));
    Goal peers = goal("1:1: messages/s, of Socket.IO's");
    measured("pairs", "hubbub", Map.of("messages/s", 400.0));
    measured("pairs", "socketio", Map.of("messages/s", 100.0));
    assertEquals("NOT met: 20 % too little", peers.verdict(results));
  }

  @Test
  void serverAndDatabaseAreAddedUp() {
    measured(
        "pairs",
        "hubbub",
        Map.of("server CPU s per M messages", 16.0, "database CPU s per M messages", 14.5));
    Goal goal = goal("1:1: CPU of server and database per million messages");
    assertEquals(30.5, goal.value().apply(results).orElseThrow());
  }
}
