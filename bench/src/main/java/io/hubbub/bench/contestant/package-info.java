/** The servers that are measured beside each other. */
@NullMarked
package io.hubbub.bench.contestant;

import org.jspecify.annotations.NullMarked;
