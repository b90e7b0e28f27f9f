package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a log. Answered by {@link Page}; fails with {@code not_a_member} where {@code reader}
 * is given and is none.
 *
 * @param conversation which
 * @param reader who reads, or null for a page shared by several
 * @param after the entries above this number, ascending; ignored where {@code before} is given
 * @param before the entries below this number, the highest of them, ascending; 0 for none
 * @param limit how many entries at most
 * @param thread only the root of this number and its answers; 0 for all
 * @param whether users of whom to say whether they are members now
 */
public record ReadPage(
    UUID conversation,
    @Nullable String reader,
    long after,
    long before,
    int limit,
    long thread,
    List<String> whether)
    implements Query {
  @Override
  public void write(Out out) {
    out.uuid(conversation);
    out.text(reader);
    out.varint(after);
    out.varint(before);
    out.varint(limit);
    out.varint(thread);
    out.texts(whether);
  }

  /** The inverse of {@link #write}. */
  public static ReadPage read(In in) {
    return new ReadPage(
        in.uuid(), in.maybeText(), in.varint(), in.varint(), in.count(), in.varint(), in.texts());
  }
}
