/** Clients of one's own: they speak like real ones, read every line and check its number. */
@NullMarked
package io.hubbub.bench.load;

import org.jspecify.annotations.NullMarked;
