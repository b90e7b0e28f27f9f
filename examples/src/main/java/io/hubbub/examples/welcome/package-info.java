/** A bot that welcomes who joins a room, and answers {@code !ping}. */
@NullMarked
package io.hubbub.examples.welcome;

import org.jspecify.annotations.NullMarked;
