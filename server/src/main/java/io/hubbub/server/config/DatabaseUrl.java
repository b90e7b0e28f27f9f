package io.hubbub.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL server is and how to log in to it.
 *
 * @param host a name or an address
 * @param port 5432 where the URL names none
 * @param database the database's name
 * @param user who logs in
 * @param password empty where none is needed
 * @param sslmode as libpq has it: disable, allow, prefer, require, verify-ca or verify-full
 * @param sslrootcert a file of PEM certificates that verify-ca and verify-full trust; empty for
 *     those that Java trusts
 */
public record DatabaseUrl(
    String host,
    int port,
    String database,
    String user,
    String password,
    String sslmode,
    String sslrootcert) {
  private static final Pattern SHAPE =
      Pattern.compile("postgres(?:ql)?://([^/@]*)@([^/?@]+)/([^/?]+)(?:\\?(.*))?");
  private static final List<String> MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final List<String> PARAMETERS = List.of("sslmode", "sslrootcert");
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
      Map<String, String> parameters = parameters(matcher.group(4));
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
          sslmode(parameters.getOrDefault("sslmode", "prefer")),
          parameters.getOrDefault("sslrootcert", ""));
    } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
      throw new ConfigException(EXPECTED);
    }
  }

  private static Map<String, String> parameters(@Nullable String query) throws ConfigException {
    Map<String, String> all = new HashMap<>();
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (pair.isEmpty()) {
        continue;
      }
      if (parts.length < 2 || !PARAMETERS.contains(parts[0])) {
        throw new ConfigException(
            "database.url: the only parameters are sslmode and sslrootcert, not " + parts[0]);
      }
      all.put(parts[0], decode(parts[1]));
    }
    return all;
  }

  private static String sslmode(String mode) throws ConfigException {
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
        + parameters();
  }

  private String parameters() {
    return "?sslmode="
        + sslmode
        + (sslrootcert.isEmpty() ? "" : "&sslrootcert=" + encode(sslrootcert));
  }

  /** The URL for JDBC, without user and password. */
  public String toJdbc() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database) + parameters();
  }

  /** Where it is, without the password. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
