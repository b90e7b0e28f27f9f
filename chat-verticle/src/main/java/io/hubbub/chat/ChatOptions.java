package io.hubbub.chat;

import io.hubbub.api.hub.HubOptions;
import io.hubbub.chat.auth.AuthOptions;
import io.hubbub.chat.rest.RestOptions;

/**
 * Bounds and times of an edge.
 *
 * @param host the address to listen on
 * @param port the TCP port to listen on; 0 for any
 * @param loops how many event loops serve sessions
 * @param limits what a client may do
 * @param times when a session is spoken to and given up
 * @param balance when sessions are moved to other nodes
 * @param watching bounds and times of presence
 * @param auth which tokens are good
 * @param rest bounds of REST, and the origins whose pages may call
 * @param hub bounds of what goes to the homes
 */
public record ChatOptions(
    String host,
    int port,
    int loops,
    Limits limits,
    SessionTimes times,
    BalanceOptions balance,
    WatchOptions watching,
    AuthOptions auth,
    RestOptions rest,
    HubOptions hub) {

  /** Everything by default but where to listen and which tokens are good. */
  public static ChatOptions of(String host, int port, AuthOptions auth) {
    return new ChatOptions(
        host,
        port,
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        Limits.DEFAULT,
        SessionTimes.DEFAULT,
        BalanceOptions.DEFAULT,
        WatchOptions.DEFAULT,
        auth,
        RestOptions.defaults(),
        HubOptions.DEFAULT);
  }
}
