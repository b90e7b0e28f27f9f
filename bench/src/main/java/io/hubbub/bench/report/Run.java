package io.hubbub.bench.report;

import java.util.Map;

/**
 * One contestant in one workload in one round.
 *
 * @param workload its name
 * @param contestant its name
 * @param round from 1
 * @param outcome how it ended
 * @param reason why it failed or was skipped, as one line; else empty
 * @param values figures by name, in their order; none unless it was measured
 * @param remarks what a reader must know to believe them, by name
 */
public record Run(
    String workload,
    String contestant,
    int round,
    Outcome outcome,
    String reason,
    Map<String, Double> values,
    Map<String, String> remarks) {

  /** How a run ended. */
  public enum Outcome {
    /** With figures. */
    MEASURED,
    /** A client saw a hole or lost its connection, or the server did not do what it should. */
    FAILED,
    /** It cannot be done on this machine. */
    SKIPPED
  }

  /** With figures. */
  public static Run measured(
      String workload,
      String contestant,
      int round,
      Map<String, Double> values,
      Map<String, String> remarks) {
    return new Run(workload, contestant, round, Outcome.MEASURED, "", values, remarks);
  }

  /** Without. */
  public static Run without(
      String workload, String contestant, int round, Outcome outcome, String reason) {
    return new Run(workload, contestant, round, outcome, reason, Map.of(), Map.of());
  }
}
