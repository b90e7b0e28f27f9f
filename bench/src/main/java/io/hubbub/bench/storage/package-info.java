/** What the log costs in PostgreSQL as it grows: time, CPU and bytes on disk. */
@NullMarked
package io.hubbub.bench.storage;

import org.jspecify.annotations.NullMarked;
