package io.hubbub.chat.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Passwords are kept as Argon2id only, and hashing them cannot pile up. */
class PasswordsTest {
  @Test
  void aHashMatchesItsPasswordOnly() {
    String hash = Argon2id.hash("correct horse ü");
    assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
    assertNotEquals(hash, Argon2id.hash("correct horse ü"));
    assertTrue(Argon2id.matches("correct horse ü", hash));
    assertFalse(Argon2id.matches("correct horse", hash));
    assertFalse(Argon2id.matches("", ""));
    assertFalse(Argon2id.matches("x", hash.replace("m=19456", "m=9999999")));
  }

  @Test
  void theHashIsThatOfOtherImplementations() {
    // Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
    assertTrue(
        Argon2id.matches(
            "password",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
  }

  @Test
  void unknownUsersTakeTheSameWayAndMoreThanTheBoundAreTurnedAway() throws Exception {
    Vertx vertx = Vertx.vertx();
    Passwords passwords = new Passwords(vertx);
    assertFalse(passwords.verify("nobody's password", null).await(20, TimeUnit.SECONDS));
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(passwords.verify("x", null));
    }
    List<Throwable> failures = new ArrayList<>();
    for (Future<Boolean> one : all) {
      if (one.isComplete() && one.failed()) {
        failures.add(one.cause());
      }
    }
    assertTrue(failures.size() >= 100 - 64 - 40, "turned away: " + failures.size());
    assertEquals(ErrorCode.OVERLOADED, ((HubbubException) failures.get(0)).code());
    Future.join(all).otherwiseEmpty().await(60, TimeUnit.SECONDS);
    assertFalse(passwords.verify("x", null).await(20, TimeUnit.SECONDS));
    vertx.close().await(20, TimeUnit.SECONDS);
  }
}
