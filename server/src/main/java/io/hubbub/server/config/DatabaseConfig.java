package io.hubbub.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The database.
 *
 * @param url a server run by somebody else, or nothing for the embedded one
 * @param pool connections for reading
 * @param lanes connections that write
 * @param embeddedPort the embedded server's port; 0 for any free one
 * @param embeddedStart how long it may take to start or to stop
 * @param embeddedBinaries where its programs are unpacked
 */
public record DatabaseConfig(
    Optional<DatabaseUrl> url,
    int pool,
    int lanes,
    int embeddedPort,
    Duration embeddedStart,
    Path embeddedBinaries) {}
