package io.hubbub.system.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the fault kit does to a database really happens. */
@Timeout(120)
class PostgresTest {
  @Test
  void aKilledServerKeepsWhatItHadCommittedAndAnOlderCopyDoesNotHaveIt() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      postgres.sql("CREATE TABLE t (x int)");
      postgres.sql("INSERT INTO t VALUES (1)");
      PostgresFiles older = postgres.copy();
      postgres.sql("INSERT INTO t VALUES (2)");
      postgres.kill();
      assertThrows(SQLException.class, () -> postgres.sql("SELECT 1"));
      postgres.restart();
      assertEquals("2", postgres.sql("SELECT count(*) FROM t"));
      postgres.stop();
      postgres.putBack(older);
      postgres.restart();
      assertEquals("1", postgres.sql("SELECT count(*) FROM t"));
    }
  }

  @Test
  void aFrozenServerAnswersWhenItIsThawed() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      postgres.freeze();
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return postgres.sql("SELECT 'thawed'");
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThrows(AssertionError.class, () -> Await.get(answer, Duration.ofSeconds(1)));
      postgres.thaw();
      assertEquals("thawed", Await.get(answer));
    }
  }

  @Test
  void aPromotedStandbyHasWhatThePrimaryHadAcknowledged() throws Exception {
    try (Postgres postgres = Postgres.start();
        Postgres standby = postgres.standby()) {
      postgres.sql("CREATE TABLE t (x int)");
      assertEquals("t", standby.sql("SELECT pg_is_in_recovery()"));
      postgres.stop();
      standby.promote();
      standby.sql("INSERT INTO t VALUES (1)");
      assertEquals("1", standby.sql("SELECT count(*) FROM t"));
    }
  }

  @Test
  void aReadOnlyServerRefusesToWriteUntilItIsTold() throws Exception {
    try (Postgres postgres = Postgres.start()) {
      postgres.sql("CREATE TABLE t (x int)");
      postgres.readOnly(true);
      Await.until("it refuses", () -> !writes(postgres));
      postgres.readOnly(false);
      Await.until("it writes", () -> writes(postgres));
    }
  }

  private static boolean writes(Postgres postgres) {
    try {
      postgres.sql("INSERT INTO t VALUES (1)");
      return true;
    } catch (SQLException e) {
      assertEquals("25006", e.getSQLState());
      return false;
    }
  }

  @Test
  void theProxyCutsAfterTheCommitAndBeforeTheReply() throws Exception {
    try (Postgres postgres = Postgres.start();
        DatabaseProxy proxy = DatabaseProxy.to(postgres)) {
      postgres.sql("CREATE TABLE t (x int)");
      postgres.sql("GRANT ALL ON t TO hubbub");
      try (Connection connection = through(proxy);
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO t VALUES (1)");
        proxy.cutReplies(1, 1, "INTO t");
        assertThrows(SQLException.class, () -> statement.execute("INSERT INTO t VALUES (2)"));
      }
      assertEquals(1, proxy.cuts());
      assertEquals("2", postgres.sql("SELECT count(*) FROM t"));
      proxy.cut();
      assertThrows(SQLException.class, () -> through(proxy));
      proxy.heal();
      through(proxy).close();
      Await.until("nothing is left open", () -> proxy.connections() == 0);
      assertTrue(proxy.url().startsWith("postgresql://"));
    }
  }

  private static Connection through(DatabaseProxy proxy) throws SQLException {
    String[] parts = proxy.url().split("[/:@]", -1);
    Properties login = new Properties();
    login.setProperty("user", parts[3]);
    login.setProperty("password", parts[4]);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + parts[5] + ":" + parts[6] + "/hubbub", login);
  }
}
