package io.hubbub.chat.rest;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.query.EdgeSession;
import io.hubbub.api.query.EndSessions;
import io.hubbub.api.query.ListSessions;
import io.hubbub.api.query.Sessions;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.rest.Survey.Said;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of all edges, for administrators. */
final class AdminSessions {
  /** Where a page of sessions ends. A session's id has no line feed. */
  private record Place(String user, String id) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::user).thenComparing(Place::id);

    static Place read(@Nullable String page) {
      String text = AdminPages.read(page);
      int line = text.indexOf('\n');
      return line < 0
          ? new Place(text, "")
          : new Place(text.substring(0, line), text.substring(line + 1));
    }

    static Place of(EdgeSession session) {
      return new Place(session.user(), session.session().id());
    }

    String text() {
      return user + '\n' + id;
    }
  }

  private record Found(String node, EdgeSession session) {}

  private final ClusterView cluster;
  private final Survey survey;
  private final AuditLog audit;

  AdminSessions(ClusterView cluster, AuditLog audit) {
    this.cluster = cluster;
    this.survey = new Survey(cluster);
    this.audit = audit;
  }

  Map<String, Operation> all() {
    return Map.of("adminListSessions", this::list, "adminEndSession", this::end);
  }

  private Future<Answer> list(Call call) {
    Place after = Place.read(call.query("page"));
    String user = call.query("user");
    int limit = call.limit();
    ListSessions query =
        new ListSessions(user == null ? "" : user, after.user(), after.id(), limit);
    String node = call.query("node");
    if (node != null
        && cluster.view().node(node).filter(each -> each.roles().contains(Role.EDGE)).isEmpty()) {
      throw new HubbubException(ErrorCode.NOT_FOUND, "no such node with the role edge");
    }
    Future<Said<Sessions>> said =
        node == null
            ? survey.all(Role.EDGE, Addresses::edge, query, Sessions.class)
            : survey.some(List.of(node), Addresses::edge, query, Sessions.class);
    return said.map(answers -> list(answers, limit));
  }

  private static Answer list(Said<Sessions> said, int limit) {
    List<Merge.Part<Place, Found>> parts = new ArrayList<>();
    said.answers()
        .forEach(
            (node, sessions) -> {
              List<EdgeSession> all = sessions.sessions();
              parts.add(
                  new Merge.Part<>(
                      all.stream().map(session -> new Found(node, session)).toList(),
                      sessions.more() ? new Place(sessions.lastUser(), sessions.lastId()) : null));
            });
    Merge<Place, Found> page =
        Merge.of(
            parts, found -> Place.of(found.session()), Place.ORDER, (one, other) -> other, limit);
    JsonOut out = new JsonOut().object().name("sessions").array();
    for (Found found : page.items()) {
      out.object().field("user", found.session().user());
      session(out, found.node(), found.session().session());
      load(out, found.session());
      out.endObject();
    }
    Place next = page.next();
    return AdminPages.end(out.endArray(), next == null ? null : next.text(), said.silent());
  }

  /** The fields that say which session it is. */
  static void session(JsonOut out, String node, SessionInfo session) {
    out.field("id", session.id()).field("node", node);
    String device = session.device();
    if (device != null) {
      out.field("device", device);
    }
    out.field("address", session.address()).field("since", session.since());
    out.field("idle", session.idle());
  }

  /** The fields that say what it costs; none where its edge does not know it, or is not there. */
  static void load(JsonOut out, @Nullable EdgeSession session) {
    out.field("held", session != null);
    if (session != null) {
      out.field("sentBytes", session.sentBytes()).field("waitingBytes", session.waitingBytes());
      out.field("behind", session.behind()).field("silentMillis", session.silentMillis());
    }
  }

  private Future<Answer> end(Call call) {
    String id = call.pathText("id");
    return audit
        .write(call, "session.end", id)
        .compose(
            done -> survey.all(Role.EDGE, Addresses::edge, new EndSessions("", id), Sessions.class))
        .map(
            said -> {
              if (said.answers().values().stream().allMatch(each -> each.sessions().isEmpty())) {
                throw new HubbubException(
                    ErrorCode.NOT_FOUND,
                    said.silent().isEmpty()
                        ? "no such session"
                        : "no such session at the nodes that answer");
              }
              return Answer.none();
            });
  }
}
