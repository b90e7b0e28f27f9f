package io.hubbub.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL server is and how to log in to it.
 *
 * @param host a name or an address
 * @param port 5432 where the URL names none
 * @param database the database's name
 * @param user who logs in
 * @param password empty where none is needed
 * @param sslmode as libpq has it: disable, allow, prefer, require, verify-ca or verify-full
 */
public record DatabaseUrl(
    String host, int port, String database, String user, String password, String sslmode) {
  private static final Pattern SHAPE =
      Pattern.compile("postgres(?:ql)?://([^/@]*)@([^/?@]+)/([^/?]+)(?:\\?(.*))?");
  private static final List<String> MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final String EXPECTED =
      "database.url: expected postgresql://user:password@host:port/name?sslmode=…";

  /**
   * Reads {@code postgresql://user:password@host:port/name?sslmode=…}, each part percent-decoded.
   *
   * @throws ConfigException when it has another shape; the message never shows the password
   */
  public static DatabaseUrl parse(String text) throws ConfigException {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigException(EXPECTED);
    }
    String[] login = matcher.group(1).split(":", 2);
    if (login[0].isEmpty()) {
      throw new ConfigException(EXPECTED);
    }
    try {
      URI address = new URI("postgresql://" + matcher.group(2));
      if (address.getHost() == null || address.getPort() == 0 || address.getPort() > 65_535) {
        throw new ConfigException("database.url: the part after @ must be host or host:port");
      }
      return new DatabaseUrl(
          address.getHost(),
          address.getPort() < 0 ? 5432 : address.getPort(),
          decode(matcher.group(3)),
          decode(login[0]),
          login.length < 2 ? "" : decode(login[1]),
          sslmode(matcher.group(4) == null ? "" : matcher.group(4)));
    } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
      throw new ConfigException(EXPECTED);
    }
  }

  private static String sslmode(String query) throws ConfigException {
    String mode = "prefer";
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (!pair.startsWith("sslmode=")) {
        throw new ConfigException(
            "database.url: the only parameter is sslmode, not " + pair.replaceAll("=.*", ""));
      }
      mode = pair.substring("sslmode=".length());
    }
    if (!MODES.contains(mode)) {
      throw new ConfigException("database.url: sslmode must be one of " + String.join(", ", MODES));
    }
    return mode;
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The URL as a setting, with the password. */
  public String toSetting() {
    return "postgresql://"
        + encode(user)
        + (password.isEmpty() ? "" : ":" + encode(password))
        + "@"
        + host
        + ":"
        + port
        + "/"
        + encode(database)
        + "?sslmode="
        + sslmode;
  }

  /** The URL for JDBC, without user and password. */
  public String toJdbc() {
    return "jdbc:postgresql://"
        + host
        + ":"
        + port
        + "/"
        + encode(database)
        + "?sslmode="
        + sslmode;
  }

  /** Where it is, without the password. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
