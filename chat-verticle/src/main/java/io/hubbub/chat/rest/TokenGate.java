package io.hubbub.chat.rest;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.Done;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.auth.Tokens;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in by its bearer token: valid, and not revoked. What a history node said of a
 * token is good for 2 s, so that a busy client asks it rarely and a revocation is still seen at
 * once. Safe from any thread.
 */
final class TokenGate {
  private static final String SCHEME = "Bearer ";
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MAX_REMEMBERED = 10_000;

  private record Seen(Future<Identity> identity, long nanos) {}

  private final Tokens tokens;
  private final Backend backend;
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  TokenGate(Tokens tokens, Backend backend) {
    this.tokens = tokens;
    this.backend = backend;
  }

  /**
   * Who shows such a header.
   *
   * @param header the {@code Authorization} header
   */
  Future<Identity> enter(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Future.failedFuture(
          new HubbubException(
              ErrorCode.UNAUTHENTICATED, "show a token: Authorization: Bearer <token>"));
    }
    String token = header.substring(SCHEME.length()).strip();
    return tokens.verify(token).compose(identity -> notRevoked(token, identity));
  }

  /** Forgets a token, as it has just been revoked here. */
  synchronized void forget(Identity identity) {
    seen.values()
        .removeIf(
            one ->
                one.identity().succeeded()
                    && one.identity().result().user().equals(identity.user()));
  }

  private synchronized Future<Identity> notRevoked(String token, Identity identity) {
    long now = System.nanoTime();
    Seen known = seen.get(token);
    if (known != null && now - known.nanos() < FRESH_NANOS && !known.identity().failed()) {
      return known.identity();
    }
    seen.remove(token);
    if (seen.size() >= MAX_REMEMBERED) {
      seen.remove(seen.keySet().iterator().next());
    }
    Future<Identity> asked = backend.ask(identity.check(), Done.class).map(done -> identity);
    seen.put(token, new Seen(asked, now));
    return asked;
  }
}
