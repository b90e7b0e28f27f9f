/** How this process is, and how it leaves. */
@NullMarked
package io.hubbub.server.node;

import org.jspecify.annotations.NullMarked;
