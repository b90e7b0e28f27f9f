package io.hubbub.bench.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Figures are set against the same call on the small log. */
class StorageTableTest {

  @Test
  void aCostIsComparedWithTheSmallLogs() {
    StorageTable table = new StorageTable(100);
    StorageRow large = new StorageRow(900, "append", 30, 40, 50);
    StorageRow other = new StorageRow(900, "page", 30, 40, 50);
    table.cost(new StorageRow(100, "append", 20, 30, 40));
    table.cost(large);
    table.cost(other);
    assertEquals(OptionalDouble.of(1.5), table.ratio(large));
    assertEquals(OptionalDouble.empty(), table.ratio(other));
    assertTrue(table.text().contains("| append | 900 | 30 | 1.50 | 40 | 50 |"), table.text());
  }
}
