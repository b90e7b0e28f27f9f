package io.hubbub.chat.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.query.CheckToken;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** From signing up to logging out, over HTTP. */
class AccountsTest extends HttpTest {
  private static final JsonObject ALICE =
      new JsonObject().put("name", "alice").put("password", "correct horse");

  @Test
  void aLoginLastsUntilItIsEnded() throws Exception {
    Reply signedUp = call(HttpMethod.POST, "/v1/users", ALICE);
    assertEquals(201, signedUp.status(), signedUp.body().toString());
    assertEquals("alice", signedUp.json().getString("id"));
    assertEquals("conflict", call(HttpMethod.POST, "/v1/users", ALICE).problem(409));

    Reply login = call(HttpMethod.POST, "/v1/login", ALICE);
    assertEquals(200, login.status());
    assertEquals("no-store", login.header("Cache-Control"));
    String token = login.json().getString("token");
    String refresh = login.json().getString("refresh");
    assertEquals(200, get("/v1/users?prefix=a", "Authorization", "Bearer " + token).status());

    JsonObject shown = new JsonObject().put("refresh", refresh);
    Reply renewed = call(HttpMethod.POST, "/v1/token", shown);
    assertEquals(200, renewed.status());
    assertNotEquals(refresh, renewed.json().getString("refresh"));
    assertEquals("token_revoked", call(HttpMethod.POST, "/v1/token", shown).problem(401));

    String bearer = "Bearer " + renewed.json().getString("token");
    Reply out = call(HttpMethod.POST, "/v1/logout", null, "Authorization", bearer);
    assertEquals(204, out.status(), out.body().toString());
    assertEquals("token_revoked", get("/v1/users?prefix=a", "Authorization", bearer).problem(401));
    assertFalse(backend.logins.containsKey(refresh), "refresh tokens are stored as hashes only");
  }

  @Test
  void wrongNamesAndWrongPasswordsGetTheSameAnswer() throws Exception {
    call(HttpMethod.POST, "/v1/users", ALICE);
    Reply password =
        call(HttpMethod.POST, "/v1/login", ALICE.copy().put("password", "wrong horse"));
    Reply name = call(HttpMethod.POST, "/v1/login", ALICE.copy().put("name", "nobody"));
    assertEquals("unauthenticated", password.problem(401));
    assertEquals(password.json(), name.json());
    assertFalse(name.header("WWW-Authenticate").isEmpty());
  }

  @Test
  void guessingIsLimited() throws Exception {
    JsonObject guess = ALICE.copy().put("password", "x");
    for (int i = 0; i < 10; i++) {
      assertEquals("unauthenticated", call(HttpMethod.POST, "/v1/login", guess).problem(401));
    }
    Reply limited = call(HttpMethod.POST, "/v1/login", guess);
    assertEquals("rate_limited", limited.problem(429));
    assertTrue(Integer.parseInt(limited.header("Retry-After")) > 0);
    assertTrue(limited.json().getLong("retryAfterMs") > 0);
  }

  @Test
  void namesAndPasswordsHaveTheirForm() throws Exception {
    for (String name :
        new String[] {"", " ", "a b", "a@b", "a/b", "a\tb", "a\u200bb", "é".repeat(33)}) {
      Reply reply = call(HttpMethod.POST, "/v1/users", ALICE.copy().put("name", name));
      assertEquals("bad_request", reply.problem(400), name);
    }
    assertEquals(
        "bad_text",
        call(HttpMethod.POST, "/v1/users", ALICE.copy().put("name", "a\u0000")).problem(400));
    assertEquals(
        "bad_request",
        call(HttpMethod.POST, "/v1/users", ALICE.copy().put("password", "short")).problem(400));
    assertEquals(
        "bad_request",
        call(HttpMethod.POST, "/v1/users", new JsonObject().put("name", "x")).problem(400));
    assertEquals(
        "too_large",
        call(HttpMethod.POST, "/v1/users", ALICE.copy().put("password", "x".repeat(1025)))
            .problem(413));
    assertTrue(backend.accounts.isEmpty());
  }

  @Test
  void whatWasSaidOfATokenIsRememberedForAMoment() throws Exception {
    String bearer = "Bearer " + token("bob");
    for (int i = 0; i < 3; i++) {
      get("/v1/users?prefix=a", "Authorization", bearer);
    }
    assertTrue(backend.asked.stream().filter(CheckToken.class::isInstance).count() < 3);
  }

  @Test
  void onlyAGoodTokenOpensTheDoor() throws Exception {
    assertEquals("unauthenticated", get("/v1/conversations").problem(401));
    assertEquals("Bearer", get("/v1/conversations").header("WWW-Authenticate"));
    for (String header : new String[] {"Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer  "}) {
      Reply reply = get("/v1/conversations", "Authorization", header);
      assertEquals("unauthenticated", reply.problem(401), header);
    }
  }
}
