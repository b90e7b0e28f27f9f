package io.hubbub.chat.rest;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.ReadPage;
import io.hubbub.chat.protocol.EntryJson;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reading a log page by page, and sending. */
final class EventOperations {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;

  private final Backend backend;
  private final Appends appends;
  private final RestOptions options;

  EventOperations(Backend backend, RestOptions options) {
    this.backend = backend;
    this.appends = new Appends(backend);
    this.options = options;
  }

  Map<String, Operation> all() {
    return Map.of("readEvents", this::read, "sendMessage", this::send);
  }

  private Future<Answer> send(Call call) {
    String body = call.text("body", options.bodyBytes());
    if (body.isEmpty()) {
      throw Call.bad("body is empty");
    }
    return appends.append(call, call.conversation(), Kind.MESSAGE, call.number("thread"), body);
  }

  private Future<Answer> read(Call call) {
    Long before = call.number("before", 1);
    Long after = call.number("after", 0);
    if (before != null && after != null) {
      throw Call.bad("give before or after, not both");
    }
    Long thread = call.number("thread", 1);
    UUID conversation = call.conversation().id();
    boolean backwards = after == null;
    ReadPage query =
        new ReadPage(
            conversation,
            call.user(),
            after == null ? 0 : after,
            backwards ? (before == null ? Long.MAX_VALUE : before) : 0,
            call.limit(DEFAULT_PAGE, MAX_PAGE),
            thread == null ? 0 : thread,
            List.of());
    return backend
        .ask(query, Page.class)
        .map(page -> answer(conversation, page, backwards, options.answerBytes()));
  }

  /** The page, cut at its far end where it is over the bound; there is always one entry. */
  static Answer answer(UUID conversation, Page page, boolean backwards, int maxBytes) {
    List<Entry> entries = page.entries();
    Deque<byte[]> written = new ArrayDeque<>();
    JsonOut one = new JsonOut(1024);
    int bytes = 0;
    long from = page.from();
    long to = page.to();
    boolean cut = false;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(backwards ? entries.size() - 1 - i : i);
      EntryJson.write(one.clear(), conversation, entry);
      bytes += one.length();
      if (bytes > maxBytes && i > 0) {
        cut = true;
        break;
      }
      if (backwards) {
        written.addFirst(one.toBytes());
        from = i == entries.size() - 1 ? page.from() : entry.seq();
      } else {
        written.addLast(one.toBytes());
        to = i == entries.size() - 1 ? page.to() : entry.seq();
      }
    }
    JsonOut out = new JsonOut(bytes + 256).object().name("events").array();
    written.forEach(out::raw);
    out.endArray().field("from", from).field("to", to).field("head", page.head());
    out.field("first", page.first()).field("more", page.more() || cut);
    return Answer.bulk(out.endObject());
  }
}
