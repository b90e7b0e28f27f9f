package io.hubbub.chat.rest;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.EdgeSession;
import io.hubbub.api.query.EndSessions;
import io.hubbub.api.query.ExpirePresence;
import io.hubbub.api.query.FindOnline;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.KeptPresences;
import io.hubbub.api.query.ListOnline;
import io.hubbub.api.query.ListSessions;
import io.hubbub.api.query.Online;
import io.hubbub.api.query.OnlineSession;
import io.hubbub.api.query.OnlineUser;
import io.hubbub.api.query.ReadPresence;
import io.hubbub.api.query.Sessions;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.rest.Survey.Said;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is online, and why, for administrators: nothing is hidden from them. */
final class AdminPresence {
  private final Backend backend;
  private final ClusterView cluster;
  private final Survey survey;
  private final AuditLog audit;

  AdminPresence(Backend backend, ClusterView cluster, AuditLog audit) {
    this.backend = backend;
    this.cluster = cluster;
    this.survey = new Survey(cluster);
    this.audit = audit;
  }

  Map<String, Operation> all() {
    return Map.of(
        "adminListPresence", this::list, "adminShowUser", this::show, "adminEndUser", this::end);
  }

  private Future<Answer> list(Call call) {
    String label = call.query("status");
    Status status = label == null ? null : Status.ofLabel(label);
    if (label != null && (status == null || status == Status.OFFLINE)) {
      throw Call.bad("status is none of online, away, busy, invisible");
    }
    String prefix = call.query("prefix");
    String after = AdminPages.read(call.query("page"));
    int limit = call.limit();
    ListOnline query = new ListOnline(status, prefix == null ? "" : prefix, after, limit);
    return survey
        .all(Role.PRESENCE, Addresses::presence, query, Online.class)
        .map(said -> list(said, limit));
  }

  /** While a user's home changes, two may know of the user: the one that is home now counts. */
  private Answer list(Said<Online> said, int limit) {
    Homes homes = Homes.of(cluster.view(), Role.PRESENCE);
    record Found(OnlineUser user, boolean home) {}
    List<Merge.Part<String, Found>> parts = new ArrayList<>();
    said.answers()
        .forEach(
            (node, online) ->
                parts.add(
                    new Merge.Part<>(
                        online.users().stream()
                            .map(user -> new Found(user, node.equals(homes.of(user.user()))))
                            .toList(),
                        online.next().isEmpty() ? null : online.next())));
    Merge<String, Found> page =
        Merge.of(
            parts,
            found -> found.user().user(),
            Comparator.naturalOrder(),
            (one, other) -> other.home() ? other : one,
            limit);
    JsonOut out = new JsonOut().object().name("users").array();
    page.items().forEach(found -> user(out.object(), found.user(), null).endObject());
    return AdminPages.end(out.endArray(), page.next(), said.silent());
  }

  /** The home of a user, where there is one. */
  private List<String> home(String user) {
    return Optional.ofNullable(Homes.of(cluster.view(), Role.PRESENCE).of(user)).stream().toList();
  }

  private Future<Answer> show(Call call) {
    String user = call.pathUser();
    List<String> home = home(user);
    Future<Said<Online>> found =
        survey.some(home, Addresses::presence, new FindOnline(user), Online.class);
    Future<Said<Sessions>> held =
        survey.all(
            Role.EDGE,
            Addresses::edge,
            new ListSessions(user, "", "", Call.MAX_PAGE),
            Sessions.class);
    Future<KeptPresences> kept = backend.ask(new ReadPresence(List.of(user)), KeptPresences.class);
    return Future.all(found, held, kept)
        .map(all -> show(user, home, found.result(), held.result(), kept.result()));
  }

