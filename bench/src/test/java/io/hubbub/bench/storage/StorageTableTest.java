package io.hubbub.bench.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Figures are set against the same call on the small log, and calls stand together. */
class StorageTableTest {

  @Test
  void aCostIsComparedWithTheSmallLogs() {
    StorageTable table = new StorageTable();
    table.cost(new StorageRow(0, "append", 10, 20, 40, 50));
    table.cost(new StorageRow(0, "page", 10, 20, 40, 50));
    table.cost(new StorageRow(900, "append", 30, 20, 40, 50));
    table.size(new StorageSize(900, "event", 12.34));
    String text = table.text();
    assertTrue(text.contains("| append | 900 | 30 | 20 | 1.50 | 40 | 50 |"), text);
    assertTrue(text.contains("| event | 900 | 12.3 |"), text);
    assertEquals(
        text.indexOf("| append | 900"),
        text.indexOf("\n", text.indexOf("| append | 0")) + 1,
        "the same call of the next size follows");
  }
}
