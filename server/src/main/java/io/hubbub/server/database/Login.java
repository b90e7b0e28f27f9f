package io.hubbub.server.database;

import io.hubbub.history.db.Password;
import io.hubbub.server.config.DatabaseConfig;
import io.hubbub.server.config.DatabaseUrl;

/**
 * Where the database is and how to log in to it.
 *
 * @param url all but the password
 * @param password as it is now
 * @param rotates whether the password may be another later, so that waiting mends a refused login
 */
public record Login(DatabaseUrl url, Password password, boolean rotates) {

  /** With the password in the URL, or the one in {@code database.password.file}. */
  public static Login of(DatabaseUrl url, DatabaseConfig config) {
    return config
        .passwordFile()
        .map(file -> new Login(url, Password.inFile(file), true))
        .orElseGet(() -> fixed(url));
  }

  /** With the password in the URL. */
  public static Login fixed(DatabaseUrl url) {
    return new Login(url, Password.of(url.password()), false);
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
