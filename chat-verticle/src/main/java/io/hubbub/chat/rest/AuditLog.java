package io.hubbub.chat.rest;

import io.hubbub.api.query.Audit;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.ReadAudit;
import io.hubbub.api.query.WriteAudit;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;
import java.util.Map;

/** What administrators do is written down before it is done: what cannot be is not done. */
final class AuditLog {
  private final Backend backend;

  AuditLog(Backend backend) {
    this.backend = backend;
  }

  Map<String, Operation> all() {
    return Map.of("adminReadAudit", this::read);
  }

  /** Writes down who is about to do what. */
  Future<Void> write(Call call, String action, String target) {
    return backend
        .ask(new WriteAudit(call.user(), call.address(), action, target), Done.class)
        .mapEmpty();
  }

  private Future<Answer> read(Call call) {
    Long before = call.number("before", 1);
    ReadAudit query = new ReadAudit(before == null ? 0 : before, call.limit());
    return backend.ask(query, Audit.class).map(AuditLog::answer);
  }

  private static Answer answer(Audit page) {
    JsonOut out = new JsonOut().object().name("actions").array();
    for (Audit.Action each : page.actions()) {
      out.object().field("number", each.number()).field("at", each.at());
      out.field("by", each.what().by()).field("address", each.what().address());
      out.field("action", each.what().action()).field("target", each.what().target());
      out.endObject();
    }
    return Answer.bulk(out.endArray().field("more", page.more()).endObject());
  }
}
