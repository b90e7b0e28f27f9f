/** Measures Hubbub, what sockets alone can do, and its peers, all in one run on one machine. */
@NullMarked
package io.hubbub.bench;

import org.jspecify.annotations.NullMarked;
