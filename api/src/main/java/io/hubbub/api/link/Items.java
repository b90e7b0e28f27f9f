package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The codes of items on the wire. They never change; a new kind gets a new one. */
final class Items {
  private static final Map<Class<? extends Item>, Integer> CODES =
      Map.ofEntries(
          Map.entry(Append.class, 1),
          Map.entry(Interest.class, 2),
          Map.entry(InterestReset.class, 3),
          Map.entry(Mark.class, 4),
          Map.entry(Typing.class, 5),
          Map.entry(Acked.class, 6),
          Map.entry(Delivered.class, 7),
          Map.entry(Known.class, 8),
          Map.entry(Marked.class, 9),
          Map.entry(ReadMoved.class, 10),
          Map.entry(Lease.class, 11),
          Map.entry(Watch.class, 12),
          Map.entry(Report.class, 13),
          Map.entry(Shown.class, 14),
          Map.entry(ReportAgain.class, 15));

  private static final List<Function<In, ? extends Item>> READERS =
      List.of(
          Append::read,
          Interest::read,
          InterestReset::read,
          Mark::read,
          Typing::read,
          Acked::read,
          Delivered::read,
          Known::read,
          Marked::read,
          ReadMoved::read,
          Lease::read,
          Watch::read,
          Report::read,
          Shown::read,
          ReportAgain::read);

  private Items() {}

  static void write(Out out, List<Item> items) {
    out.varint(items.size());
    for (Item item : items) {
      Integer code = CODES.get(item.getClass());
      if (code == null) {
        throw new IllegalStateException("no code for " + item.getClass());
      }
      out.u8(code);
      item.write(out);
    }
  }

  static Item read(In in) {
    int code = in.u8();
    if (code < 1 || code > READERS.size()) {
      throw new IllegalArgumentException("no item of code " + code);
    }
    return READERS.get(code - 1).apply(in);
  }
}
