package io.hubbub.history;

import java.util.UUID;

/**
 * The last entry that a lane saw committed. A database that no longer holds it went back in time: a
 * restored backup, or a fail-over that lost commits.
 */
record Witness(UUID conversation, long seq, long at) {}
