package io.hubbub.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The database.
 *
 * @param url a server run by somebody else, or nothing for the embedded one
 * @param passwordFile what the password is read from for each new connection, instead of the URL
 * @param pool connections for reading
 * @param queue questions that may wait for a connection
 * @param connect how long to wait for one
 * @param statement after which the database ends a statement
 * @param lock after which the database stops waiting for a lock
 * @param embeddedPort the embedded server's port; 0 for that of its last start, or any free one
 * @param embeddedStart how long it may take to start or to stop
 * @param embeddedBinaries where its programs are unpacked
 */
public record DatabaseConfig(
    Optional<DatabaseUrl> url,
    Optional<Path> passwordFile,
    int pool,
    int queue,
    Duration connect,
    Duration statement,
    Duration lock,
    int embeddedPort,
    Duration embeddedStart,
    Path embeddedBinaries) {}
