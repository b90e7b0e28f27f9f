/** Nodes, clusters and database servers as processes of their own. */
@NullMarked
package io.hubbub.system.harness;

import org.jspecify.annotations.NullMarked;
