package io.hubbub.bench.workload;

import io.hubbub.bench.contestant.Contestant;

/** Something that clients do with a server. */
public interface Workload {
  /**
   * Does it and measures.
   *
   * @param contestant fresh, with nobody in it
   * @param times how long to warm up and to measure
   * @throws Exception when a client saw a hole, a repeat or anything else that cannot be right
   */
  Figures run(Contestant contestant, Times times) throws Exception;

  /**
   * How long.
   *
   * @param warmUp seconds before anything is measured
   * @param measure seconds that are measured
   */
  record Times(int warmUp, int measure) {}
}
