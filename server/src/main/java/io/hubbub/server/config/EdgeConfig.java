package io.hubbub.server.config;

import io.hubbub.api.hub.HubOptions;
import io.hubbub.chat.BalanceOptions;
import io.hubbub.chat.SessionTimes;
import io.hubbub.chat.WatchOptions;
import io.hubbub.chat.rest.RestOptions;

/**
 * How an edge works, besides what clients may do.
 *
 * @param loops event loops that serve clients
 * @param times when a session is spoken to and given up
 * @param balance when sessions are moved to other nodes
 * @param watching bounds and times of presence
 * @param rest bounds of REST, and the origins whose pages may call
 * @param hub bounds of what goes to the homes
 */
public record EdgeConfig(
    int loops,
    SessionTimes times,
    BalanceOptions balance,
    WatchOptions watching,
    RestOptions rest,
    HubOptions hub) {}
