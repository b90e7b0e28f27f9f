/** One process that runs any of the roles: start, stop, and what the roles are given. */
@NullMarked
package io.hubbub.server;

import org.jspecify.annotations.NullMarked;
