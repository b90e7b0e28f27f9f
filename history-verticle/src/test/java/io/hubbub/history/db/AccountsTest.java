package io.hubbub.history.db;

import static io.hubbub.history.db.Fixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.query.Account;
import io.hubbub.api.query.Beat;
import io.hubbub.api.query.BeatRow;
import io.hubbub.api.query.Beats;
import io.hubbub.api.query.BeginLogin;
import io.hubbub.api.query.Change;
import io.hubbub.api.query.Changes;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.EndLogin;
import io.hubbub.api.query.FindAccount;
import io.hubbub.api.query.FindUsers;
import io.hubbub.api.query.Members;
import io.hubbub.api.query.Profiles;
import io.hubbub.api.query.ReadChanges;
import io.hubbub.api.query.ReadMembers;
import io.hubbub.api.query.ReadUsers;
import io.hubbub.api.query.Refreshed;
import io.hubbub.api.query.Register;
import io.hubbub.api.query.RotateRefresh;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts, logins, changes, beats and the epoch. */
class AccountsTest {
  private final Random random = new Random();
  private Db db;
  private Fixture fixture;
  private String user;

  @BeforeEach
  void open() throws SQLException {
    db = new Db();
    fixture = new Fixture();
    user = "Ü" + UUID.randomUUID();
    fixture.ask(Account.class, new Register(user, "hash"));
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
    db.close();
  }

  private String token() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private long watermark() {
    return fixture.ask(Changes.class, new ReadChanges(0)).watermark();
  }

  private List<Change> changes(long watermark) {
    return fixture.ask(Changes.class, new ReadChanges(watermark)).changes().stream()
        .filter(change -> change.user().equals(user))
        .toList();
  }

  @Test
  void aNameIsTakenInAnyCase() {
    fixture.assertFails(ErrorCode.CONFLICT, new Register(user, "other"));
    fixture.assertFails(ErrorCode.CONFLICT, new Register("ü" + user.substring(1), "other"));
    Account found = fixture.ask(Account.class, new FindAccount("ü" + user.substring(1)));
    assertEquals(new Account(user, user, "hash", false, 0), found);
    fixture.assertFails(ErrorCode.NOT_FOUND, new FindAccount("nobody at all"));
  }

  @Test
  void anOutsideUserExistsFromItsFirstTokenOn() {
    String outside = "sub-" + UUID.randomUUID();
    fixture.ask(Done.class, new CheckToken(outside, "Olga", false, 0, null));
    long before = watermark();
    fixture.ask(Done.class, new CheckToken(outside, "Olga P.", true, 0, null));
    fixture.ask(Done.class, new CheckToken(outside, null, true, 0, null));
    assertEquals(
        new Account(outside, "Olga P.", null, true, 0),
        fixture.ask(Account.class, new FindAccount(outside)));
    assertTrue(
        fixture.ask(Changes.class, new ReadChanges(before)).changes().stream()
            .anyMatch(c -> c.user().equals(outside) && c.kind() == Change.PROFILE));
    assertEquals(
        1, fixture.ask(Profiles.class, new ReadUsers(List.of(outside, "?"))).profiles().size());
    assertEquals(
        1,
        fixture
            .ask(Profiles.class, new FindUsers(outside.toUpperCase(java.util.Locale.ROOT), 10))
            .profiles()
            .size());
  }

