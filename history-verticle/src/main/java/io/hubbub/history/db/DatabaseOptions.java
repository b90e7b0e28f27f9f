package io.hubbub.history.db;

/**
 * Where the database is and how it is spoken to.
 *
 * @param host name or address
 * @param port TCP port
 * @param database its name
 * @param user who logs in
 * @param password the user's password, read for each new connection
 * @param sslMode {@code disable}, {@code require}, {@code verify-ca} or {@code verify-full}, as in
 *     libpq
 * @param rootCert a file of PEM certificates that the server's is verified against; empty: those
 *     that Java trusts
 * @param poolSize how many connections questions share; lanes have their own
 * @param waitQueue how many questions may wait for a connection; more are refused
 * @param connectMillis how long to wait for a connection, in milliseconds
 * @param statementMillis after how many milliseconds the database ends a statement
 * @param lockMillis after how many milliseconds the database stops waiting for a lock
 */
public record DatabaseOptions(
    String host,
    int port,
    String database,
    String user,
    Password password,
    String sslMode,
    String rootCert,
    int poolSize,
    int waitQueue,
    long connectMillis,
    long statementMillis,
    long lockMillis) {

  /** The defaults: no TLS, 8 connections, 1,000 waiting, 5 s, 10 s, 5 s. */
  public static DatabaseOptions of(
      String host, int port, String database, String user, String password) {
    return new DatabaseOptions(
        host,
        port,
        database,
        user,
        Password.of(password),
        "disable",
        "",
        8,
        1_000,
        5_000,
        10_000,
        5_000);
  }

  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
