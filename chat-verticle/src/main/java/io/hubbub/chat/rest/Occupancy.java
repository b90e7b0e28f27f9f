package io.hubbub.chat.rest;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.query.ReadSeats;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.hubbub.api.query.Seats;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How many members of a room are online: all that is told of rooms too large for their members to
 * see each other. Every edge counts its own; what they said is good for some seconds, so that a
 * room of ten thousand who all ask costs one question.
 */
final class Occupancy {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_KEPT = 1_000;

  private record Counted(Future<Integer> online, long nanos) {}

  private final Backend backend;
  private final Survey survey;
  private final Map<UUID, Counted> kept = new LinkedHashMap<>();

  Occupancy(Backend backend, ClusterView cluster) {
    this.backend = backend;
    this.survey = new Survey(cluster);
  }

  Map<String, Operation> all() {
    return Map.of("countOnline", this::count);
  }

  private Future<Answer> count(Call call) {
    UUID id = call.conversation().id();
    return backend
        .ask(new RowOf(call.user(), id), Rows.class)
        .compose(rows -> online(id).map(online -> answer(rows.rows().get(0).members(), online)));
  }

  private static Answer answer(int members, int online) {
    JsonOut out = new JsonOut().object().field("members", members);
    return Answer.ok(out.field("online", Math.min(members, online)).endObject());
  }

  private Future<Integer> online(UUID id) {
    long now = System.nanoTime();
    Counted known = kept.get(id);
    if (known != null && now - known.nanos() < FRESH_NANOS && !known.online().failed()) {
      return known.online();
    }
    kept.remove(id);
    if (kept.size() >= MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    Future<Integer> counted =
        survey
            .all(Role.EDGE, Addresses::edge, new ReadSeats(id), Seats.class)
            .map(
                said -> {
                  Set<Long> users = new HashSet<>();
                  said.answers().values().forEach(seats -> users.addAll(seats.users()));
                  return users.size();
                });
    kept.put(id, new Counted(counted, now));
    return counted;
  }
}
