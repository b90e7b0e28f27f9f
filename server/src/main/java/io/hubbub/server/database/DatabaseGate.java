package io.hubbub.server.database;

import io.hubbub.api.node.Health;
import io.hubbub.server.start.StartException;
import io.hubbub.server.start.StopSignal;
import java.io.IOException;
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

  private final Login login;
  private final Health health;

  /** For one database; what is waited for is named as a problem in the meantime. */
  public DatabaseGate(Login login, Health health) {
    this.login = login;
    this.health = health;
  }

  /**
   * Tries once.
   *
   * @return whether the database is there and fit
   * @throws StartException when it refuses us in a way that waiting does not mend
   */
  public boolean tryOnce() throws StartException {
    try (Connection connection = connect()) {
      Durability.check(connection);
      health.ok(PART);
      return true;
    } catch (IOException e) {
      return waits(oneLine(e));
    } catch (SQLException e) {
      if (login.rotates() && refusesLogin(e)) {
        return waits(refusal(e));
      }
      if (!waitingHelps(e)) {
        throw new StartException(refusal(e), e);
      }
      return waits("the database at " + login + " is not there: " + oneLine(e));
    }
  }

  private boolean waits(String line) {
    health.problem(PART, line);
    LOG.warn("Waiting: {}", line);
    return false;
  }

  private Connection connect() throws IOException, SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.url().user());
    properties.setProperty("password", login.password().read());
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    properties.setProperty("ApplicationName", "hubbub start");
    return DriverManager.getConnection(login.url().toJdbc(), properties);
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

  private static boolean refusesLogin(SQLException e) {
    return "28P01".equals(e.getSQLState()) || "28000".equals(e.getSQLState());
  }

  private String refusal(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (refusesLogin(e)) {
      return "the database at "
          + login
          + " refuses the login: "
          + oneLine(e)
          + "; check user and password in "
          + (login.rotates() ? "database.url and database.password.file" : "database.url");
    }
    if (state.equals("3D000")) {
      return "there is no database "
          + login.url().database()
          + " on the server; make it with CREATE DATABASE "
          + login.url().database()
          + " OWNER "
          + login.url().user();
    }
    return "the database at " + login + " can't be used: " + oneLine(e);
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
