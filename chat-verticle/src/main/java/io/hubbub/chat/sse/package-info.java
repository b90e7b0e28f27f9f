/** Streams of server-sent events (WHATWG HTML, 9.2). */
@NullMarked
package io.hubbub.chat.sse;

import org.jspecify.annotations.NullMarked;
