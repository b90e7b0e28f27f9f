package io.hubbub.api.hub;

import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.presence.Presence;
import io.hubbub.api.query.Query;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.UUID;

/** What a {@link Hub} hears from the homes. Called on the hub's context. */
public interface HubListener {
  /**
   * New entries, consecutive. May come twice, late or never: a {@link io.hubbub.api.log.Follower}
   * makes a log of them.
   *
   * @param members how many members the conversation has now
   */
  void entries(UUID conversation, List<Entry> entries, int members);

  /**
   * The log reaches to this head.
   *
   * @param answer whether this answers an interest: from here on all entries will be delivered
   * @param members how many members there are, 0 where unknown
   */
  void known(UUID conversation, long head, boolean answer, int members);

  /** The log reaches to this head, as was heard from somebody. */
  default void known(UUID conversation, long head) {
    known(conversation, head, false, 0);
  }

  /**
   * All of a batch has been told. The home sends the next one when this has been run: whoever hands
   * entries on to others runs it when they have dealt with them, so that what waits is bounded.
   */
  default void settle(Runnable done) {
    done.run();
  }

  /** A read position rose. */
  default void read(ReadMoved moved) {}

  /** Somebody types. */
  default void typing(Typing typing) {}

  /** A user that is watched is seen like this now, as the user sees it; may come twice. */
  default void shown(Presence presence) {}

  /** Somebody asks this node itself; the message is replied to, or failed. */
  default void asked(Message<?> message, Query query) {
    message.fail(ErrorCode.UNKNOWN_OP.number(), "this node does not answer that");
  }

  /** Changes about users were committed. */
  default void nudged() {}

  /** The log's epoch as a home reports it. */
  default void epoch(String epoch) {}

  /** Whether any home answers; while none does, nothing can be done from here. */
  default void reachable(boolean any) {}
}
