/** The database side against a real server. */
@NullMarked
package io.hubbub.history.db;

import org.jspecify.annotations.NullMarked;
