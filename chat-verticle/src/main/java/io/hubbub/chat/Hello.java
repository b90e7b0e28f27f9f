package io.hubbub.chat;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.Followed;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.auth.Tokens;
import io.hubbub.chat.protocol.ClientCommand;
import io.hubbub.chat.protocol.ClientCommand.Since;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Replies;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first command of a session: who it is, what it holds, what it wants. The reply comes first,
 * then what it missed, then everything live. Confined to the shard's event loop.
 */
final class Hello {
  private static final int ROWS = 100;
  private static final int DEVICE_BYTES = 128;

  private final EdgeShard shard;
  private final Tokens tokens;

  Hello(EdgeShard shard, Tokens tokens) {
    this.shard = shard;
    this.tokens = tokens;
  }

  /** Checks a token, and that it has not been revoked. */
  Future<Identity> verify(String token) {
    return tokens
        .verify(token)
        .compose(identity -> shard.port().ask(identity.check(), Done.class).map(identity));
  }

  /** Says hello back, or closes the session. */
  Future<Void> say(Session session, ClientCommand line) {
    Future<Void> said;
    try {
      said = said(session, line);
    } catch (RuntimeException refused) {
      said = Future.failedFuture(refused);
    }
    return said.onFailure(failure -> refuse(session, line, failure));
  }

