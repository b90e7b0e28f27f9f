package io.hubbub.history;

import io.hubbub.api.log.Command;

/**
 * A command that waits in a lane.
 *
 * @param edge the node that sent it
 * @param id the sender's number of it
 * @param command what to append
 * @param deadline the time of the database, epoch milliseconds, after which it must not be done
 *     without being sent again
 * @param done to be called once it is answered or given up
 */
record Waiting(String edge, long id, Command command, long deadline, Runnable done) {}
