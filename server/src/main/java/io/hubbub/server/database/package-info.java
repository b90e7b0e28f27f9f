/**
 * The database at the start: the embedded server, waiting for a remote one, proof that it keeps.
 */
@NullMarked
package io.hubbub.server.database;

import org.jspecify.annotations.NullMarked;
