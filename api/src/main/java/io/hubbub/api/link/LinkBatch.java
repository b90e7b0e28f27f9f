package io.hubbub.api.link;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * One batch of a link. Answered by {@link LinkReply}.
 *
 * @param from the node that sends
 * @param lane tells the links of one pair apart
 * @param incarnation which life of the link; a higher one replaces a lower
 * @param number 1, 2, 3 … within the incarnation
 * @param items in order
 * @param sent when it was sent, epoch milliseconds of the database as the sender knows it; 0 where
 *     it does not. What it carries can be too old by the time it is read
 */
public record LinkBatch(
    String from, String lane, long incarnation, long number, List<Item> items, long sent)
    implements Wire {
  @Override
  public void write(Out out) {
    out.text(from).text(lane).varint(incarnation).varint(number);
    Items.write(out, items);
    out.varint(sent);
  }

  /** The inverse of {@link #write}. */
  public static LinkBatch read(In in) {
    return new LinkBatch(
        in.text(), in.text(), in.varint(), in.varint(), in.all(Items::read), in.varint());
  }
}
