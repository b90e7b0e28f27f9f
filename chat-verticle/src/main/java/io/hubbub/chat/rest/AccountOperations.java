package io.hubbub.chat.rest;

import io.hubbub.chat.protocol.JsonOut;
import io.hubbub.chat.protocol.Texts;
import io.vertx.core.Future;
import java.text.Normalizer;
import java.util.Map;

/** Sign-up, log-in, refresh and log-out. */
final class AccountOperations {
  private static final int MAX_NAME_BYTES = 64;
  private static final int MIN_PASSWORD_CHARACTERS = 8;
  private static final int MAX_PASSWORD_BYTES = 1024;
  private static final int MAX_REFRESH_BYTES = 128;

  private final Accounts accounts;
  private final TokenGate gate;

  AccountOperations(Accounts accounts, TokenGate gate) {
    this.accounts = accounts;
    this.gate = gate;
  }

  Map<String, Operation> all() {
    return Map.of(
        "register", this::register,
        "login", this::login,
        "refreshToken", this::refresh,
        "logout", this::logout);
  }

  private Future<Answer> register(Call call) {
    String name = name(call);
    if (name.codePoints().anyMatch(AccountOperations::unfit)) {
      throw Call.bad("name has spaces, invisible characters, '@' or '/'");
    }
    String password = password(call);
    if (password.codePointCount(0, password.length()) < MIN_PASSWORD_CHARACTERS) {
      throw Call.bad("password is shorter than " + MIN_PASSWORD_CHARACTERS + " characters");
    }
    return accounts
        .register(name, password, call.address())
        .map(
            account -> {
              JsonOut out = new JsonOut().object().field("id", account.user());
              return Answer.created(true, out.field("name", account.name()).endObject());
            });
  }

  private Future<Answer> login(Call call) {
    return accounts
        .login(name(call), password(call), call.address())
        .map(AccountOperations::answer);
  }

  private Future<Answer> refresh(Call call) {
    return accounts.rotate(call.text("refresh", MAX_REFRESH_BYTES)).map(AccountOperations::answer);
  }

  private Future<Answer> logout(Call call) {
    return accounts
        .logout(call.identity())
        .map(
            done -> {
              gate.forget(call.identity());
              return Answer.none();
            });
  }

  private static Answer answer(Accounts.Login login) {
    JsonOut out = new JsonOut().object().field("token", login.token());
    return Answer.ok(out.field("refresh", login.refresh()).field("user", login.user()).endObject());
  }

  /** The same letters are the same name, however they were typed. */
  private static String name(Call call) {
    String name = Normalizer.normalize(call.line("name", 4 * MAX_NAME_BYTES), Normalizer.Form.NFC);
    if (Texts.utf8Length(name) > MAX_NAME_BYTES) {
      throw Call.bad("name is longer than " + MAX_NAME_BYTES + " bytes");
    }
    return name;
  }

  private static String password(Call call) {
    return Normalizer.normalize(call.text("password", MAX_PASSWORD_BYTES), Normalizer.Form.NFC);
  }

  private static boolean unfit(int point) {
    int type = Character.getType(point);
    return point == '@'
        || point == '/'
        || Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.UNASSIGNED;
  }
}
