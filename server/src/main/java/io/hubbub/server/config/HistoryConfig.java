package io.hubbub.server.config;

import io.hubbub.api.link.LinkOptions;
import io.hubbub.history.db.QueryOptions;
import java.time.Duration;

/**
 * How a home of conversations works.
 *
 * @param queries bounds of answers, and lifetimes of logins
 * @param lanes connections that write, each with a batch in flight
 * @param batchRows commands at most in a batch
 * @param batchBytes bytes of text, about, at most in a batch
 * @param deadline after which a command that waited is not done any more
 * @param deliveryBytes bytes that may wait for an edge before it is sent only heads
 * @param link bounds of the links between nodes
 */
public record HistoryConfig(
    QueryOptions queries,
    int lanes,
    int batchRows,
    int batchBytes,
    Duration deadline,
    int deliveryBytes,
    LinkOptions link) {}
