package io.hubbub.chat;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.presence.Chosen;
import io.hubbub.api.presence.Status;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.KeepPresence;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.chat.CommandOps.Named;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.limit.TokenBucket;
import io.hubbub.chat.protocol.ClientCommand;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Replies;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session does about each op. Confined to the session's event loop. */
final class SessionCommands {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCommands.class);
  private static final int BURST_SECONDS = 5;
  private static final int ABUSE_FACTOR = 20;

  private final Session session;
  private final EdgeShard shard;
  private final CommandOps ops;
  private final @Nullable TokenBucket rate;
  private final TokenBucket patience;
  private int inFlight;
  private boolean greeting;

  SessionCommands(Session session, EdgeShard shard) {
    this.session = session;
    this.shard = shard;
    this.ops = shard.ops();
    int perSecond = shard.limits().perSecond();
    double refusals = (double) perSecond * ABUSE_FACTOR;
    this.patience = new TokenBucket(refusals, refusals * BURST_SECONDS, System.nanoTime());
    this.rate =
        perSecond == 0
            ? null
            : new TokenBucket(perSecond, (double) perSecond * BURST_SECONDS, System.nanoTime());
  }

  /** Runs a command and sends its reply. */
  void run(ClientCommand line) {
    String op = line.op;
    shard.counts().command();
    try {
      if (op == null) {
        throw new HubbubException(ErrorCode.BAD_REQUEST, "\"op\" must be a string");
      }
      admit(op, line);
    } catch (RuntimeException refused) {
      session.reply(line.id, known(op, refused));
    }
  }

  private void admit(String op, ClientCommand line) {
    long wait = rate == null ? 0 : rate.take(System.nanoTime());
    if (wait > 0 && patience.take(System.nanoTime()) > 0) {
      session.close(CloseCode.ABUSE, CloseCode.ABUSE.reason());
      return;
    }
    HubbubException limited =
        wait > 0
            ? new HubbubException(
                ErrorCode.RATE_LIMITED, "too many commands a second", Math.max(1, wait))
            : inFlight >= shard.limits().inFlight()
                ? new HubbubException(
                    ErrorCode.RATE_LIMITED, "too many commands without a reply", 100)
                : null;
    if (op.equals("hello") || session.identity() == null) {
      beforeHello(op, line, limited);
      return;
    }
    Kind kind = CommandOps.kind(op, line);
    if (kind != null) {
      append(kind, line, limited);
    } else if (limited != null) {
      throw limited;
    } else {
      reply(line, other(session.user(), op, line));
    }
  }

  private void beforeHello(String op, ClientCommand line, @Nullable HubbubException limited) {
    if (limited != null) {
      throw limited;
    }
    if (op.equals("ping")) {
      reply(line, nothing());
    } else if (!op.equals("hello")) {
      throw new HubbubException(ErrorCode.UNAUTHENTICATED, "say hello first");
    } else if (greeting) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "hello was said already");
    } else {
      greeting = true;
      inFlight++;
      shard
          .hello()
          .say(session, line)
          .onComplete(
              said -> {
                inFlight--;
                greeting = said.succeeded();
              });
    }
  }

  /** Appends in order: after a temporary error, later ones get the same until the key returns. */
  private void append(Kind kind, ClientCommand line, @Nullable HubbubException limited) {
    Command command = ops.command(session.user(), kind, line);
    reply(line, ops.append(command, session.order, limited));
  }

  private Future<Consumer<JsonOut>> other(String user, String op, ClientCommand line) {
    return switch (op) {
      case "ping" -> nothing();
      case "history" -> session.reads.run(() -> ops.history(user, line));
      case "conversations" -> session.reads.run(() -> ops.conversations(user, line));
      case "users" -> session.reads.run(() -> ops.users(line));
      case "read" -> ops.read(user, line);
      case "watch" -> watch(line);
      case "presence" -> presence(user, line);
      case "typing" -> typing(user, line);
      case "resume" ->
          new Resume(session, shard).run(CommandOps.conversation(user, line).id(), line);
      case "pause" -> pause(user, line);
      case "refresh" -> refresh(user, line);
      case "giveUp" -> giveUp(user, line);
      default -> throw new HubbubException(ErrorCode.UNKNOWN_OP, "no such op");
    };
  }

  private Future<Consumer<JsonOut>> typing(String user, ClientCommand line) {
    Named named = CommandOps.conversation(user, line);
    if (session.seats.get(named.id()) == null) {
      throw new HubbubException(ErrorCode.NOT_A_MEMBER, "not a member of this conversation");
    }
    boolean on = line.truth("on", true);
    if (session.watch.visible()) {
      shard.port().typing(named.id(), user, on);
    }
    return nothing();
  }

  private Future<Consumer<JsonOut>> watch(ClientCommand line) {
    return session.watch.replace(line.list("users", shard.watching().users()));
  }

  private Future<Consumer<JsonOut>> presence(String user, ClientCommand line) {
    Status status = Status.ofLabel(line.text("status"));
    if (status == null || status == Status.OFFLINE) {
      throw new HubbubException(
          ErrorCode.BAD_REQUEST,
          "\"status\" must be \"online\", \"away\", \"busy\" or \"invisible\"");
    }
    session.watch.hiding(status == Status.INVISIBLE);
    Future<Chosen> chosen = shard.edgeUsers().choose(shard, user, status);
    return status == Status.INVISIBLE ? chosen.compose(this::kept) : nothing();
  }

  /** What an invisible user reads is told to nobody from the reply on: the database knows. */
  private Future<Consumer<JsonOut>> kept(Chosen chosen) {
    KeptPresence row = new KeptPresence(session.user(), chosen, 0);
    return shard.port().ask(new KeepPresence(List.of(row)), Done.class).compose(done -> nothing());
  }

  private Future<Consumer<JsonOut>> pause(String user, ClientCommand line) {
    session.seats.pause(CommandOps.conversation(user, line).id());
    return nothing();
  }

  private Future<Consumer<JsonOut>> refresh(String user, ClientCommand line) {
    return shard
        .hello()
        .verify(line.text("token"))
        .compose(
            identity -> {
              if (!identity.user().equals(user)) {
                throw new HubbubException(ErrorCode.WRONG_USER, "the token is another user's");
              }
              session.renewed(identity);
              return nothing();
            });
  }

  private Future<Consumer<JsonOut>> giveUp(String user, ClientCommand line) {
    UUID conversation = CommandOps.conversation(user, line).id();
    String key = line.text("key");
    shard.port().giveUp(session.order, conversation, key);
    return nothing();
  }

  private static Future<Consumer<JsonOut>> nothing() {
    return Future.succeededFuture(out -> {});
  }

  private void reply(ClientCommand line, Future<Consumer<JsonOut>> body) {
    inFlight++;
    String id = line.id;
    body.onComplete(
        done -> {
          inFlight--;
          if (done.failed()) {
            session.reply(id, known(line.op, done.cause()));
          } else if (id != null) {
            session.push(Replies.ok(id, done.result()));
          } else {
            done.result().accept(new JsonOut());
          }
        });
  }

  private HubbubException known(@Nullable String op, Throwable failure) {
    if (failure instanceof HubbubException known) {
      return known;
    }
    Identity identity = session.identity();
    LOG.error("{} of {} failed", op, identity == null ? "nobody" : identity.user(), failure);
    return new HubbubException(ErrorCode.INTERNAL, "the server failed");
  }
}
