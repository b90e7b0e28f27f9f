/**
 * The promises of the project, each shown on real processes: nodes, a PostgreSQL server, clients.
 */
@NullMarked
package io.hubbub.system;

import org.jspecify.annotations.NullMarked;
