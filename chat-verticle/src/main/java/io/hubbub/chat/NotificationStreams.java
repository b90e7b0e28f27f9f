package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Change;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.rest.Streams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens notifications over server-sent events, on the event loop of their shard. */
final class NotificationStreams implements Streams {
  private final Vertx vertx;
  private final EdgeShard shard;
  private final SessionRegistry registry;
  private final Admission admission;

  NotificationStreams(Vertx vertx, EdgeShard shard, SessionRegistry registry, Admission admission) {
    this.vertx = vertx;
    this.shard = shard;
    this.registry = registry;
    this.admission = admission;
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public Future<Void> notifications(
      Identity who, String address, HttpServerResponse response, @Nullable String lastEventId) {
    int retry = admission.retryAfterSeconds();
    if (retry > 0) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.OVERLOADED, "no new clients now", retry * 1000L));
    }
    if (!registry.connect(address)) {
      return Future.failedFuture(
          new HubbubException(ErrorCode.RATE_LIMITED, "too many sessions", 60_000));
    }
    NotificationStream stream = new NotificationStream(vertx, shard, response);
    Session session = new Session(address, false, shard, stream, shard.now());
    shard.opened(session);
    UnreadCounts unread = new UnreadCounts(vertx, shard, who.user(), lastEventId);
    stream.connect(session, unread);
    List<Change> early = shard.watch(who.user());
    return unread
        .prepare()
        .compose(ready -> shard.hello().listen(session, who))
        .compose(
            said -> {
              HubbubException refused = stream.refused();
              if (refused != null) {
                return Future.failedFuture(refused);
              }
              stream.begin();
              early.forEach(change -> shard.hello().changed(session, change));
              return Future.<Void>succeededFuture();
            })
        .onComplete(done -> shard.unwatch(who.user(), early))
        .onFailure(failure -> session.gone());
  }
}
