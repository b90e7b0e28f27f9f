/** Who is in the cluster, and which node is the home of what. */
@NullMarked
package io.hubbub.api.cluster;

import org.jspecify.annotations.NullMarked;