  private Future<Void> said(Session session, ClientCommand line) {
    String token = line.text("token");
    String device = line.maybeText("device");
    String live = line.maybeText("live");
    if (live != null && !live.equals("all") && !live.equals("listed")) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "\"live\" must be \"all\" or \"listed\"");
    }
    if (device != null && Texts.utf8Length(device) > DEVICE_BYTES) {
      throw new HubbubException(
          ErrorCode.TOO_LARGE, "\"device\" may have " + DEVICE_BYTES + " bytes at most");
    }
    places(line);
    return tokens
        .verify(token)
        .compose(
            identity -> {
              String user = line.maybeText("user");
              if (user != null && !user.equals(identity.user())) {
                throw new HubbubException(ErrorCode.WRONG_USER, "the token is another user's");
              }
              return open(session, line, identity, device, !"listed".equals(live));
            });
  }

  /** Lets somebody in who has shown already who it is, and only listens: heads, not entries. */
  Future<Void> listen(Session session, Identity identity) {
    return open(session, new ClientCommand(), identity, null, false);
  }

  private Future<Void> open(
      Session session,
      ClientCommand line,
      Identity identity,
      @Nullable String device,
      boolean all) {
    Open question =
        new Open(
            identity.user(),
            identity.name(),
            identity.admin(),
            identity.version(),
            identity.family(),
            line.maybeText("cursor"),
            ROWS,
            shard.limits().follow(),
            shard.watching().friends(),
            held(line));
    List<Change> early = shard.watch(identity.user());
    return shard
        .port()
        .ask(question, Opened.class)
        .onSuccess(
            opened -> {
              Set<UUID> stale = stale(line, opened.epoch(), opened.times());
              welcome(session, line, identity, device, all, opened, stale);
              early.forEach(change -> changed(session, change));
            })
        .onComplete(done -> shard.unwatch(identity.user(), early))
        .mapEmpty();
  }

  /** What changed for the user of a session before it was there to be told. */
  void changed(Session session, Change change) {
    if (session.open()) {
      shard.users().changed(change, List.of(session));
      shard.changed(session, change);
    }
  }

  private void welcome(
      Session session,
      ClientCommand line,
      Identity identity,
      @Nullable String device,
      boolean all,
      Opened opened,
      Set<UUID> stale) {
    if (!session.open()) {
      return;
    }
    session.greeted(identity, device, opened.epoch());
    if (!shard.admit(session, opened.circle())) {
      session.close(CloseCode.TOO_MANY_SESSIONS, CloseCode.TOO_MANY_SESSIONS.reason());
      return;
    }
    if (line.id != null) {
      session.push(Replies.ok(line.id, out -> body(out, session, opened)));
    }
    session.seats.followsAll(all);
    sit(session, line, all, opened, stale);
  }

  private void sit(
      Session session, ClientCommand line, boolean all, Opened opened, Set<UUID> stale) {
    Map<UUID, Since> since = places(line);
    for (Followed followed : opened.followed()) {
      UUID id = followed.conversation();
      long head = followed.head();
      Since held = since.remove(id);
      if (stale.contains(id) || (held != null && held.seq() > head)) {
        shard.counts().reset();
        session.push(EventJson.reset(id, head, opened.epoch()));
        session.seats.sit(id, head, head, false);
      } else if (held == null) {
        session.seats.sit(id, head, head, all);
      } else if (head - held.seq() > shard.limits().behind()) {
        session.seats.sitBehind(id, held.seq(), head);
      } else {
        session.seats.sit(id, held.seq(), head, true);
      }
    }
    // Where more are followed than a session may, the others are merely less active.
    boolean whole = opened.followed().size() < shard.limits().follow();
    since.forEach(
        (id, held) -> {
          if (whole) {
            session.push(EventJson.membership(id, null));
          } else {
            session.seats.sitBeyond(id, held.seq());
          }
        });
  }

  /** The entries that the client ends with, whose times tell whether its log is this one. */
  private Map<UUID, Long> held(ClientCommand line) {
    Map<UUID, Long> entries = new HashMap<>();
    places(line)
        .forEach(
            (id, held) -> {
              if (held.seq() > 0) {
                entries.put(id, held.seq());
              }
            });
    return entries;
  }

  /**
   * The conversations whose log is not the one that the client knows: with another entry, or none,
   * where the client ended. Whatever the epoch says, as nobody may have found out yet; who names no
   * time can only go by that.
   */
  private Set<UUID> stale(ClientCommand line, String epoch, Map<UUID, Long> times) {
    String known = line.maybeText("epoch");
    boolean same = known == null || known.equals(epoch);
    Set<UUID> stale = new HashSet<>();
    places(line)
        .forEach(
            (id, held) -> {
              boolean compared = held.seq() > 0 && !(same && held.at() == 0);
              if (compared && held.at() != times.getOrDefault(id, 0L)) {
                stale.add(id);
              }
            });
    return stale;
  }

  /** By identifier, however its letters are written; what is none names no conversation. */
  private Map<UUID, Since> places(ClientCommand line) {
    Map<UUID, Since> places = new HashMap<>();
    line.places(shard.limits().since())
        .forEach(
            (text, held) -> {
              UUID id = identifier(text);
              if (id != null) {
                places.put(id, held);
              }
            });
    return places;
  }

  private void body(JsonOut out, Session session, Opened opened) {
    Limits limits = shard.limits();
    out.field("user", session.user()).field("session", session.id);
    out.field("node", shard.node()).field("epoch", opened.epoch());
    out.field("serverTime", System.currentTimeMillis());
    out.field("heartbeatMs", shard.times().heartbeatMillis());
    out.name("limits").object();
    out.field("frameBytes", limits.frameBytes()).field("bodyBytes", limits.bodyBytes());
    out.field("keyBytes", Limits.KEY_BYTES).field("inFlight", limits.inFlight());
    out.field("perSecond", limits.perSecond()).field("since", limits.since());
    out.field("replyBytes", limits.replyBytes()).field("members", limits.members());
    out.endObject();
    out.name("features").array().endArray();
    CommandOps.rows(out, opened.rows());
  }

  private void refuse(Session session, ClientCommand line, Throwable failure) {
    HubbubException known =
        failure instanceof HubbubException answer
            ? answer
            : new HubbubException(ErrorCode.INTERNAL, "the server failed");
    session.reply(line.id, known);
    @Nullable CloseCode code =
        switch (known.code()) {
          case UNAUTHENTICATED -> CloseCode.UNAUTHENTICATED;
          case TOKEN_EXPIRED -> CloseCode.TOKEN_EXPIRED;
          case TOKEN_REVOKED -> CloseCode.TOKEN_REVOKED;
          default -> null;
        };
    if (code != null) {
      session.close(code, code.reason());
    }
  }

  private static @Nullable UUID identifier(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
