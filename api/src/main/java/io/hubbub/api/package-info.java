/** The contract. */
@NullMarked
package io.hubbub.api;

import org.jspecify.annotations.NullMarked;
