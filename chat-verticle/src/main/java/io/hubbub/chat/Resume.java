package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.ConversationRow;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.ReadTimes;
import io.hubbub.chat.protocol.ClientCommand;
import io.hubbub.chat.protocol.ClientCommand.Since;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The op {@code resume}: the reply, then entries from the number that it names; or {@code reset},
 * when what the client holds is not of this log. Confined to the session's event loop.
 */
final class Resume {
  private final Session session;
  private final EdgeShard shard;

  Resume(Session session, EdgeShard shard) {
    this.session = session;
    this.shard = shard;
  }

  /** Resumes a conversation of the session's user; the body of the reply. */
  Future<Consumer<JsonOut>> run(UUID id, ClientCommand line) {
    Since held = line.place();
    long max = line.number("max", Long.MAX_VALUE);
    if (max < 0) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "\"max\" must be at least 0");
    }
    return session
        .seats
        .row(id)
        .compose(row -> holds(id, row, held).map(same -> answer(id, row, held, max, same)));
  }

  /** Whether the log has what the client ends with. Without a time only the number tells. */
  private Future<Boolean> holds(UUID id, ConversationRow row, @Nullable Since held) {
    if (held == null || held.seq() > row.head() || held.seq() == 0 || held.at() == 0) {
      return Future.succeededFuture(held == null || held.seq() <= row.head());
    }
    return shard
        .port()
        .ask(new ReadTimes(Map.of(id, held.seq())), Heads.class)
        .map(times -> times.heads().getOrDefault(id, 0L) == held.at());
  }

  private Consumer<JsonOut> answer(
      UUID id, ConversationRow row, @Nullable Since held, long max, boolean same) {
    long head = row.head();
    long start = held == null || !same ? head : Math.max(held.seq(), head - max);
    return out -> {
      out.field("conversation", id).field("from", start + 1);
      out.field("head", head).field("unread", row.unread());
      shard.afterThis(() -> replied(id, start, head, same));
    };
  }

  private void replied(UUID id, long start, long head, boolean same) {
    if (!session.open()) {
      return;
    }
    if (same) {
      session.seats.resume(id, start, head);
    } else {
      session.seats.pause(id);
      shard.counts().reset();
      session.push(EventJson.reset(id, head, session.epoch()));
    }
  }
}
