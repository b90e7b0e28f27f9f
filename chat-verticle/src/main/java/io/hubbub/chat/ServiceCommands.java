package io.hubbub.chat;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Kind;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.Done;
import io.hubbub.chat.protocol.ClientCommand;
import io.hubbub.chat.protocol.CommandParser;
import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Replies;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * {@code hubbub.commands}: the socket's ops as JSON request and reply over the event bus, for
 * services that want no dependency. A request is what a line of the socket is, with {@code as}, the
 * user to act as; the reply is what the socket would be sent. Who is on the bus is trusted.
 */
final class ServiceCommands {
  private final Vertx vertx;
  private final EdgePort port;
  private final CommandOps ops;

  ServiceCommands(Vertx vertx, EdgeHub hub, Limits limits) {
    this.vertx = vertx;
    Context context = vertx.getOrCreateContext();
    this.port = hub.port(new Mailbox(context));
    this.ops = new CommandOps(port, limits);
  }

  Future<Void> start() {
    return vertx.eventBus().<JsonObject>consumer(Addresses.COMMANDS, this::hear).completion();
  }

  private void hear(Message<JsonObject> message) {
    byte[] bytes = message.body().encode().getBytes(StandardCharsets.UTF_8);
    Future<Consumer<JsonOut>> body;
    String id = "null";
    try {
      ClientCommand line = CommandParser.parse(bytes, 0, bytes.length);
      id = line.id == null ? "null" : line.id;
      body = run(line);
    } catch (HubbubException refused) {
      body = Future.failedFuture(refused);
    } catch (IOException e) {
      body = Future.failedFuture(new HubbubException(ErrorCode.BAD_REQUEST, "not an object"));
    }
    String named = id;
    body.onSuccess(done -> message.reply(new JsonObject(Replies.ok(named, done))))
        .onFailure(
            failure -> {
              HubbubException known =
                  failure instanceof HubbubException answer
                      ? answer
                      : new HubbubException(ErrorCode.INTERNAL, "the server failed");
              message.reply(new JsonObject(Replies.error(named, known)));
            });
  }

  private Future<Consumer<JsonOut>> run(ClientCommand line) {
    String user = line.text("as");
    String op = line.op;
    if (!Texts.userId(user) || op == null) {
      throw new HubbubException(ErrorCode.BAD_REQUEST, "\"as\" and \"op\" must be strings");
    }
    return port.ask(new CheckToken(user, null, false, 0, null), Done.class)
        .compose(known -> run(user, op, line));
  }

  private Future<Consumer<JsonOut>> run(String user, String op, ClientCommand line) {
    Kind kind = CommandOps.kind(op, line);
    if (kind != null) {
      return ops.append(ops.command(user, kind, line));
    }
    return switch (op) {
      case "ping" -> Future.succeededFuture(out -> {});
      case "history" -> ops.history(user, line);
      case "conversations" -> ops.conversations(user, line);
      case "users" -> ops.users(line);
      case "read" -> ops.read(user, line);
      default -> throw new HubbubException(ErrorCode.UNKNOWN_OP, "no such op");
    };
  }
}
