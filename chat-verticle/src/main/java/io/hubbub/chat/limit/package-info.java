/** How often somebody may do something. */
@NullMarked
package io.hubbub.chat.limit;

import org.jspecify.annotations.NullMarked;
