package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.List;

/**
 * Conversations of a user, a page of them.
 *
 * @param rows the rows; rows may repeat
 * @param more whether to ask again with the cursor
 * @param cursor where to go on
 */
public record Rows(List<ConversationRow> rows, boolean more, String cursor) implements Wire {
  @Override
  public void write(Out out) {
    out.all(rows);
    out.bool(more);
    out.text(cursor);
  }

  /** The inverse of {@link #write}. */
  public static Rows read(In in) {
    return new Rows(in.all(ConversationRow::read), in.bool(), in.text());
  }
}
