package io.hubbub.bench.storage;

/**
 * What one table or index takes on disk.
 *
 * @param rows how many entries the log held
 * @param relation its name; of a table without its indexes
 * @param bytesPerRow its bytes divided by the entries that the log really held
 */
public record StorageSize(long rows, String relation, double bytesPerRow) {}
