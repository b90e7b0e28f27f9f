/**
 * The home of users: merges their sessions over all nodes, and tells those who watch them. Only
 * {@code api} is shared with the other modules.
 */
@NullMarked
package io.hubbub.presence;

import org.jspecify.annotations.NullMarked;
