package io.hubbub.bench.load;

import java.util.Arrays;

/**
 * The last number that a client saw of each of its conversations: a small hash table without
 * boxing, as it is asked for every delivery.
 */
final class Numbers {
  private long[] ids = new long[2];
  private long[] last = new long[2];
  private int size;

  /** The next number must follow this one. */
  void begin(long id, long at) {
    int slot = slot(id);
    if (ids[slot] != id) {
      ids[slot] = id;
      size++;
    }
    last[slot] = at;
    if (size * 2 > ids.length) {
      grow();
    }
  }

  /**
   * A number has come.
   *
   * @return what it should have been; the number itself where all is well, and for the first one
   */
  long expected(long id, long number) {
    int slot = slot(id);
    if (ids[slot] != id) {
      begin(id, number);
      return number;
    }
    long expected = last[slot] + 1;
    last[slot] = number;
    return expected;
  }

  /** The last number; 0 where none has come. */
  long last(long id) {
    int slot = slot(id);
    return ids[slot] == id ? last[slot] : 0;
  }

  private int slot(long id) {
    int mask = ids.length - 1;
    int slot = (int) (id ^ (id >>> 32)) & mask;
    while (ids[slot] != 0 && ids[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldIds = ids;
    long[] oldLast = last;
    ids = new long[oldIds.length * 2];
    last = Arrays.copyOf(new long[0], oldIds.length * 2);
    size = 0;
    for (int i = 0; i < oldIds.length; i++) {
      if (oldIds[i] != 0) {
        begin(oldIds[i], oldLast[i]);
      }
    }
  }
}
