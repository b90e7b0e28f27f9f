package io.hubbub.history.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.CreateTicket;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.ReadCookie;
import io.hubbub.api.query.TicketHolder;
import io.hubbub.api.query.UseTicket;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ticket is good once and for a time; its cookie as long as the token that it came from. */
class TicketsTest {
  private final TicketHolder holder =
      new TicketHolder(
          new CheckToken("ann", "Ann", true, 4, UUID.randomUUID()),
          System.currentTimeMillis() + 60_000);
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Something like a hash. */
  private static String hash() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private void create(String hash, TicketHolder of, long millis) {
    fixture.ask(Done.class, new CreateTicket(hash, of, millis));
  }

  @Test
  void aTicketIsExchangedOnceForACookieOfTheSameHolder() {
    String ticket = hash();
    String cookie = hash();
    create(ticket, holder, 60_000);
    assertEquals(holder, fixture.ask(TicketHolder.class, new UseTicket(ticket, cookie)));
    fixture.assertFails(ErrorCode.UNAUTHENTICATED, new UseTicket(ticket, hash()));
    assertEquals(holder, fixture.ask(TicketHolder.class, new ReadCookie(cookie)));
    assertEquals(holder, fixture.ask(TicketHolder.class, new ReadCookie(cookie)));
  }

  @Test
  void oneOfTheOtherKindOrTooOldOrUnknownIsRefused() {
    String ticket = hash();
    create(ticket, holder, 60_000);
    fixture.assertFails(ErrorCode.UNAUTHENTICATED, new ReadCookie(ticket));
    String late = hash();
    create(late, holder, -1);
    fixture.assertFails(ErrorCode.UNAUTHENTICATED, new UseTicket(late, hash()));
    fixture.assertFails(ErrorCode.UNAUTHENTICATED, new UseTicket(hash(), hash()));
    String cookie = hash();
    TicketHolder over = new TicketHolder(holder.token(), System.currentTimeMillis() - 5_000);
    String ended = hash();
    create(ended, over, 60_000);
    fixture.ask(TicketHolder.class, new UseTicket(ended, cookie));
    fixture.assertFails(ErrorCode.UNAUTHENTICATED, new ReadCookie(cookie));
  }
}
