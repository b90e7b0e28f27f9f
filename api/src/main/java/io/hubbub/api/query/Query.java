package io.hubbub.api.query;

import io.hubbub.api.bus.Wire;

/**
 * A question that any history node answers, each with one kind of record named in its own
 * documentation, or with the number of an {@link io.hubbub.api.log.ErrorCode} as the failure code.
 */
public interface Query extends Wire {}
