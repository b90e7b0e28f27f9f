/**
 * The edge: sockets, sessions and their outboxes, following conversations for them, commands from
 * them.
 */
@NullMarked
package io.hubbub.chat;

import org.jspecify.annotations.NullMarked;
