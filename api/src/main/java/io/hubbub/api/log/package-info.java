/** Conversation logs: commands, outcomes, entries, and following a log without holes. */
@NullMarked
package io.hubbub.api.log;

import org.jspecify.annotations.NullMarked;
