package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.chat.sse.EventStream;
import io.vertx.core.Future;
import java.util.Map;

/** Streams of server-sent events. */
final class StreamOperations {
  /** Each asks all homes every second. */
  private static final int MOST_ADMIN_STREAMS = 20;

  private final Streams streams;
  private final ClusterView cluster;
  private final Backend backend;
  private int adminStreams;

  StreamOperations(Streams streams, ClusterView cluster, Backend backend) {
    this.streams = streams;
    this.cluster = cluster;
    this.backend = backend;
  }

  Map<String, Operation> all() {
    return Map.of("streamNotifications", this::notifications, "adminStreamPresence", this::admin);
  }

  private Future<Answer> notifications(Call call) {
    return streams
        .notifications(
            call.identity(), call.address(), call.response(), call.header("Last-Event-ID"))
        .map(Answer.STREAM);
  }

  private Future<Answer> admin(Call call) {
    if (adminStreams >= MOST_ADMIN_STREAMS) {
      throw new HubbubException(
          ErrorCode.RATE_LIMITED, "more than " + MOST_ADMIN_STREAMS + " such streams", 60_000);
    }
    adminStreams++;
    EventStream stream = new EventStream(streams.vertx(), call.response(), () -> {});
    new AdminStream(
            cluster, backend, call.identity(), streams.vertx(), stream, () -> adminStreams--)
        .begin();
    return Future.succeededFuture(Answer.STREAM);
  }
}
