/** What the operating system says of processes, and the processes that are measured. */
@NullMarked
package io.hubbub.bench.machine;

import org.jspecify.annotations.NullMarked;
