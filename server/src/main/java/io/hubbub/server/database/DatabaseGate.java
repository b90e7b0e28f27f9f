package io.hubbub.server.database;

import io.hubbub.api.node.Health;
import io.hubbub.server.config.DatabaseUrl;
import io.hubbub.server.start.StartException;
import io.hubbub.server.start.StopSignal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the start go on when the database is there and keeps what it is given. A database that is
 * not there yet is waited for; one that refuses us for good stops the start. Blocking.
 */
public final class DatabaseGate {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseGate.class);
  private static final String PART = "database";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 10;

  private final DatabaseUrl url;
  private final Health health;

  /** For one database; what is waited for is named as a problem in the meantime. */
  public DatabaseGate(DatabaseUrl url, Health health) {
    this.url = url;
    this.health = health;
  }

  /**
   * Tries once.
   *
   * @return whether the database is there and fit
   * @throws StartException when it refuses us in a way that waiting does not mend
   */
  public boolean tryOnce() throws StartException {
    Properties login = new Properties();
    login.setProperty("user", url.user());
    login.setProperty("password", url.password());
    login.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    login.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    login.setProperty("ApplicationName", "hubbub start");
    try (Connection connection = DriverManager.getConnection(url.toJdbc(), login)) {
      Durability.check(connection);
      health.ok(PART);
      return true;
    } catch (SQLException e) {
      String line = "the database at " + url + " is not there: " + oneLine(e);
      if (!waitingHelps(e)) {
        throw new StartException(refusal(e), e);
      }
      health.problem(PART, line);
      LOG.warn("Waiting: {}", line);
      return false;
    }
  }

  /**
   * Tries until the database is there, with growing pauses of at most 5 s.
   *
   * @return false when the node is to stop instead
   * @throws StartException when it refuses us in a way that waiting does not mend
   */
  public boolean await(StopSignal stop) throws StartException {
    Duration pause = FIRST_PAUSE;
    while (!stop.isGiven()) {
      if (tryOnce()) {
        return true;
      }
      stop.within(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    return false;
  }

  /** Whether something failed only because the database was not there just then. */
  public static boolean passes(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return waitingHelps(refused);
      }
    }
    return false;
  }

  /** Not there, still starting, going down, or full: classes 08 (but "rejected"), 53 and 57. */
  private static boolean waitingHelps(SQLException e) {
    String state = e.getSQLState() == null ? "08" : e.getSQLState();
    return (state.startsWith("08") && !state.equals("08004"))
        || state.startsWith("53")
        || state.startsWith("57");
  }

  private String refusal(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("28P01") || state.equals("28000")) {
      return "the database at "
          + url
          + " refuses the login: "
          + oneLine(e)
          + "; check user and password in database.url";
    }
    if (state.equals("3D000")) {
      return "there is no database "
          + url.database()
          + " on the server; make it with CREATE DATABASE "
          + url.database()
          + " OWNER "
          + url.user();
    }
    return "the database at " + url + " can't be used: " + oneLine(e);
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
