/** Everything that is SQL: the schema, {@code append}, and the queries, on vertx-pg-client. */
@NullMarked
package io.hubbub.history.db;

import org.jspecify.annotations.NullMarked;
