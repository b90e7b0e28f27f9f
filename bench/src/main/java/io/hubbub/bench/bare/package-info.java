/** What Vert.x sockets can do at all: no JSON, no sessions, nothing kept. */
@NullMarked
package io.hubbub.bench.bare;

import org.jspecify.annotations.NullMarked;
