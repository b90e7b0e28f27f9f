package io.hubbub.history.db;

import java.util.UUID;

/** The newest number of a conversation, and how many are in it. */
public record HeadRow(UUID conversation, long head, int members) {}
