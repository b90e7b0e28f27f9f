package io.hubbub.chat.rest;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.Slots;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.ReadSeats;
import io.hubbub.api.query.RowOf;
import io.hubbub.api.query.Rows;
import io.hubbub.api.query.Seats;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final int MOST_KEPT = 100;

  private record Counted(Future<Set<Long>> users, long nanos) {}

  private final Backend backend;
  private final Survey survey;
  private final RestOptions options;
  private final Map<UUID, Counted> kept = new LinkedHashMap<>();

  Occupancy(Backend backend, ClusterView cluster, RestOptions options) {
    this.backend = backend;
    this.survey = new Survey(cluster);
    this.options = options;
  }

  Map<String, Operation> all() {
    return Map.of("countOnline", this::count);
  }

  /** Whoever blocks or is blocked by the one who asks is left out: two members are not a crowd. */
  private Future<Answer> count(Call call) {
    UUID id = call.conversation().id();
    return backend
        .ask(new RowOf(call.user(), id), Rows.class)
        .compose(
            rows -> {
              int members = rows.rows().get(0).members();
              FriendsOf question = new FriendsOf(call.user(), options.friends());
              Future<Circle> circle = backend.ask(question, Circle.class);
              return online(id)
                  .compose(users -> circle.map(of -> answer(members, users, of.hidden())));
            });
  }

  private static Answer answer(int members, Set<Long> users, List<String> hidden) {
    long left = hidden.stream().filter(user -> users.contains(Slots.hash(user))).count();
    JsonOut out = new JsonOut().object().field("members", members);
    return Answer.ok(out.field("online", Math.min(members, users.size() - left)).endObject());
  }

  private Future<Set<Long>> online(UUID id) {
    long now = System.nanoTime();
    Counted known = kept.get(id);
    if (known != null && now - known.nanos() < FRESH_NANOS && !known.users().failed()) {
      return known.users();
    }
    kept.remove(id);
    if (kept.size() >= MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    Future<Set<Long>> counted =
        survey
            .all(Role.EDGE, Addresses::edge, new ReadSeats(id), Seats.class)
            .map(
                said -> {
                  Set<Long> users = new HashSet<>();
                  said.answers().values().forEach(seats -> users.addAll(seats.users()));
                  return users;
                });
    kept.put(id, new Counted(counted, now));
    return counted;
  }
}
