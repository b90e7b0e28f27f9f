/**
 * A client of {@code hubbub.v1} that shares no code with the server, and a judge of what clients
 * saw.
 */
@NullMarked
package io.hubbub.system.client;

import org.jspecify.annotations.NullMarked;
