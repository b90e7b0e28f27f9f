/** The typed client that internal services use. */
@NullMarked
package io.hubbub.api.client;

import org.jspecify.annotations.NullMarked;
