/** What clients do, and what is measured meanwhile. */
@NullMarked
package io.hubbub.bench.workload;

import org.jspecify.annotations.NullMarked;
