package io.hubbub.history;

import io.hubbub.api.link.Delivered;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is kept for an edge that is too far behind: answers and heads; it pulls the entries. */
final class HeadsOnly {
  private HeadsOnly() {}

  /** Answers stay; entries become the head of their conversation; what is ephemeral goes. */
  static List<Item> of(List<Item> waiting) {
    List<Item> kept = new ArrayList<>();
    Map<UUID, Known> heads = new LinkedHashMap<>();
    for (Item item : waiting) {
      if (item instanceof Delivered delivered) {
        long head = delivered.entries().get(delivered.entries().size() - 1).seq();
        raise(heads, new Known(delivered.conversation(), head, false, delivered.members()));
      } else if (item instanceof Known known && !known.answer()) {
        raise(heads, known);
      } else if (!(item instanceof Typing) && !(item instanceof ReadMoved)) {
        kept.add(item);
      }
    }
    kept.addAll(heads.values());
    return kept;
  }

  /** Another home's head may have come before older entries of this one. */
  private static void raise(Map<UUID, Known> heads, Known later) {
    heads.merge(
        later.conversation(),
        later,
        (known, more) ->
            new Known(
                more.conversation(),
                Math.max(known.head(), more.head()),
                false,
                more.members() > 0 ? more.members() : known.members()));
  }
}
