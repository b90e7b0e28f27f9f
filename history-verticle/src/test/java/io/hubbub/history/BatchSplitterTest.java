package io.hubbub.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Only guilty rows are refused, and all are dealt with in order. */
class BatchSplitterTest {
  @Test
  void theGuiltyEndAloneAndAllOthersAreDoneInOrder() {
    Seeds.each(
        500,
        random -> {
          int size = 1 + random.nextInt(40);
          List<Integer> all = new ArrayList<>();
          Set<Integer> guilty = new HashSet<>();
          int rarity = 1 + random.nextInt(size + 2);
          for (int i = 0; i < size; i++) {
            all.add(i);
            if (random.nextInt(rarity) == 0) {
              guilty.add(i);
            }
          }
          BatchSplitter<Integer> splitter = new BatchSplitter<>(all);
          List<Integer> dealtWith = new ArrayList<>();
          Set<Integer> refused = new HashSet<>();
          int tries = 0;
          for (List<Integer> part = splitter.next(); !part.isEmpty(); part = splitter.next()) {
            assertEquals(part, splitter.next(), "the same part until it is dealt with");
            assertTrue(tries++ <= 2 * size, "each row ends");
            if (part.stream().noneMatch(guilty::contains)) {
              dealtWith.addAll(part);
              splitter.done();
            } else if (!splitter.refused()) {
              assertEquals(1, part.size());
              refused.addAll(part);
              dealtWith.addAll(part);
              splitter.done();
            }
          }
          assertEquals(all, dealtWith);
          assertEquals(guilty, refused);
        });
  }

  @Test
  void oneGuiltyRowCostsAFewTriesOnly() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 512; i++) {
      all.add(i);
    }
    BatchSplitter<Integer> splitter = new BatchSplitter<>(all);
    int tries = 0;
    for (List<Integer> part = splitter.next(); !part.isEmpty(); part = splitter.next()) {
      tries++;
      if (!part.contains(300) || !splitter.refused()) {
        splitter.done();
      }
    }
    assertEquals(2 * 9 + 1, tries);
  }
}
