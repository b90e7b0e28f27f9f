/** Who else is there: joining a cluster, and keeping this node's view of it. */
@NullMarked
package io.hubbub.cluster;

import org.jspecify.annotations.NullMarked;
