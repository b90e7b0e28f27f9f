package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What became of a read position. */
public record MarkRow(
    @Nullable ErrorCode error,
    long read,
    long delivered,
    long unread,
    int members,
    boolean quiet) {}
