package io.hubbub.bench.storage;

/** Hears the figures as they come, from the thread that measures. */
public interface StorageReport {
  /** What a kind of call costs. */
  void cost(StorageRow row);

  /** What a relation takes on disk. */
  void size(StorageSize size);
}
