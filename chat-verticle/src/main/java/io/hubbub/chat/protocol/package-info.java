/** The client protocol's encoding, apart from the sessions that speak it. */
@NullMarked
package io.hubbub.chat.protocol;

import org.jspecify.annotations.NullMarked;
