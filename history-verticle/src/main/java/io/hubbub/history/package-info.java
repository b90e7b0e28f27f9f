/**
 * The home of conversations: batches commands into {@code append}, tells interested edges what was
 * committed, and answers questions about logs. SQL lives in {@link io.hubbub.history.db}.
 */
@NullMarked
package io.hubbub.history;

import org.jspecify.annotations.NullMarked;
