package io.hubbub.presence;

import io.hubbub.api.link.Item;
import io.hubbub.api.link.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is kept for an edge that is too far behind: of each user the newest. */
final class NewestOnly {
  private NewestOnly() {}

  static List<Item> of(List<Item> waiting) {
    List<Item> kept = new ArrayList<>();
    Map<String, Item> newest = new LinkedHashMap<>();
    for (Item item : waiting) {
      if (item instanceof Shown shown) {
        newest.put(shown.presence().user(), item);
      } else {
        kept.add(item);
      }
    }
    kept.addAll(newest.values());
    return kept;
  }
}
