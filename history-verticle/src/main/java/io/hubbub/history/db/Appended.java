package io.hubbub.history.db;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What {@code append} did with one command.
 *
 * @param outcome what the sender is told
 * @param entry the entry, where it is new; null for duplicates and errors
 * @param head the conversation's newest number after the batch
 * @param members how many members the conversation has after the batch
 * @param made whether the command made its (direct) conversation
 */
public record Appended(
    Outcome outcome, @Nullable Entry entry, long head, int members, boolean made) {}
