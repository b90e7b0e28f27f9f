/** From figures to something to read: medians and spread, goals, tables and plots. */
@NullMarked
package io.hubbub.bench.report;

import org.jspecify.annotations.NullMarked;
