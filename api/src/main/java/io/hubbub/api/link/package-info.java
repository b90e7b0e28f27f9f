/** Numbered, flow-controlled batches between two nodes. */
@NullMarked
package io.hubbub.api.link;

import org.jspecify.annotations.NullMarked;
