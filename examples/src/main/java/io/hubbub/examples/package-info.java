/** What the example services share: their command lines and the life of their processes. */
@NullMarked
package io.hubbub.examples;

import org.jspecify.annotations.NullMarked;
