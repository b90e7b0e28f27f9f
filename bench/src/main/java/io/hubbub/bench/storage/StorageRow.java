package io.hubbub.bench.storage;

/**
 * What one kind of call costs at one size of the log.
 *
 * @param rows how many messages the log was loaded with
 * @param what the call
 * @param cpuMicros microseconds of the PostgreSQL backend's CPU per call, a mean
 * @param smallCpuMicros the same of the same call on the small log, call by call in turn with it:
 *     so both met the same machine
 * @param medianMicros microseconds from call to answer, the median
 * @param p99Micros the same, the 99th percentile
 */
public record StorageRow(
    long rows,
    String what,
    double cpuMicros,
    double smallCpuMicros,
    double medianMicros,
    double p99Micros) {

  /** How many times the CPU of the same call on the small log. */
  public double ratio() {
    return cpuMicros / smallCpuMicros;
  }
}
