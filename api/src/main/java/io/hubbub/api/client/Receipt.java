package io.hubbub.api.client;

import io.hubbub.api.log.Outcome;
import java.util.UUID;

/**
 * A command was committed.
 *
 * @param conversation where
 * @param seq the number of its entry
 * @param at the time of its entry, epoch milliseconds of the database
 * @param target the number of the entry that it changed, or 0
 * @param duplicate whether an earlier command with the same key made the entry
 */
public record Receipt(UUID conversation, long seq, long at, long target, boolean duplicate) {
  static Receipt of(UUID conversation, Outcome outcome) {
    return new Receipt(
        conversation, outcome.seq(), outcome.at(), outcome.target(), outcome.duplicate());
  }
}