  private static Answer show(
      String id, List<String> home, Said<Online> found, Said<Sessions> held, KeptPresences kept) {
    Map<String, EdgeSession> known = new HashMap<>();
    List<OnlineSession> there = new ArrayList<>();
    held.answers()
        .forEach(
            (node, each) ->
                each.sessions()
                    .forEach(
                        one -> {
                          known.put(one.session().id(), one);
                          there.add(new OnlineSession(node, one.session(), 0, 0));
                        }));
    KeptPresence row =
        kept.rows().stream()
            .filter(each -> each.user().equals(id))
            .findFirst()
            .orElse(new KeptPresence(id, Chosen.NONE, 0));
    // While the home does not answer, the edges still say which sessions there are.
    boolean homeSilent = !found.silent().isEmpty();
    OnlineUser user =
        found.answers().values().stream()
            .flatMap(online -> online.users().stream())
            .findFirst()
            .orElse(
                new OnlineUser(
                    id, Status.OFFLINE, row.chosen(), homeSilent ? List.copyOf(there) : List.of()));
    JsonOut out = user(new JsonOut().object(), user, known);
    out.field("known", !homeSilent);
    home.forEach(node -> out.field("home", node));
    if (row.lastSeen() > 0) {
      out.field("lastSeen", row.lastSeen());
    }
    TreeSet<String> silent = new TreeSet<>(held.silent());
    silent.addAll(found.silent());
    return AdminPages.end(out, null, List.copyOf(silent));
  }

  /**
   * The fields of a user.
   *
   * @param known what edges say of sessions; null where they were not asked
   */
  private static JsonOut user(
      JsonOut out, OnlineUser user, @Nullable Map<String, EdgeSession> known) {
    out.field("user", user.user()).field("status", user.status().label());
    if (user.chosen().at() > 0) {
      out.field("chosen", user.chosen().status().label()).field("chosenAt", user.chosen().at());
    }
    out.name("sessions").array();
    for (OnlineSession each : user.sessions()) {
      AdminSessions.session(out.object(), each.node(), each.session());
      out.field("heardMillis", each.heardMillis());
      if (each.endedMillis() > 0) {
        out.field("endedMillis", each.endedMillis());
      }
      if (known != null) {
        AdminSessions.load(out, known.get(each.session().id()));
      }
      out.endObject();
    }
    return out.endArray();
  }

  /**
   * Ends the user's sessions everywhere; those that the home counts and no edge had are taken for
   * over: of nodes that do not answer, and ghosts.
   */
  private Future<Answer> end(Call call) {
    String user = call.pathUser();
    return audit
        .write(call, "presence.end", user)
        .compose(
            done ->
                survey.all(Role.EDGE, Addresses::edge, new EndSessions(user, ""), Sessions.class))
        .compose(said -> expire(user, said).map(expired -> ended(said, expired)));
  }

  /** Nothing is expired where the home does not answer: the next one knows no ghost. */
  private Future<List<String>> expire(String user, Said<Sessions> said) {
    List<String> home = home(user);
    return survey
        .some(home, Addresses::presence, new FindOnline(user), Online.class)
        .compose(
            found -> {
              Set<String> ended = new HashSet<>();
              said.answers()
                  .values()
                  .forEach(each -> each.sessions().forEach(one -> ended.add(one.session().id())));
              List<String> gone =
                  found.answers().values().stream()
                      .flatMap(online -> online.users().stream())
                      .flatMap(each -> each.sessions().stream())
                      .filter(one -> one.endedMillis() == 0)
                      .filter(one -> !ended.contains(one.session().id()))
                      .map(OnlineSession::node)
                      .distinct()
                      .toList();
              return survey
                  .some(
                      gone.isEmpty() ? List.of() : home,
                      Addresses::presence,
                      new ExpirePresence(user, gone),
                      Done.class)
                  .map(done -> done.silent().isEmpty() ? gone : List.<String>of());
            });
  }

  private static Answer ended(Said<Sessions> said, List<String> expired) {
    JsonOut out = new JsonOut().object().name("ended").array();
    said.answers()
        .values()
        .forEach(each -> each.sessions().forEach(one -> out.value(one.session().id())));
    out.endArray().name("expired").array();
    expired.forEach(node -> out.value(node));
    return Answer.ok(out.endArray().endObject());
  }
}
