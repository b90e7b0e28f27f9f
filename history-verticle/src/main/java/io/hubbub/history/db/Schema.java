package io.hubbub.history.db;

import org.flywaydb.core.Flyway;

/** Brings a database to the newest schema. Blocks: call it from a worker, before any pool opens. */
public final class Schema {

  private Schema() {}

  /**
   * Applies what is missing. Several nodes may call it at once: one does the work, the others wait.
   *
   * @param jdbcUrl for example {@code jdbc:postgresql://127.0.0.1:5432/hubbub}
   * @throws org.flywaydb.core.api.FlywayException if the server is not there, refuses the login, or
   *     a migration fails; waiting for a server that is still to come is up to the caller
   */
  public static void migrate(String jdbcUrl, String user, String password) {
    Flyway.configure()
        .dataSource(jdbcUrl, user, password)
        .locations("classpath:db/migration")
        .connectRetries(0)
        .load()
        .migrate();
  }
}