  @Test
  void ourOwnTokensNeedAnAccountItsVersionAndItsLogin() throws SQLException {
    UUID family = UUID.randomUUID();
    fixture.ask(Account.class, new BeginLogin(user, family, token()));
    CheckToken good = new CheckToken(user, null, false, 1, family);
    fixture.ask(Done.class, good);
    fixture.assertFails(
        ErrorCode.TOKEN_REVOKED, new CheckToken("nobody at all", null, false, 1, null));
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, new CheckToken(user, null, false, 2, family));
    long before = watermark();
    fixture.ask(Done.class, new EndLogin(user, family));
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, good);
    assertEquals(
        List.of(new Change(user, Change.REVOKED, null, 0, "{\"family\" : \"" + family + "\"}")),
        changes(before));
  }

  @Test
  void aRefreshTokenRotatesAndForgivesOneReplay() {
    UUID family = UUID.randomUUID();
    String first = token();
    fixture.ask(Account.class, new BeginLogin(user, family, first));
    String second = token();
    Refreshed refreshed = fixture.ask(Refreshed.class, new RotateRefresh(first, second));
    assertEquals(family, refreshed.family());
    assertEquals(user, refreshed.account().user());
    fixture.ask(Refreshed.class, new RotateRefresh(first, token()));
    fixture.ask(Refreshed.class, new RotateRefresh(second, token()));
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, new RotateRefresh(token(), token()));
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, new RotateRefresh(first, token()));
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, new CheckToken(user, null, false, 1, family));
  }

  @Test
  void lateReuseOfARefreshTokenEndsItsLogin() throws SQLException {
    UUID family = UUID.randomUUID();
    String first = token();
    String second = token();
    fixture.ask(Account.class, new BeginLogin(user, family, first));
    fixture.ask(Refreshed.class, new RotateRefresh(first, second));
    db.update("UPDATE refresh SET used = now() - interval '61 s' WHERE family = ?", family);
    long before = watermark();
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, new RotateRefresh(first, token()));
    fixture.assertFails(ErrorCode.TOKEN_REVOKED, new RotateRefresh(second, token()));
    assertEquals(1, changes(before).size());
  }

  @Test
  void changesThatCommitLateAreStillRead() throws SQLException {
    UUID room = db.room("ann");
    String join = "[\"" + user + "\"]";
    try (Db slow = new Db()) {
      slow.connection.setAutoCommit(false);
      slow.append(Row.of(room, "ann", 8, "j", join));
      long later = watermark();
      slow.connection.commit();
      assertEquals(List.of(new Change(user, Change.JOINED, room, 2, null)), changes(later));
    }
    assertEquals(List.of(), changes(watermark()));
  }

  @Test
  void membersComeInPages() throws SQLException {
    UUID room = db.room("ann", "bob", "cat");
    Members first = fixture.ask(Members.class, new ReadMembers(room, "ann", null, 2));
    assertEquals(List.of("ann", "bob"), first.members().stream().map(m -> m.user()).toList());
    assertEquals(List.of(true, "owner"), List.of(first.more(), first.members().get(0).role()));
    Members rest = fixture.ask(Members.class, new ReadMembers(room, "ann", "bob", 2));
    assertEquals(List.of("cat"), rest.members().stream().map(m -> m.user()).toList());
    assertEquals(
        0, fixture.ask(Members.class, new ReadMembers(room, "ann", "cat", 2)).members().size());
    fixture.assertFails(ErrorCode.NOT_A_MEMBER, new ReadMembers(room, user, null, 2));
  }

  @Test
  void nodesBeatAndSeeEachOther() throws SQLException {
    String one = "one~" + UUID.randomUUID();
    String two = "two~" + UUID.randomUUID();
    fixture.ask(Beats.class, new Beat(one, false));
    List<BeatRow> seen = fixture.ask(Beats.class, new Beat(two, true)).rows();
    assertTrue(seen.contains(new BeatRow(two, 0, true)));
    assertTrue(seen.stream().anyMatch(r -> r.node().equals(one) && r.ageMillis() < 20_000));
    db.update("UPDATE node SET beat = now() - interval '2 min' WHERE id = ?", one);
    seen = fixture.ask(Beats.class, new Beat(two, false)).rows();
    assertTrue(seen.stream().noneMatch(row -> row.node().equals(one)));
  }

  @Test
  void theEpochIsReplacedOnceForAllWhoMissAnEntryFromBefore() throws SQLException {
    Nodes nodes = new Nodes(fixture.database, fixture.options);
    String old = await(nodes.look().map(Nodes.Look::epoch));
    long lost = (long) db.one("SELECT now_ms()").get(0);
    String fresh = await(nodes.replaceEpoch(lost));
    assertNotEquals(old, fresh);
    assertEquals(fresh, await(nodes.replaceEpoch(lost - 1)));
    assertEquals(fresh, await(nodes.look().map(Nodes.Look::epoch)));
    await(nodes.prune(30));
  }

  @Test
  void anEpochThatComesBackWithARestoredLogIsReplaced() throws SQLException {
    Nodes nodes = new Nodes(fixture.database, fixture.options);
    List<Object> backup = db.one("SELECT epoch::text, replaced FROM meta");
    long lost = (long) db.one("SELECT now_ms()").get(0);
    await(nodes.replaceEpoch(lost));
    db.update("UPDATE meta SET epoch = ?::uuid, replaced = ?", backup.get(0), backup.get(1));
    assertNotEquals(backup.get(0), await(nodes.replaceEpoch(lost)));
  }

  @Test
  void anEpochMadeWhileTheClockRanAheadIsReplacedAllTheSame() throws SQLException {
    Nodes nodes = new Nodes(fixture.database, fixture.options);
    db.update("UPDATE meta SET replaced = now_ms() + 3600000");
    String ahead = await(nodes.look().map(Nodes.Look::epoch));
    long lost = (long) db.one("SELECT now_ms()").get(0);
    String fresh = await(nodes.replaceEpoch(lost));
    assertNotEquals(ahead, fresh);
    assertEquals(fresh, await(nodes.replaceEpoch(lost - 1)));
  }

  @Test
  void changesBehindALongTransactionAreReadToTheEnd() throws Exception {
    Nodes nodes =
        new Nodes(
            fixture.database, new QueryOptions(1_000, 512 << 10, 100, 2, 30, 60, 60, 1, 10, 10));
    try (Db other = new Db()) {
      other.connection.setAutoCommit(false);
      other.one("SELECT pg_current_xact_id()::text"); // Holds the watermark back.
      long from = await(nodes.changes(new ReadChanges(0))).watermark();
      List<String> users = List.of("w1", "w2", "w3", "w4", "w5");
      for (String user : users) {
        db.update("INSERT INTO change (usr, kind) VALUES (?, 4)", user);
      }
      List<String> seen = new ArrayList<>();
      Changes read = await(nodes.changes(new ReadChanges(from)));
      long begin = read.watermark();
      read.changes().forEach(change -> seen.add(change.user()));
      while (read.next() > 0) {
        read = await(nodes.changes(new ReadChanges(read.next())));
        read.changes().forEach(change -> seen.add(change.user()));
      }
      assertTrue(seen.containsAll(users), seen.toString());
      assertEquals(from, begin);
      other.connection.rollback();
    }
  }
}
