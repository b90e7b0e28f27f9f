/** Faults in random order, under load, until something is wrong or the time is over. */
@NullMarked
package io.hubbub.system.soak;

import org.jspecify.annotations.NullMarked;
