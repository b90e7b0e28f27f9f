package io.hubbub.bench.storage;

/**
 * What one kind of call costs at one size of the log.
 *
 * @param rows how many entries the log held
 * @param what the call
 * @param cpuMicros microseconds of the PostgreSQL backend's CPU per call, a mean
 * @param medianMicros microseconds from call to answer, the median
 * @param p99Micros the same, the 99th percentile
 */
public record StorageRow(
    long rows, String what, double cpuMicros, double medianMicros, double p99Micros) {}
