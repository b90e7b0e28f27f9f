package io.hubbub.api.log;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation's log.
 *
 * @param seq its number: 1, 2, 3 … without holes
 * @param kind what it is
 * @param from the user who made it
 * @param at epoch milliseconds of the database; never falls within a conversation
 * @param key the key of the command that made it
 * @param target the number of the entry that it changes, or 0
 * @param thread the number of the thread's root, or 0
 * @param body {@link Kind#MESSAGE}, {@link Kind#EDITED}: the text; {@link Kind#REACTED_ON}, {@link
 *     Kind#REACTED_OFF}: the emoji; {@link Kind#RENAMED}: the name; {@link Kind#JOINED}, {@link
 *     Kind#LEFT}: a JSON array of user ids; {@link Kind#ROLE}: JSON {@code {"user","role"}}; {@link
 *     Kind#CREATED}: JSON {@code {"kind","name","users"}}; null where there is none or it was
 *     erased
 * @param state for a message read from history, what later entries made of it; null when it is new
 */
public record Entry(
    long seq,
    Kind kind,
    String from,
    long at,
    String key,
    long target,
    long thread,
    @Nullable String body,
    @Nullable State state)
    implements Wire, Numbered {

  /**
   * What later entries made of a message.
   *
   * @param rev the number of the last change folded in, or 0
   * @param edited whether the text is not the first one
   * @param deleted whether the text is gone
   * @param reactions by emoji who reacted, at most 100 users each
   */
  public record State(
      long rev, boolean edited, boolean deleted, Map<String, List<String>> reactions)
      implements Wire {
    @Override
    public void write(Out out) {
      out.varint(rev).bool(edited).bool(deleted).varint(reactions.size());
      reactions.forEach((emoji, users) -> out.text(emoji).texts(users));
    }

    /** The inverse of {@link #write}. */
    public static State read(In in) {
      long rev = in.varint();
      boolean edited = in.bool();
      boolean deleted = in.bool();
      int count = in.count();
      Map<String, List<String>> reactions = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        reactions.put(in.text(), in.texts());
      }
      return new State(rev, edited, deleted, reactions);
    }
  }

  @Override
  public int weight() {
    return 200 + (body == null ? 0 : 2 * body.length());
  }

  @Override
  public void write(Out out) {
    out.varint(seq).u8(kind.code()).text(from).varint(at).text(key);
    out.varint(target).varint(thread).text(body).maybe(state);
  }

  /** The inverse of {@link #write}. */
  public static Entry read(In in) {
    return new Entry(
        in.varint(),
        Kind.of(in.u8()),
        in.text(),
        in.varint(),
        in.text(),
        in.varint(),
        in.varint(),
        in.maybeText(),
        in.maybe(State::read));
  }
}
